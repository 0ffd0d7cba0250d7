package dispatch_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
)

// A request that was started while no worker ran is not there yet; the mail that it came by must not be lost meanwhile.
func TestTheRelayFilesAMailOnceItsRequestIsThere(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	officer := h.Account("officer")
	m, _, err := h.Store.FileMail(t.Context(), store.InboundMail{MessageID: "1@ministry.example", From: "fatou@ministry.example", FiledAs: "first-interest",
		Raw: []byte("From: fatou@ministry.example\r\nSubject: Gold\r\n\r\nWe would like to talk.\r\n")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf = true })
	n, err := h.Dispatch.Start(t.Context(), dispatch.FirstInterest{Person: officer, Key: uuid.NewString(), Mail: m.ID,
		Values: casework.Values{"channel": "email", "contactEmail": "fatou@ministry.example", "summary": "Gold"}})
	if err != nil {
		t.Fatal(err)
	}
	if waiting, err := h.Store.MailsToTriage(t.Context()); err != nil || len(waiting) != 0 {
		t.Errorf("the mail still waits to be triaged: %v, %v", waiting, err)
	}
	h.Dispatch.RelayTied(t.Context())
	filed := func() (as string) {
		if err := h.Store.DB().QueryRowContext(t.Context(), `SELECT filed_as FROM inbound_mails WHERE case_number = $1`, n).Scan(&as); err != nil {
			t.Fatal(err)
		}
		return as
	}
	if as := filed(); as != "first-interest" {
		t.Errorf("it is filed as %s to a request that is not there", as)
	}
	h.Temporal.Happen(t, begun(t, h, n))
	for range 2 {
		h.Dispatch.RelayTied(t.Context())
	}
	if as := filed(); as != "case" {
		t.Errorf("it is filed as %s, want it in its request", as)
	}
	if err := h.Store.CheckTrail(t.Context(), n); err != nil {
		t.Error(err)
	}
}

// begun is the first thing that the workflow of a request records.
func begun(t *testing.T, h *apitest.House, n casework.CaseNumber) casework.Transition {
	t.Helper()
	var id casework.ActionID
	if err := h.Store.DB().QueryRowContext(t.Context(), `SELECT id FROM actions WHERE case_number = $1`, n).Scan(&id); err != nil {
		t.Fatal(err)
	}
	action, err := h.Store.Action(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	decision := action.Decision()
	return casework.Transition{ID: string(n) + "/start", CaseNumber: n, Workflow: string(n), At: time.Now(), Decision: &decision,
		Entries: []casework.Entry{{What: casework.TrailRequestStarted}}}
}

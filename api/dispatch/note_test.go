package dispatch_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/casework"
	"connex/store"
)

// mailsAbout are the mails of a template in a case.
func mailsAbout(t *testing.T, h *apitest.House, n casework.CaseNumber, template string) (mails []store.Mail) {
	t.Helper()
	var ids string
	row := h.Store.DB().QueryRowContext(t.Context(), `SELECT COALESCE(string_agg(message_id, ' '), '') FROM mails WHERE case_number = $1 AND template = $2`, n, template)
	if err := row.Scan(&ids); err != nil {
		t.Fatal(err)
	}
	for _, id := range strings.Fields(ids) {
		m, err := h.Store.Mail(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		mails = append(mails, m)
	}
	return mails
}

// Who is mentioned gets one mail, however often the note is sent; who reads a digest, who may not see the request, who
// has left and who wrote it get none.
func TestAMentionIsMailedOnce(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	officer, head, daily, left := h.Account("officer"), h.Account("head"), h.Account("deputy"), h.Account("reviewer")
	recused, admin := h.Account("board1"), h.Account("admin")
	err := h.Store.InHouse(t.Context(), officer, func(house *store.House) error {
		daily := house.Prefer(t.Context(), daily.ID, store.Preferences{Language: "en", Writing: "iso", Zone: "Europe/Berlin", Mails: store.MailsDaily}, "")
		return errors.Join(daily, house.Close(t.Context(), left.ID, "left"))
	})
	if err != nil {
		t.Fatal(err)
	}
	h.Temporal.Happen(t, casework.Transition{ID: uuid.NewString(), CaseNumber: n, Workflow: string(n), At: time.Now(), Request: casework.RequestChange{Recused: []casework.PersonID{recused.ID}}})
	text := "Are the dates right?\nThe second line is {link}.\n" + strings.Repeat("and so on\n", 20)
	note := store.NewNote{ID: uuid.NewString(), CaseNumber: n, By: officer, Role: casework.CaseOfficer, Text: text,
		Mentions: []casework.PersonID{officer.ID, head.ID, daily.ID, left.ID, recused.ID, admin.ID}}
	for range 2 {
		if _, err := h.Dispatch.AddNote(t.Context(), note); err != nil {
			t.Fatal(err)
		}
	}
	mails := mailsAbout(t, h, n, "mentioned")
	if len(mails) != 1 || mails[0].Address != head.Email {
		t.Fatalf("mailed %v", mails)
	}
	m := mails[0]
	for _, says := range []string{"The officer mentions you in a note on this request:\n\nAre the dates right?\nThe second line is {link}.", "so on …", "\n\n" + "http://connex.test/requests/" + string(n) + "#note-" + note.ID + "\n\n",
		"You get this because the note mentions you."} {
		if !strings.Contains(m.Text, says) {
			t.Errorf("lacks %q:\n%s", says, m.Text)
		}
	}
	if m.Subject != "["+string(n)+"] The officer mentions you in a note – Guinea" || strings.Count(m.Text, "and so on") > 5 || strings.Contains(m.Text, "⟦") {
		t.Errorf("%s\n%s", m.Subject, m.Text)
	}
	var delivered []casework.Delivery
	h.Temporal.Set(func(f *apitest.Temporal) { delivered = slices.Clone(f.Delivered) })
	if !slices.ContainsFunc(delivered, func(d casework.Delivery) bool { return d.MessageID == m.MessageID }) {
		t.Error("it is not on its way")
	}
	if err := h.Store.CheckTrail(t.Context(), n); err != nil {
		t.Error(err)
	}
}

package dispatch_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/casework"
	"connex/store"
)

var gone = casework.RefusedBy(casework.RuleTaskDone, "refusal.task-gone")

// refusedLate has somebody do a task, be told that it is on its way, and be refused.
func refusedLate(t *testing.T, h *apitest.House, p store.Person, task casework.TaskID, form casework.Values) store.Action {
	t.Helper()
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf = true })
	outcome, err := h.Dispatch.Complete(leaving(t, h), p, task, uuid.NewString(), form, "")
	if err != nil || outcome.Applied {
		t.Fatalf("%+v, %v: want it to be on its way", outcome, err)
	}
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf, f.Refusal = false, gone })
	a := state(t, h, outcome.Action)
	if err := h.Temporal.SignalWorkflow(t.Context(), a.Workflow, "", "", a.Decision()); err != nil {
		t.Fatal(err)
	}
	h.Temporal.Set(func(f *apitest.Temporal) { f.Refusal = nil })
	return state(t, h, a.ID)
}

// untold are the actions whose refusals nobody has been told of.
func untold(t *testing.T, h *apitest.House) []store.Action {
	t.Helper()
	actions, err := h.Store.RefusalsUntold(t.Context(), 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	return actions
}

// Who was told that what they did is on its way goes away; when it is refused they hear of it once, and find what they wrote.
func TestARefusalThatComesLaterIsMailedOnce(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	h.Sets(casework.GroupLetterhead, casework.Settings{casework.LetterheadName: "The Unit", casework.LetterheadAddress: "A Street 1"})
	n, officer := h.Request(), h.Account("officer")
	ana := h.Expert("Ana Example", "ana@experts.example")
	for _, tt := range []struct {
		who  store.Person
		kind casework.TaskKind
		form casework.Values
		says string
	}{
		{officer, casework.AnswerGovernment, casework.Values{"outcome": "answered", "answer": "What I wrote."}, "It was refused afterwards"},
		{aGuest(t, h, h.Government(n)), casework.ProvideInformation, casework.Values{"outcome": "provided", "answer": "What I wrote."}, "Thank you for what you sent us on"},
		{aGuest(t, h, h.Link(n, casework.Expert, ana.ID, ana.Email)), casework.ReportActivity, casework.Values{"outcome": "reported", "progress": "What I wrote."}, "Thank you for what you sent us on"},
	} {
		holder := tt.who.ID
		if tt.kind == casework.ProvideInformation {
			holder = ""
		}
		task := h.Open(n, tt.kind, holder)
		a := refusedLate(t, h, tt.who, task, tt.form)
		if waits := untold(t, h); len(waits) != 1 || waits[0].ID != a.ID {
			t.Fatalf("%s: to be told are %+v", tt.kind, waits)
		}
		before := len(mailsAbout(t, h, n, "late-refusal"))
		for range 2 {
			if err := h.Dispatch.TellRefusal(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		mails := mailsAbout(t, h, n, "late-refusal")
		if len(mails) != before+1 || len(untold(t, h)) != 0 {
			t.Fatalf("%s: %d mails more, and to be told are %v", tt.kind, len(mails)-before, untold(t, h))
		}
		m := to(mails, tt.who.Email)
		keepsTheRules(t, m, 1)
		if !strings.Contains(m.Text, tt.says) || strings.Contains(m.Text, "What I wrote") {
			t.Errorf("%s reads:\n%s", tt.who.Email, m.Text)
		}
		kept, err := h.Store.Draft(t.Context(), tt.who, task)
		if err != nil || kept.Form["answer"] != "What I wrote." && kept.Form["progress"] != "What I wrote." {
			t.Errorf("%s finds %+v (%v)", tt.kind, kept, err)
		}
	}
}

// to is the mail to an address.
func to(mails []store.Mail, address string) store.Mail {
	for _, m := range mails {
		if strings.EqualFold(m.Address, address) {
			return m
		}
	}
	return store.Mail{}
}

// Who reads the refusal on the spot gets no mail, nor does who may not see the request any more; what was written since stays.
func TestWhoHearsNothingOfARefusal(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n, officer, member := h.Request(), h.Account("officer"), h.Account("board1")
	h.Temporal.Set(func(f *apitest.Temporal) { f.Refusal = gone })
	if _, err := h.Dispatch.Complete(t.Context(), officer, h.Open(n, casework.AnswerGovernment, officer.ID), uuid.NewString(), answered, ""); err == nil {
		t.Fatal("it was not refused")
	}
	if waits := untold(t, h); len(waits) != 0 {
		t.Errorf("told on the spot, and by mail again: %+v", waits)
	}
	h.Temporal.Set(func(f *apitest.Temporal) { f.Refusal = nil })
	recused := refusedLate(t, h, member, h.Open(n, casework.CastVote, member.ID), casework.Values{"outcome": "approve"})
	h.Temporal.Happen(t, casework.Transition{ID: uuid.NewString(), CaseNumber: n, Workflow: string(n), At: time.Now(), Request: casework.RequestChange{Recused: []casework.PersonID{member.ID}}})
	task := h.Open(n, casework.AnswerGovernment, officer.ID)
	newer := refusedLate(t, h, officer, task, answered)
	if _, err := h.Store.SaveDraft(t.Context(), officer, task, "", casework.Values{"answer": "Newer."}); err != nil {
		t.Fatal(err)
	}
	for _, a := range []store.Action{recused, newer} {
		if err := h.Dispatch.TellRefusal(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	if mails := mailsAbout(t, h, n, "late-refusal"); len(mails) != 1 || mails[0].Address != officer.Email {
		t.Errorf("mailed: %+v", mails)
	}
	if kept, err := h.Store.Draft(t.Context(), officer, task); err != nil || kept.Form["answer"] != "Newer." {
		t.Errorf("kept: %+v, %v", kept, err)
	}
}

// A former contact has no page any more, and is told without a link to one.
func TestAFormerContactHearsOfARefusal(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	h.Sets(casework.GroupLetterhead, casework.Settings{casework.LetterheadName: "The Unit", casework.LetterheadAddress: "A Street 1"})
	n := h.Request()
	guest := aGuest(t, h, h.Government(n))
	a := refusedLate(t, h, guest, h.Open(n, casework.ProvideInformation, ""), casework.Values{"outcome": "provided", "answer": "What I wrote."})
	if _, err := h.Store.DB().ExecContext(t.Context(), `UPDATE links SET revoked_at = now()`); err != nil {
		t.Fatal(err)
	}
	if err := h.Dispatch.TellRefusal(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	mails := mailsAbout(t, h, n, "late-refusal")
	if len(mails) != 1 || mails[0].Link != "" {
		t.Fatalf("mailed: %+v", mails)
	}
	keepsTheRules(t, mails[0], 0)
}

package activities

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"connex/casework"
	"connex/store"
)

// answers records twice what the officer entered for the government, and returns the mails of no case that wait.
func (b *workbench) answers(form casework.Values) (mails []store.HouseMail) {
	b.t.Helper()
	task := b.task(casework.EvaluateSupport, "")
	b.apply(casework.Transition{ID: "open/" + string(task.ID), Open: []casework.Task{task}})
	person, err := b.store.Staff(b.t.Context(), b.officer.ID)
	b.must(err)
	row, err := b.store.Task(b.t.Context(), person, task.ID)
	b.must(err)
	a, err := b.store.AddAction(b.t.Context(), store.NewAction{ID: casework.ActionID(uuid.NewString()), Person: person, Role: casework.CaseOfficer, OnBehalf: true,
		Task: row, Kind: task.Kind, Outcome: casework.Answered, Form: form})
	b.must(err)
	d := a.Decision()
	r := &Recorder{Store: b.store, Compose: b.composer, PublicURL: publicURL}
	for range 2 {
		done, err := r.Record(b.t.Context(), casework.Transition{ID: "action/" + string(a.ID), CaseNumber: b.number, Workflow: string(b.number), At: task.Opened,
			Decision: &d, Completes: task.ID, Entries: []casework.Entry{{What: string(task.Kind), Task: task.ID}}})
		b.must(err)
		if done.Refusal != nil {
			b.t.Fatal(done.Refusal)
		}
	}
	waiting, err := b.store.MailsUndelivered(b.t.Context(), 0, 50)
	b.must(err)
	for _, w := range waiting {
		if w.CaseNumber == "" {
			m, err := b.store.HouseMail(b.t.Context(), w.MessageID)
			b.must(err)
			mails = append(mails, m)
		}
	}
	return mails
}

func TestHeadsAreToldWhatIsForThemAlone(t *testing.T) {
	t.Parallel()
	b := atWork(t, nil)
	b.account("head", casework.Head)
	b.account("deputy", casework.Head)
	if mails := b.answers(casework.Values{"outcome": "answered", "gov-independent": "yes"}); len(mails) > 0 {
		t.Errorf("told of nothing: %v", mails)
	}
	mails := b.answers(casework.Values{"outcome": "answered", "gov-independent": "no"})
	if len(mails) != 2 {
		t.Fatalf("%d mails to two heads", len(mails))
	}
	for _, m := range mails {
		if !strings.Contains(m.Text, string(b.number)) || !strings.Contains(m.Text, publicURL+"/morning/said") || strings.Contains(m.Text, "independent") {
			t.Errorf("it says:\n%s", m.Text)
		}
	}
}

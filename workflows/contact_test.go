package workflows

import (
	"slices"
	"testing"

	"connex/casework"
)

// Who names another contact has said who answers from now on; what waits for the government goes on waiting.
func TestAnotherContact(t *testing.T) {
	r := aRequest(t)
	r.does(officer, casework.AssessEligibility, casework.Eligible)
	r.does(officer, casework.DiscussScope, casework.Proceed)
	r.does(officer, casework.PrepareRequestLetter, casework.Send)
	letter := *r.open(casework.SubmitRequestLetter)
	for n := 1; n <= 2; n++ {
		r.does("contact", casework.ChangeContact, casework.ContactOut)
		last := r.all[len(r.all)-1]
		if !last.Request.NewContact || r.mails("new-contact") != n || r.mails("former-contact") != n || r.mails("contact-changed") != n {
			t.Errorf("the transition is %s", mustJSON(last))
		}
	}
	if now := r.open(casework.SubmitRequestLetter); now == nil || now.ID != letter.ID || !now.Clock.Due.Equal(letter.Clock.Due) {
		t.Errorf("what waited is another task: %+v", now)
	}
	r.does("contact", casework.Withdraw, casework.WithdrawOut)
	if r.open(casework.ChangeContact) != nil {
		t.Error("a request that has ended can be passed on")
	}
}

// Older cases get the task with the next decision, and nothing else changes for them.
func TestACaseFromBeforeThereWasSuchATask(t *testing.T) {
	r := aRequest(t)
	r.s.Tasks = slices.DeleteFunc(r.s.Tasks, func(t casework.Task) bool { return t.Kind == casework.ChangeContact })
	before := len(r.all)
	r.tell(event{begin: true})
	if len(r.all) != before || r.open(casework.ChangeContact) != nil {
		t.Errorf("a run that begins records %s", mustJSON(r.all[before:]))
	}
	r.does(officer, casework.AssessEligibility, casework.Eligible)
	if r.open(casework.ChangeContact) == nil {
		t.Errorf("a decision later there are %s", r.kinds())
	}
}

package store_test

import (
	"errors"
	"testing"

	"connex/casework"
	"connex/store"
)

const theContact = "ndapewa@ministry.example"

// passesOn lets somebody name another contact, and says what the transition that applies it looks like.
func (c request) passesOn(p store.Person, form casework.Values) casework.Transition {
	c.t.Helper()
	task := c.aTask(casework.ChangeContact)
	c.asks(task)
	a := c.does(p, task, casework.ContactOut, form)
	return c.transition(completing(a), func(t *casework.Transition) { t.Request.NewContact = true },
		mailing(casework.Mail{Template: "new-contact", Key: "new-contact", To: casework.Government}))
}

func TestSomebodyElseAnswersFromNowOn(t *testing.T) {
	c := aRoom(t).aRequest()
	old := c.guest(casework.Government, store.ContactID(c.number, theContact), theContact)
	another := c.guest(casework.Government, store.ContactID(c.number, "else@ministry.example"), "else@ministry.example")
	expert := c.guest(casework.Expert, c.expert("Ana").ID, "ana@experts.example")
	waits := c.aTask(casework.SubmitRequestLetter)
	c.asks(waits)
	done := c.applied(c.passesOn(old, casework.Values{"contactName": "Somebody Else", "contactEmail": "else@ministry.example"}))
	for _, p := range []store.Person{old, another} {
		if _, err := c.LinkByHash(t.Context(), p.Link.TokenHash); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("the old link of %s: %v", p.Email, err)
		}
	}
	if _, err := c.LinkByHash(t.Context(), expert.Link.TokenHash); err != nil {
		t.Errorf("the link of an expert: %v", err)
	}
	row := c.row()
	same(t, "the contact", []string{row.ContactName, row.ContactEmail, row.ContactPhone}, []string{"Somebody Else", "else@ministry.example", ""})
	m, err := c.Mail(t.Context(), done.Mails[0])
	c.must(err)
	same(t, "the mail about it", m.Address, "else@ministry.example")
	if task, err := c.Task(t.Context(), c.officer(), waits.ID); err != nil || task.Status != store.TaskOpen || task.HolderEmail != "else@ministry.example" {
		t.Errorf("what waits is %s, for %s (%v)", task.Status, task.HolderEmail, err)
	}
}

// An address that was corrected since may still have a good link, but the request is not theirs to give away.
func TestOnlyTheContactPassesARequestOn(t *testing.T) {
	c := aRoom(t).aRequest()
	former := c.guest(casework.Government, store.ContactID(c.number, "wrong@ministry.example"), "wrong@ministry.example")
	if rule := c.refused(c.passesOn(former, casework.Values{"contactName": "X", "contactEmail": "x@elsewhere.example"})); rule != casework.RuleNotHolder {
		t.Errorf("refused by %q", rule)
	}
	same(t, "the contact", c.row().ContactEmail, "Ndapewa@ministry.example")
	if _, err := c.LinkByHash(t.Context(), former.Link.TokenHash); err != nil {
		t.Errorf("a refusal closed a link: %v", err)
	}
}

// Who got the link by mistake does not keep it once the mistake is mended.
func TestACorrectedAddressEndsTheLinksOfTheWrongOne(t *testing.T) {
	c := aRoom(t).aRequest()
	wrong := c.guest(casework.Government, store.ContactID(c.number, theContact), theContact)
	right := c.guest(casework.Government, store.ContactID(c.number, "right@ministry.example"), "right@ministry.example")
	task := c.aTask(casework.AssessEligibility)
	c.asks(task)
	a := c.does(c.officer(), task, casework.Eligible, casework.Values{"contactEmail": "right@ministry.example"})
	if _, err := c.LinkByHash(t.Context(), wrong.Link.TokenHash); err != nil {
		t.Errorf("before the correction: %v", err)
	}
	c.applied(c.transition(completing(a)))
	if _, err := c.LinkByHash(t.Context(), wrong.Link.TokenHash); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("after the correction: %v", err)
	}
	if _, err := c.LinkByHash(t.Context(), right.Link.TokenHash); err != nil {
		t.Errorf("the link of the right address: %v", err)
	}
}

func TestTheOfficerNamesAnotherContact(t *testing.T) {
	c := aRoom(t).aRequest()
	old := c.guest(casework.Government, store.ContactID(c.number, theContact), theContact)
	c.applied(c.passesOn(c.officer(), casework.Values{"contactName": "New", "contactEmail": "new@ministry.example", "contactPhone": "+264 1", "document": "x"}))
	same(t, "the telephone", c.row().ContactPhone, "+264 1")
	if _, err := c.LinkByHash(t.Context(), old.Link.TokenHash); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the old link: %v", err)
	}
}

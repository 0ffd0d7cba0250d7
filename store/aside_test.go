package store_test

import (
	"errors"
	"fmt"
	"testing"

	"connex/casework"
	"connex/store"
)

func (r room) aMail(n int) store.InboundMail {
	r.t.Helper()
	text := fmt.Sprintf("mail-%d@b.example", n)
	m, _, err := r.FileMail(r.t.Context(), store.InboundMail{MessageID: text, Raw: []byte(text), From: "a@b.example", FiledAs: "first-interest"}, nil)
	r.must(err)
	return m
}

func (r room) setsAside(aside bool, ids ...string) int64 {
	r.t.Helper()
	n, err := r.SetMailsAside(r.t.Context(), r.officer(), ids, aside, "spam")
	r.must(err)
	return n
}

func TestMailIsSetAsideOnceAndKept(t *testing.T) {
	c := aRoom(t).aRequest()
	one, two := c.aMail(1), c.aMail(2)
	if n := c.setsAside(true, one.ID, one.ID, "no ID"); n != 1 {
		t.Errorf("%d were set aside", n)
	}
	if again := c.setsAside(true, one.ID); again != 0 {
		t.Error("it was set aside twice")
	}
	aside, err := c.MailsAside(t.Context(), 0, "")
	if err != nil || len(aside.Items) != 1 || aside.Items[0].ID != one.ID || aside.Items[0].Reason != "spam" || aside.Items[0].By == "" || aside.Items[0].At.IsZero() {
		t.Errorf("aside: %+v, %v", aside, err)
	}
	if waiting, err := c.MailsToTriage(t.Context()); err != nil || len(waiting) != 1 || waiting[0].ID != two.ID {
		t.Errorf("waiting: %+v, %v", waiting, err)
	}
	if err := c.MailBecame(t.Context(), c.officer(), casework.CaseOfficer, one.ID, c.number, nil); !errors.Is(err, store.ErrMailTaken) {
		t.Errorf("what is aside was filed: %v", err)
	}
	if n := c.setsAside(false, one.ID); n != 1 {
		t.Error("it was not put back")
	}
	c.must(c.MailBecame(t.Context(), c.officer(), casework.CaseOfficer, one.ID, c.number, nil))
	if n := c.setsAside(true, one.ID); n != 0 {
		t.Error("what belongs to a case was set aside")
	}
}

func TestNobodySetsMailAsideWithoutAReason(t *testing.T) {
	r := aRoom(t)
	m := r.aMail(1)
	if _, err := r.SetMailsAside(t.Context(), r.officer(), []string{m.ID}, true, " "); !named(err, "who_sets_aside_says_why") {
		t.Errorf("it was set aside: %v", err)
	}
	if n, err := r.CountMailsToTriage(t.Context()); err != nil || n != 1 {
		t.Errorf("%d wait, %v", n, err)
	}
}

func TestWhatIsSetAsideIsPaged(t *testing.T) {
	r := aRoom(t)
	var ids []string
	for n := range 5 {
		ids = append(ids, r.aMail(n).ID)
	}
	r.setsAside(true, ids...)
	seen := map[string]bool{}
	for after, more := "", true; more; {
		page, err := r.MailsAside(t.Context(), 2, after)
		r.must(err)
		for _, m := range page.Items {
			seen[m.ID] = true
		}
		after, more = page.Next, page.Next != ""
	}
	if len(seen) != 5 {
		t.Errorf("%d of 5 are shown", len(seen))
	}
}

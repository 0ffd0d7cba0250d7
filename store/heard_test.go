package store_test

import (
	"errors"
	"testing"

	"connex/casework"
	"connex/store"
)

// said is what an expert answered at the end of an activity.
func (c request) said(form casework.Values) store.Action {
	c.t.Helper()
	name := string(newAction())[:8]
	e := c.expert(name)
	task := c.aTask(casework.SelfAssess, e.ID)
	c.asks(task)
	form["outcome"] = "answered"
	a := c.does(c.guest(casework.Expert, e.ID, name+"@experts.example"), task, casework.Answered, form)
	c.applied(c.transition(completing(a)))
	return a
}

func (r room) unheard(p store.Person) (ids []casework.ActionID, heard int) {
	r.t.Helper()
	notes, err := r.HeadNotes(r.t.Context(), p)
	r.must(err)
	for _, n := range notes {
		ids = append(ids, n.ID)
		if n.Head != "" {
			heard++
		}
	}
	return ids, heard
}

func TestWhatIsSaidToTheHeadWaitsForAHead(t *testing.T) {
	c := aRoom(t).aRequest()
	head, deputy, officer := c.staff("head", casework.Head), c.staff("deputy", casework.Head), c.officer()
	c.said(casework.Values{"exp-pressure": "no", "exp-risk": []any{"rights"}})
	pressed := c.said(casework.Values{"exp-pressure": "yes", "exp-pressure-text": "An offer."})
	c.applied(c.transition(ending(casework.Closed))) // it waits whatever becomes of the case
	ids, heard := c.unheard(head)
	same(t, "notes", ids, []casework.ActionID{pressed.ID})
	if heard != 0 || len(c.morning(head, 1).Notes) != 1 {
		t.Error("it does not wait on the head's page")
	}
	for _, p := range []store.Person{officer, c.staff("auditor", casework.Auditor), c.staff("admin", casework.Administrator)} {
		if ids, _ := c.unheard(p); len(ids) > 0 {
			t.Errorf("%s reads it", p.Name)
		}
		if err := c.HearNote(t.Context(), p, pressed.ID, "I have heard"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s has heard it: %v", p.Name, err)
		}
	}
	if err := c.HearNote(t.Context(), head, pressed.ID, " "); !named(err, "who_has_heard_says_what_follows") {
		t.Errorf("without a word: %v", err)
	}
	c.must(c.HearNote(t.Context(), head, pressed.ID, "We spoke."))
	c.must(c.HearNote(t.Context(), deputy, pressed.ID, "Me too.")) // whoever was first stays
	notes, err := c.HeadNotes(t.Context(), deputy)
	c.must(err)
	if len(notes) != 1 || notes[0].Head != "head" || notes[0].Found != "We spoke." || len(c.morning(head, 1).Notes) != 0 {
		t.Errorf("heard: %+v", notes)
	}
}

func TestAHeadHearsOfNoCaseThatIsHiddenFromThem(t *testing.T) {
	c := aRoom(t).aRequest()
	head, deputy := c.staff("head", casework.Head), c.staff("deputy", casework.Head)
	pressed := c.said(casework.Values{"exp-pressure": "yes"})
	c.applied(c.transition(func(t *casework.Transition) { t.Request.Recused = []casework.PersonID{head.ID} }))
	if ids, _ := c.unheard(head); len(ids) > 0 || !errors.Is(c.HearNote(t.Context(), head, pressed.ID, "x"), store.ErrNotFound) {
		t.Error("a head reads a note on a case that they may not see")
	}
	heads, err := c.HeadsOf(t.Context(), c.number)
	c.must(err)
	if len(heads) != 1 || heads[0].ID != deputy.ID {
		t.Errorf("told: %v", heads)
	}
}

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
	notes, err := r.HeadNotes(r.t.Context(), p, 0, "")
	r.must(err)
	for _, n := range notes.Items {
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
	if heard != 0 || c.morning(head, 1).Notes.All != 1 {
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
	c.must(c.HearNote(t.Context(), head, pressed.ID, "We spoke. ")) // the second click
	for _, late := range []struct {
		by    store.Person
		found string
	}{{deputy, "We spoke."}, {head, "Me again."}} { // whoever was first stays
		if err := c.HearNote(t.Context(), late.by, pressed.ID, late.found); !errors.Is(err, store.ErrHeard) {
			t.Errorf("%q by %s: %v", late.found, late.by.Name, err)
		}
	}
	page, err := c.HeadNotes(t.Context(), deputy, 0, "")
	c.must(err)
	if notes := page.Items; len(notes) != 1 || notes[0].Head != "head" || notes[0].Found != "We spoke." || c.morning(head, 1).Notes.All != 0 {
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

func TestNotesAreReadAPageAtATime(t *testing.T) {
	c := aRoom(t).aRequest()
	head := c.staff("head", casework.Head)
	var said []casework.ActionID
	for range 5 {
		said = append(said, c.said(casework.Values{"exp-pressure": "yes"}).ID)
	}
	for _, first := range []casework.ActionID{said[3], said[1]} {
		c.must(c.HearNote(t.Context(), head, first, "We spoke."))
	}
	var read []casework.ActionID
	for after, pages := "", 0; pages == 0 || after != ""; pages++ {
		page, err := c.HeadNotes(t.Context(), head, 2, after)
		c.must(err)
		for _, n := range page.Items {
			read = append(read, n.ID)
		}
		if after = page.Next; len(page.Items) > 2 || pages > 3 {
			t.Fatalf("page %d has %d", pages, len(page.Items))
		}
	}
	same(t, "unheard first, then those heard last", read, []casework.ActionID{said[0], said[2], said[4], said[1], said[3]})
	m, err := c.Morning(t.Context(), head, begin, 2)
	c.must(err)
	if len(m.Notes.Items) != 2 || m.Notes.All != 3 {
		t.Errorf("in the morning %d of %d", len(m.Notes.Items), m.Notes.All)
	}
	if page, err := c.HeadNotes(t.Context(), head, 2, "nonsense"); err != nil || page.Items[0].ID != said[0] {
		t.Errorf("after nonsense: %v, %v", page, err)
	}
}

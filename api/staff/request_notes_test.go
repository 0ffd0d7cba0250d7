package staff_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/casework"
)

// A note is for colleagues who see the case: it reaches whom it mentions, and no guest; what cannot be kept comes back whole.
func TestNotesOnACase(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	head := h.Account("deputy")
	h.Account("admin")
	path := "/requests/" + string(n)
	post := path + "/notes"
	officer, deputy := as(t, h, "officer"), as(t, h, "deputy")

	page := officer.Get(path).Answers(200).SaysNot("The admin")
	back := officer.Submit(page, post, url.Values{"text": {"@Nobody Known, look. " + evil}}).Answers(422).Says("@Nobody", "look. "+evil)
	officer.Submit(back, post, url.Values{"text": {"  "}}).Answers(422).Says("Please write something.")
	note := url.Values{"text": {"@" + head.Name + ", are the dates right? " + evil}}
	officer.Submit(back, post, note).Answers(200).Says("are the dates right? "+evil, "For The deputy.", "Wrote a note")
	again := officer.Submit(back, post, note)
	if got := strings.Count(again.Body, `<article class="note`); got != 1 {
		t.Errorf("the second click makes it stand there %d times", got)
	}
	if strings.Contains(again.Body, evil) {
		t.Error("markup in a note is not escaped")
	}

	id := mentionOf(t, h, "deputy")
	deputy.Get(path).Says("One note is for you", "I have read it")
	deputy.Get("/").Says("Notes for you 1", "are the dates right? "+evil)
	as(t, h, "board1").Get(path).Says("are the dates right?").SaysNot("I have read it", "is for you")
	as(t, h, "board1").Post("/notes/"+id+"/read", url.Values{}).Answers(404)
	deputy.Post("/notes/"+id+"/read", url.Values{"back": {"/"}}).Answers(200)
	officer.Get(path).Says("Read by The deputy.")
	deputy.Get(path).SaysNot("One note is for you")
	deputy.Get("/").SaysNot("Notes for you")

	as(t, h, "auditor").Get(path).Says("are the dates right?").SaysNot("Keep the note")
	as(t, h, "auditor").Post(post, url.Values{"_key": {uuid.NewString()}, "text": {"From the auditor"}}).Answers(403)
	as(t, h, "admin").Post(post, url.Values{"_key": {uuid.NewString()}, "text": {"From the admin"}}).Answers(404)
	officer.Get(path).SaysNot("From the auditor", "From the admin")
	officer.Get("/p/"+h.Government(n)).SaysNot("are the dates right?", "note")
}

// After a decision the page says what that very decision caused, to whoever took it and to nobody else.
func TestThePageSaysWhatADecisionCaused(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := waiting(h, n, casework.AssessEligibility)
	officer := as(t, h, "officer")
	h.Temporal.Follow(casework.AssessEligibility, func(tr *casework.Transition) {
		tr.Request.Phase = casework.FormalRequest
		tr.Entries = append(tr.Entries, casework.Entry{What: casework.TrailPhaseEntered, Outcome: string(casework.FormalRequest)})
		tr.Open = append(tr.Open, h.Task(casework.DiscussScope, h.Account("officer").ID))
	})
	form := url.Values{"outcome": {"not-eligible"}, "reasons": {"No"}, "answer": {"Sorry"}}
	done := officer.Submit(officer.Get(task), task, form).Answers(200).Says("Done.", "The request is now in the phase: Formal request.", "Discuss scope and content – for The officer", "due on")
	elsewhere := as(t, h, "head").Get(done.Path)
	elsewhere.Says("Formal request").SaysNot("Done.", "is now in the phase")
}

// What is printed is the whole dossier, unfolded, with nothing to press.
func TestTheCaseOnPaper(t *testing.T) {
	h := aHouse(t)
	n := aCase(t, h)
	path := "/requests/" + string(n)
	screen, paper := as(t, h, "officer").Get(path), as(t, h, "officer").Get(path+"?print=1")
	if _, main, _ := strings.Cut(paper.Body, "<main"); strings.Count(main, "<details") != strings.Count(main, " open>") {
		t.Error("something stays folded on paper")
	}
	screen.Says("Keep the note", "Add the document")
	paper.Says("A new phase began – Due diligence", "recorded").SaysNot("Keep the note", "Add the document", "Open the form")
}

// mentionOf is the ID of the only note that waits for somebody.
func mentionOf(t *testing.T, h *apitest.House, name string) string {
	t.Helper()
	list, err := h.Store.Mentions(t.Context(), h.Account(name))
	if err != nil || len(list) != 1 {
		t.Fatalf("%d notes wait for %s: %v", len(list), name, err)
	}
	return list[0].ID
}

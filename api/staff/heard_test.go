package staff_test

import (
	"net/url"
	"testing"

	"connex/casework"
)

func TestHeadsAloneReadWhatWasSaidToThem(t *testing.T) {
	h := aHouse(t)
	n, expert := h.Request(), h.Expert("Leila", "leila@experts.example")
	task := h.Open(n, casework.SelfAssess, expert.ID)
	guest := h.By(h.Link(n, casework.Expert, expert.ID, "leila@experts.example"))
	guest.Complete(task, casework.Values{"outcome": "answered", "exp-pressure": "yes", "exp-pressure-text": "They offered me " + evil, "exp-lessons": "Begin sooner"})
	head := as(t, h, "head")
	page := head.Get(head.Get("/morning").Says("Said to heads alone 1", "Guest, on").Link("Read what was said")).Answers(200).Says("They offered me "+evil, string(n))
	notes, err := h.Store.HeadNotes(t.Context(), h.Account("head"), 0, "")
	if err != nil || len(notes.Items) != 1 {
		t.Fatalf("notes: %v, %v", notes, err)
	}
	id := "/morning/said/" + string(notes.Items[0].ID)
	head.Submit(page, id, url.Values{"found": {" "}}).Answers(422).Says("Please say what you do about it.")
	for _, name := range []string{"officer", "reviewer", "auditor", "admin", "evaluator"} {
		other := as(t, h, name)
		other.Get("/morning/said").Answers(403)
		other.Post(id, url.Values{"found": {"I know"}}).Answers(403)
		if name != "admin" {
			other.Get("/requests/"+string(n)).SaysNot("offered me", "pressure", "alone")
		}
	}
	head.Submit(page, id, url.Values{"found": {"We have warned them " + evil}}).Answers(200).Says("It is noted.", "We have warned them "+evil, "The head")
	head.Submit(page, id, url.Values{"found": {"We have warned them " + evil}}).Answers(200).Says("It is noted.") // the second click
	deputy := as(t, h, "deputy")
	deputy.Submit(page, id, url.Values{"found": {"I have called Leila"}}).Answers(409).Says("What you wrote was not noted", "The head noted on", "We have warned them "+evil,
		"I have called Leila").SaysNot("It is noted.")
	deputy.Get("/morning/said").SaysNot("I have called Leila")
	head.Get("/morning").Says("Said to heads alone 0")
	as(t, h, "deputy").Get("/morning/said").Says("We have warned them " + evil)
	as(t, h, "officer").Get("/requests/" + string(n)).Says("Begin sooner").SaysNot("warned")
}

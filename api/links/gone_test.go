package links_test

import (
	"html"
	"net/url"
	"regexp"
	"testing"
	"time"

	"connex/api/pagetest"
	"connex/casework"
)

var listens = regexp.MustCompile(`data-live="([^"]+)"`)

// Whoever has a form open hears that it was answered meanwhile, and reads by whom and when, with all that they typed.
func TestAGuestReadsWhoAnsweredMeanwhile(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	id := h.Open(n, casework.ProvideInformation, "")
	task := "/p/" + h.Government(n) + "/tasks/" + string(id)
	b := pagetest.NewBrowser(t, h.URL)
	page := b.Get(task).SaysNot("answered already")
	line := listens.FindStringSubmatch(page.Body)
	if line == nil {
		t.Fatal("the form hears of nothing")
	}
	h.As("officer").Complete(id, casework.Values{"outcome": "provided", "answer": "By telephone: 40 per cent.", "noteOfCall": "The adviser called."})
	if !b.Hears(html.UnescapeString(line[1]), 10*time.Second) {
		t.Error("the form does not hear that it was answered")
	}
	const who = "This has been answered already, by The officer of CONNEX, as you told us, on "
	back := b.Submit(page, task, url.Values{"outcome": {"provided"}, "answer": {"41 per cent."}}).Answers(409).Says(who, "What you entered is still here.")
	if _, form := back.Form(task); form.Get("answer") != "41 per cent." {
		t.Errorf("what was typed is lost: %v", form)
	}
	b.Get(task).Says(who)
}

// An error leads a guest back to their page, and a stranger to where they came in.
func TestErrorsLeadBack(t *testing.T) {
	h := aHouse(t)
	home := "/p/" + h.Government(h.Request())
	b := pagetest.NewBrowser(t, h.URL)
	if got := b.Get(home + "/tasks/0f8fad5b-d9cb-469f-a165-70867728950e").Answers(404).Link("To your page"); got != home {
		t.Errorf("one is led to %s", got)
	}
	if got := b.Get("/check/nothing").Answers(404).Link("To the eligibility check"); got != "/check" {
		t.Errorf("one is led to %s", got)
	}
	b.Get("/nothing").Answers(404).SaysNot("To the")
}

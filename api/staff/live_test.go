package staff_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"connex/casework"
)

var (
	listens = regexp.MustCompile(`data-live="([^"]+)"`)
	parts   = regexp.MustCompile(`id="([^"]+)"[^>]* data-fragment`)
)

// Whoever has a page open hears what others do meanwhile, and finds the part that says so on the page that they have as well as
// on the one that would be drawn now.
func TestOpenPagesHearWhatOthersDo(t *testing.T) {
	h := aHouse(t)
	n, expert := h.Request(), h.Expert("Leila", "leila@experts.example")
	h.By(h.Link(n, casework.Expert, expert.ID, "leila@experts.example")).Complete(h.Open(n, casework.SelfAssess, expert.ID),
		casework.Values{"outcome": "answered", "exp-pressure": "yes", "exp-pressure-text": "They offered me money", "exp-lessons": "Begin sooner"})
	notes, err := h.Store.HeadNotes(t.Context(), h.Account("head"), 0, "")
	if err != nil || len(notes.Items) != 1 {
		t.Fatalf("notes: %v, %v", notes, err)
	}
	note, mail := string(notes.Items[0].ID), aMail(t, h)
	task, row := h.Open(n, casework.AssessEligibility, ""), aCheckIn(h, n, 3)
	cancels := func(id casework.TaskID) func() {
		return func() { happens(t, h, n, func(t *casework.Transition) { t.Cancel = []casework.TaskID{id} }) }
	}
	for path, tt := range map[string]struct {
		as        string
		meanwhile func()
		part      string // in which it is said
	}{
		"/tasks/" + string(task): {"officer", cancels(task), "blocked"},
		"/check-ins":             {"officer", cancels(casework.TaskID(row)), ""},
		"/mails": {"officer", func() {
			as(t, h, "officer2").Post("/mails/aside", url.Values{"mail": {mail.ID}, "reason": {"It sells something."}}).Answers(200)
		}, "mails"},
		"/morning/said": {"head", func() {
			as(t, h, "deputy").Post("/morning/said/"+note, url.Values{"found": {"We have warned them."}}).Says("It is noted.")
		}, "heard-" + note},
		"/requests": {"officer", func() { h.Request() }, "narrowing"},
	} {
		b := as(t, h, tt.as)
		page := b.Get(path).Answers(200)
		line := listens.FindStringSubmatch(page.Body)
		if line == nil {
			t.Errorf("%s hears of nothing", path)
			continue
		}
		tt.meanwhile()
		if !b.Hears(html.UnescapeString(line[1]), 10*time.Second) {
			t.Errorf("%s does not hear what somebody else did", path)
		}
		before, after := partsIn(page.Body), partsIn(b.Get(path).Body)
		if tt.part != "" && (before[tt.part] == "" || before[tt.part] == after[tt.part]) {
			t.Errorf("%s does not show it in %s: %q, then %q", path, tt.part, before[tt.part], after[tt.part])
		}
	}
}

// partsIn are the parts of a page that are put in anew, each with what follows up to the next.
func partsIn(body string) map[string]string {
	found := map[string]string{}
	places := parts.FindAllStringSubmatchIndex(body, -1)
	for i, at := range places {
		end := len(body)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		found[body[at[2]:at[3]]] = strings.TrimSpace(body[at[0]:end])
	}
	return found
}

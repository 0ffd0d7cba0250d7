package staff_test

import (
	"net/url"
	"strings"
	"testing"

	"connex/casework"
)

func TestOneTaskLeadsToTheNext(t *testing.T) {
	h := aHouse(t)
	n, other, b := h.Request(), h.Request(), as(t, h, "officer")
	officer := h.Account("officer")
	first := waiting(h, n, casework.AssessEligibility)
	second := waiting(h, other, casework.AssessEligibility)
	third := "/tasks/" + string(h.Open(n, casework.AnswerGovernment, officer.ID, dueIn(-3)))
	page := b.Get(first).Says("Leave this for now. Next: Answer the government", "2 others wait")
	if skip := page.Link("Leave this for now."); skip != third {
		t.Errorf("skipping leads to %s, want %s: what the request wants sooner goes first", skip, third)
	}
	b.Submit(page, first, dropped).Answers(200).Says("Done.", "Next: Answer the government", string(n), "2 others wait")
	done := b.Submit(b.Get(third), third, url.Values{"outcome": {"answered"}, "answer": {"Yes."}}).Says("Next: Assess eligibility", string(other), "it is the only other one")
	if next := done.Link("Next: "); next != second {
		t.Errorf("then comes %s, want %s", next, second)
	}
	b.Get(second).SaysNot("Leave this for now.")
	b.Get(strings.Split(done.Path, "?")[0]).SaysNot("Next: Answer")
	as(t, h, "auditor").Get(done.Path).SaysNot("Next: Answer")
}

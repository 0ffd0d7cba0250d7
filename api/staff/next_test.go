package staff_test

import (
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
	page := b.Get(first).Says("Leave this for now. Next: Assess eligibility", "2 others wait")
	if skip := page.Link("Leave this for now."); skip != second {
		t.Errorf("skipping leads to %s, want %s: the same kind goes first", skip, second)
	}
	done := b.Submit(page, first, dropped).Answers(200).Says("Done.", "Next: Assess eligibility", string(other), "2 others wait")
	if next := done.Link("Next: "); next != second {
		t.Errorf("what comes next is %s, want %s", next, second)
	}
	done = b.Submit(b.Get(second), second, dropped).Says("Next: Answer the government", "it is the only other one")
	if next := done.Link("Next: "); next != third {
		t.Errorf("then comes %s, want %s", next, third)
	}
	b.Get(third).SaysNot("Leave this for now.")
	b.Get(strings.Split(done.Path, "?")[0]).SaysNot("Next: Answer")
	as(t, h, "auditor").Get(done.Path).SaysNot("Next: Answer")
}

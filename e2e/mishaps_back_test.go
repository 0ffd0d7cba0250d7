package e2e

import (
	"fmt"
	"testing"
)

const (
	award      = "How was the right awarded, or how will it be?"
	whoCanTell = "Award of the right: what is not known, and who could tell?"
	published  = "Will contract and owners be published?"
	whoKnows   = "Publication: what is not known, and who could tell?"
)

// The browser's way back leads through a long form and sends nothing. Whatever was answered is there, with what was asked
// for the sake of an answer and with files; after the decision it leads to who made it.
func TestGoingBackLosesNothingAndSendsNothing(t *testing.T) {
	t.Parallel()
	withScriptsAndWithout(t, func(t *testing.T, browser func(*reader) *reader) {
		j := theSystem(t).requestUpTo(t, "declined", "check-human-rights")
		r, task := j.atTheDesk(t, "reviewer", "check-integrity")
		browser(r).goes(task)
		r.attaches("Dated result of the screening", "screening.pdf")
		r.chooses(award, "Not known")
		r.types(whoCanTell, "The register, in March")
		r.answersTheRest("By tender")
		r.presses("Go on")
		r.chooses(published, "Not known")
		r.types(whoKnows, "The ministry")
		r.answersTheRest("None")
		r.presses("Go on")
		r.goesBack()
		r.keeps(whoKnows, "The ministry")
		r.goesBack()
		r.keeps(whoCanTell, "The register, in March")
		r.presses("Go on")
		r.keeps(whoKnows, "The ministry")
		for !r.there("button", "Read it over") {
			r.presses("Go on")
			r.answersTheRest("None")
		}
		r.isToldOfAFault()
		r.goesBack()
		r.chooses("Rating (internal)", "Medium")
		r.chooses("Your decision", "Proceed")
		r.presses("Read it over")
		for _, text := range []string{"screening.pdf", "The register, in March", "The ministry"} {
			r.reads(text)
		}
		r.sends("Send")
		r.goesBack()
		r.reads("This has been done already, by you on")
		j.happenedOnce(t, "check-integrity", "screening.pdf")
	})
}

// isToldOfAFault where a decision is missing.
func (r *reader) isToldOfAFault() {
	r.t.Helper()
	if status := r.clicks("press Read it over", element("button", "Read it over")); status != 422 {
		r.fail("be told what is missing", fmt.Errorf("the page answers %d", status))
	}
	r.reads("to mend")
}

package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
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

// The way back after a first interest leads to a page that knows what was sent from it. What is sent from there again is
// the same request, whether somebody of the staff wrote it down or a stranger.
func TestAFirstInterestSentAgainAfterGoingBackIsOneRequest(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]struct{ page, phone, button, before, again string }{
		"officer":  {"/requests/new", "Telephone of the contact", "Start the request", "A request was started from this page", "had been started already"},
		"stranger": {"/check/interest", "Your telephone number", "Send", "We have received what you sent from this page", "We had received this already"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			withScriptsAndWithout(t, func(t *testing.T, browser func(*reader) *reader) {
				r := theSystem(t).atTheBrowser(t)
				if name == "officer" {
					r.as(name)
				}
				about := "Sent twice: " + t.Name()
				write := func() {
					if name == "officer" {
						r.chooses("How it reached us", "Telephone")
					}
					r.types("What it is about", about)
					r.types(at.phone, "+264 61 123")
					r.presses(at.button)
					r.reads("CNX-")
				}
				browser(r).goes(at.page)
				write()
				r.goesBack()
				r.reads(at.before)
				write()
				r.reads(at.again)
				r.startedOnce(about)
			})
		})
	}
}

// startedOnce sees that one request was started by a first interest that says this.
func (r *reader) startedOnce(summary string) {
	r.t.Helper()
	book, err := theSystem(r.t).ledger()
	if err != nil {
		r.t.Fatal(err)
	}
	var started int
	err = book.DB().QueryRowContext(r.t.Context(), `SELECT count(DISTINCT case_number) FROM actions WHERE form ->> 'summary' = $1`, summary).Scan(&started)
	if err != nil || started != 1 {
		r.t.Errorf("what was sent twice is %d requests, %v", started, err)
	}
}

// What a stranger types outlives a reload of their tab, also where it was folded away; what was sent is kept there no longer.
func TestWhatAStrangerTypesOutlivesAReload(t *testing.T) {
	t.Parallel()
	r := theSystem(t).atTheBrowser(t)
	about := "Typed before a reload: " + t.Name()
	r.goes("/check/interest")
	r.must("unfold the rest", chromedp.Evaluate[chromedp.Void](`document.querySelector("details.rest").open = true`))
	r.types("What it is about", about)
	r.types("Your telephone number", "+264 61 123")
	r.chooses("Sector", "Mining")
	r.types("Your name", "Ndapewa")
	r.must("load the page again", chromedp.Reload())
	r.keeps("What it is about", about)
	if r.holds("Sector") != "mining" || r.holds("Your name") != "Ndapewa" {
		t.Errorf("after a reload there stand %q and %q", r.holds("Sector"), r.holds("Your name"))
	}
	r.presses("Send")
	r.reads("CNX-")
	if kept := asks[int](r, "look what is kept", "sessionStorage.length"); kept != 0 {
		t.Errorf("%d forms are kept after they were sent", kept)
	}
}

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"

	"connex/e2e/tour"
)

// The page behind a government's link shows by itself what others do, leaves its reader where they are, and says when it
// may be old.
func TestAGovernmentsPageHearsWhatOthersDo(t *testing.T) {
	t.Parallel()
	j := theSystem(t).requestUpTo(t, "declined", "discuss-scope")
	r := j.atTheBrowser(t)
	r.number = j.number
	g := r.guest(j.contact)
	g.goes(g.home())
	g.reads("We look at what you told us and talk with you about scope and content.")
	g.must("unfold what one can send", chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
	g.types(whatItIs, "A map of the concession")
	stayed := g.staysHere()

	for _, deed := range []string{"discuss-scope", "prepare-request-letter"} {
		if err := j.do(t.Context(), j.stepOf(deed)); err != nil {
			t.Fatal(err)
		}
	}
	g.reads("Send us your request letter")
	g.reads("Once we have heard from you, we go on with your request.")
	stayed()
	g.hearsLater("We prepare your request for our governing board.", func() {
		if err := j.do(t.Context(), j.stepOf("submit-request-letter")); err != nil {
			t.Fatal(err)
		}
	})
	stayed()
	g.keeps(whatItIs, "A map of the concession")
	g.gentle()
}

const whatItIs = "What it is, in a few words"

// staysHere marks the page and what has the focus: both must be the same whenever that is asked later.
func (r *reader) staysHere() (stayed func()) {
	r.t.Helper()
	r.must("mark the page", chromedp.Evaluate[chromedp.Void](`window.focused = document.activeElement`))
	return func() {
		r.t.Helper()
		if !asks[bool](r, "see whether the focus stayed", `Boolean(window.focused) && window.focused === document.activeElement`) {
			r.t.Errorf("the page was loaded again, or took the focus away:\n%.1000s", r.text())
		}
	}
}

// hearsLater: the line is down for as long as something happens elsewhere. The open page says so; when the line is back,
// the page shows what happened without being loaded again, and says no more.
func (r *reader) hearsLater(words string, meanwhile func()) {
	r.t.Helper()
	r.must("hear of changes", chromedp.Evaluate[chromedp.Void](tour.Hears, chromedp.EvalAwaitPromise))
	r.loses(true)
	r.saysOfItself("Not connected since")
	meanwhile()
	r.loses(false)
	r.reads(words)
	r.saysOfItself("")
}

// saysOfItself reads the line in which an open page says whether it hears of changes.
func (r *reader) saysOfItself(want string) {
	r.t.Helper()
	waitFor(r.t, patienceWithPages, "the page to say of its line: "+want, func() (string, bool) {
		said, err := chromedp.Run(r.tab, chromedp.Evaluate[string](`(teller => teller.className === "offline" ? teller.textContent : "")(document.getElementById("live"))`))
		return said, err == nil && len(said) >= len(want) && said[:len(want)] == want && (want != "") == (said != "")
	})
}

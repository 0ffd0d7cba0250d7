package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"connex/e2e/tour"
)

// The page behind a government's link shows by itself what others do, leaves its reader where they are, and says when it
// may be old.
func TestAGovernmentsPageHearsWhatOthersDo(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "ended-early", "sign-approval-letter")
	r := j.atTheBrowser(t)
	r.number = j.number
	g := r.guest(j.contact)
	g.goes(g.home())
	g.reads("We prepare our letter to you.")
	g.must("unfold what one can send", chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
	g.types(whatItIs, "A map of the concession")
	stayed, papers := g.staysHere(), g.papers()

	if err := j.do(t.Context(), j.stepOf("sign-approval-letter")); err != nil {
		t.Fatal(err)
	}
	g.reads("We prepare suggestions for you.")
	waitFor(t, patienceWithPages, "the letter to stand among the documents", func() (int, bool) { n := g.papers(); return n, n > papers })
	stayed()
	g.hearsLater("Our suggestions for your support", func() {
		if err := j.do(t.Context(), j.stepOf("propose-support")); err != nil {
			t.Fatal(err)
		}
		if _, _, err := j.await(t.Context(), j.stepOf("agree-support")); err != nil {
			t.Fatal(err)
		}
	})
	stayed()
	g.keeps(whatItIs, "A map of the concession")
	g.gentle()
}

// waitsForAResult puts into each page, before its scripts run, what a page has whose result is yet to come.
const waitsForAResult = `new MutationObserver((_, watch) => {
	const main = document.querySelector("main");
	if (!main) return;
	watch.disconnect();
	main.insertAdjacentHTML("beforeend", "<i data-poll></i>");
}).observe(document, { childList: true, subtree: true })`

// A page that hears of nothing but waits for a result looks for it again when its line was down.
func TestAPageThatWaitsLooksAgainAfterItsLineWasDown(t *testing.T) {
	inTurn(t)
	r := theSystem(t).atTheBrowser(t)
	tells(r, "wait for a result", page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: waitsForAResult})
	r.goes("/check")
	looked := func() int {
		return asks[int](r, "count how often it has looked", `performance.getEntriesByType("resource").filter(e => e.name === location.href && e.responseStatus === 200).length`)
	}
	waitFor(t, patienceWithPages, "the page to look again", func() (int, bool) { n := looked(); return n, n > 0 })
	r.loses(true)
	before := looked()
	r.must("look in vain", chromedp.Evaluate[chromedp.Void](`new Promise(done => setTimeout(done, 3000))`, chromedp.EvalAwaitPromise))
	r.loses(false)
	waitFor(t, patienceWithPages, "the page to look again", func() (int, bool) { n := looked(); return n, n > before })
}

// papers are how many letters and documents a guest finds on their page.
func (g *guest) papers() int {
	g.t.Helper()
	return asks[int](g.reader, "count the documents", `document.querySelectorAll("#papers li").length`)
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

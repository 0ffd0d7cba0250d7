package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// fillsTheLetterIn on behalf of the government.
func (r *reader) fillsTheLetterIn(task, letter, date string) {
	r.t.Helper()
	r.goes(task + "?step=all")
	r.must("attach the letter", chromedp.SetUploadFiles(element("file", "The signed letter"), []string{letter}, chromedp.NodeReady))
	r.dates("Date of the letter", date)
	r.types("Who signed it", "The Minister")
	r.types("Note of the call", "By telephone, today.")
}

// Who clicks twice has done it once, and reads that it is done: also where nothing on the page holds the second click back.
func TestADoubleClickWithAFileIsOneDecision(t *testing.T) {
	t.Parallel()
	withScriptsAndWithout(t, func(t *testing.T, browser func(*reader) *reader) {
		j := theSystem(t).requestUpTo(t, "declined", "submit-request-letter")
		r, task := j.atTheDesk(t, "officer", "submit-request-letter")
		browser(r).fillsTheLetterIn(task, aFile(t, "letter.pdf"), r.today(0))
		r.doubleClicks("Send the letter")
		r.reads("Done.")
		j.happenedOnce(t, "submit-request-letter", "letter.pdf")
	})
}

// The same page in two tabs, both sent at the same moment with the same file.
func TestTheSamePageSentFromTwoTabsAtOnceIsOneDecision(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "declined", "submit-request-letter")
	r, task := j.atTheDesk(t, "officer", "submit-request-letter")
	letter, today := aFile(t, "letter.pdf"), r.today(0)
	r.fillsTheLetterIn(task, letter, today)
	other := r.anotherTab(task)
	other.fillsTheLetterIn(task, letter, today)
	other.sameFormAs(r)
	for _, tab := range []*reader{r, other} {
		tab.must("press Send the letter", chromedp.Click(element("button", "Send the letter"), chromedp.NodeVisible))
	}
	for _, tab := range []*reader{r, other} {
		tab.reads("Done.")
	}
	j.happenedOnce(t, "submit-request-letter", "letter.pdf")
}

// sameFormAs makes this tab's form the copy that a browser makes of a tab.
func (r *reader) sameFormAs(original *reader) {
	r.t.Helper()
	const key = `document.querySelector("form[data-form] [name=_key]").value`
	had := asks[string](original, "read the form's key", key)
	r.must("copy the form's key", chromedp.Evaluate[chromedp.Void](key+` = "`+had+`"`))
}

// A government clicks twice at every step of its letter: one letter, confirmed once.
func TestAGovernmentThatAlwaysClicksTwice(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "declined", "submit-request-letter")
	r := j.atTheBrowser(t).withoutScripts()
	r.number = j.number
	g := r.guest(j.contact)
	g.opens("Send us your request letter")
	g.attaches("The signed letter", "letter.pdf")
	g.dates("Date of the letter", g.today(0))
	g.types("Who signed it", "The Minister")
	for !g.there("button", "Send the letter") {
		if g.there("button", "Read it over") {
			g.doubleClicks("Read it over")
		} else {
			g.doubleClicks("Go on")
		}
	}
	g.reads("letter.pdf")
	g.confirms("Send the letter")
	j.happenedOnce(t, "submit-request-letter", "letter.pdf")
}

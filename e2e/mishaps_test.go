package e2e

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// The verbs in which is told what goes wrong at a desk: see the other files of this name.

// atTheDesk is a member of the staff with a task of a request open before them.
func (j *journey) atTheDesk(t *testing.T, name, kind string) (r *reader, task string) {
	t.Helper()
	r = j.atTheBrowser(t)
	r.number = j.number
	return r.as(name), "/tasks/" + j.openTask(t, j.number, kind)
}

// withScriptsAndWithout tells the same of who has scripts and of who has none.
func withScriptsAndWithout(t *testing.T, told func(t *testing.T, browser func(*reader) *reader)) {
	t.Helper()
	for name, browser := range map[string]func(*reader) *reader{
		"with scripts":    func(r *reader) *reader { return r },
		"without scripts": (*reader).withoutScripts,
	} {
		t.Run(name, func(t *testing.T) {
			inTurn(t)
			told(t, browser)
		})
	}
}

// anotherTab of the same person's browser, at the page of an address.
func (r *reader) anotherTab(path string) *reader {
	r.t.Helper()
	tab, closeTab := chromedp.NewContext(r.tab)
	r.t.Cleanup(closeTab)
	if err := chromedp.Do(tab); err != nil {
		r.t.Fatal(err)
	}
	other := *r
	other.tab = tab
	other.goes(path)
	return &other
}

// doubleClicks a button, and waits for the page to which that leads: of two that are asked for the second.
func (r *reader) doubleClicks(text string) {
	r.t.Helper()
	on := element("button", text)
	r.must("find "+text, chromedp.ScrollIntoView(on))
	at := asks[[2]float64](r, "find "+text, `(r => [r.x + r.width / 2, r.y + r.height / 2])(`+string(on)+`.getBoundingClientRect())`)
	under := chromedp.MouseClickXY(at[0], at[1])
	posted := r.posts()
	r.leaves("double-click "+text, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		if err := chromedp.Do(ctx, under); err != nil {
			return err
		}
		select { // the first is on its way
		case <-posted:
		case <-ctx.Done():
			return ctx.Err()
		}
		return chromedp.Do(ctx, under)
	}))
}

// posts tells when the page has sent something.
func (r *reader) posts() <-chan struct{} {
	r.t.Helper()
	sent := make(chan struct{}, 1)
	if err := chromedp.Listen(r.tab, func(event any) {
		if e, is := event.(*network.EventRequestWillBeSent); is && e.Request.Method == "POST" {
			select {
			case sent <- struct{}{}:
			default: // one is enough
			}
		}
	}); err != nil {
		r.t.Fatal(err)
	}
	return sent
}

// leaves this page for another, which may have been loaded before.
func (r *reader) leaves(what string, how chromedp.Action[chromedp.Void]) {
	r.t.Helper()
	r.must(what, chromedp.Evaluate[chromedp.Void](`document.documentElement.dataset.left = "yes"`), how)
	waitFor(r.t, patienceWithPages, "another page after: "+what, func() (bool, bool) {
		there, err := chromedp.Run(r.tab, chromedp.Evaluate[bool](`document.readyState === "complete" && !document.documentElement.dataset.left`))
		return there, there && err == nil // between two pages nobody answers
	})
}

// goesBack by the browser's own button.
func (r *reader) goesBack() {
	r.t.Helper()
	r.must("go back", chromedp.NavigateBack())
}

// isToldTooLate presses a button and gets the form back with why it was not sent.
func (r *reader) isToldTooLate(button, why string) {
	r.t.Helper()
	if status := r.clicks("press "+button, element("button", button)); status != 409 {
		r.fail("be told that it is too late", fmt.Errorf("the page answers %d", status))
	}
	r.reads(why)
	r.reads("What you entered is still here.")
}

// loses the line, or has it again.
func (r *reader) loses(line bool) {
	r.t.Helper()
	conditions := []*network.Conditions{{Offline: line, DownloadThroughput: -1, UploadThroughput: -1}}
	tells(r, "change the line", network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: conditions})
	tells(r, "know of the line", network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: line, DownloadThroughput: -1, UploadThroughput: -1})
}

// keeps sees that a field still has what was typed.
func (r *reader) keeps(label, text string) {
	r.t.Helper()
	if held := r.holds(label); held != text {
		r.t.Errorf("%s typed %q for %s, of which is left %q", r.name, text, label, held)
	}
}

// happenedOnce sees that a task was done once, and that each of these documents is there once.
func (j *journey) happenedOnce(t *testing.T, kind string, documents ...string) {
	t.Helper()
	trail, err := j.trailOf(t.Context(), j.number)
	if err != nil {
		t.Fatal(err)
	}
	decided := 0
	for _, e := range trail {
		if e.What == kind && e.decision() {
			decided++
		}
	}
	if decided != 1 {
		t.Errorf("%s was decided %d times", kind, decided)
	}
	var now struct{ Documents []struct{ Title string } }
	if err := j.as(t, "auditor").see(t.Context(), "/api/v1/requests/"+j.number, &now); err != nil {
		t.Fatal(err)
	}
	for _, name := range documents {
		there := 0
		for _, d := range now.Documents {
			if d.Title == name {
				there++
			}
		}
		if there != 1 {
			t.Errorf("%s is there %d times: %v", name, there, now.Documents)
		}
	}
}

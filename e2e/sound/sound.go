// Package sound looks at the page that is open in a browser's tab, as people do who see it narrow, wide or by night, and as
// axe-core does.
package sound

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"connex/e2e/tour"
)

// Eyes look through a tab.
type Eyes struct {
	t   testing.TB
	tab context.Context
}

// seen is what the browser tells of a page.
type seen struct {
	Title           string
	Headings, Mains int
	Weight          int
	Foreign         []string
}

const looks = `({
  Title: document.title, Headings: document.querySelectorAll("h1").length, Mains: document.querySelectorAll("main").length,
  Weight: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce((sum, e) => sum + e.encodedBodySize, 0),
  Foreign: performance.getEntriesByType("resource").map(e => e.name).filter(name => !name.startsWith(location.origin)),
})`

// overflow names what makes a page wider than its window, if it is, and words of what was opened that begin before its edge.
const overflow = `[...(document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] : document.querySelectorAll("body *"))]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .concat([...document.querySelectorAll("details[open] :is(a, button, label, p)")].filter(e => e.getBoundingClientRect().left < 0))
    .slice(0, 5).map(e => e.outerHTML.slice(0, 150))`

// Bring the page that is open into a state. What does not come to that fails, and the other states are looked at all the same.
func (e *Eyes) Bring(state tour.State) (done bool) {
	e.t.Helper()
	ctx, cancel := context.WithTimeout(e.tab, Patience)
	defer cancel()
	var err error
	switch {
	case state.Send != "":
		answer, fault := chromedp.RunResponse(ctx, chromedp.Evaluate[chromedp.Void](state.Send))
		if err = fault; err == nil && answer.Status != state.Answers {
			e.t.Errorf("%s, %s: answers %d, want %d\n%.600s", state.Path, state.Name, answer.Status, state.Answers, ask[string](e, "read", "document.body.innerText"))
		}
	case state.Open != "":
		err = chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](state.Open, chromedp.EvalAwaitPromise))
	}
	if err != nil {
		e.t.Errorf("%s, %s: %v", state.Path, state.Name, err)
	}
	return err == nil
}

// Inspect the page that is open: whether it has a title, landmarks and one main heading, violates none of axe-core's rules,
// needs no sideways scrolling at 320 px and at 200 % zoom, weighs what it may, and asks no other host for anything.
func (e *Eyes) Inspect(page tour.State) {
	e.t.Helper()
	what := fmt.Sprintf("%s as %q %s", page.Path, page.As, page.Name)
	look := ask[seen](e, "look at "+what, looks)
	if !strings.Contains(look.Title, "–") || look.Headings != 1 || look.Mains != 1 {
		e.t.Errorf("%s: title %q, %d main headings, %d main landmarks", what, look.Title, look.Headings, look.Mains)
	}
	if look.Weight > page.Heaviest() || len(look.Foreign) > 0 {
		e.t.Errorf("%s weighs %d KB of %d, and asks others for %v", what, look.Weight>>10, page.Heaviest()>>10, look.Foreign)
	}
	e.ViolatesNothing(what)
	for _, width := range []int64{640, 320} { // 1280 px at 200 % zoom are 640
		e.Resize(width)
		if over := ask[[]string](e, "see how wide is "+what, overflow); len(over) > 0 {
			e.t.Errorf("%s at %d px scrolls sideways: %v", what, width, over)
		}
	}
}

// Resize the window to a width in CSS pixels.
func (e *Eyes) Resize(width int64) {
	e.t.Helper()
	tell(e, "resize", emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
}

func (e *Eyes) light(theme string) {
	e.t.Helper()
	tell(e, "change the light", emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme},
		{Name: "prefers-reduced-motion", Value: "reduce"}}}) // else axe would measure colours halfway from one to the other
}

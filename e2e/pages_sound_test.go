package e2e

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"connex/e2e/tour"
)

// TestEveryPageIsSound opens each page as those who may, and in each state that it is seen in, in light and dark, and asks
// axe-core for violations of WCAG 2.2 at levels A and AA; and whether it has a title, landmarks and one main heading, needs
// no sideways scrolling at 320 px and at 200 % zoom, and asks no other host for anything.
func TestEveryPageIsSound(t *testing.T) {
	t.Parallel()
	s := theSystem(t)
	at := s.stops(t)
	around := s.troubles(t, at)
	looksAt := func(t *testing.T, states []tour.State) {
		t.Helper()
		round := &inspection{at, map[string]*reader{}, around}
		for _, state := range states {
			round.sees(t, state)
		}
	}
	t.Run("as they are found", func(t *testing.T) {
		for part, states := range parts(at.Stops) {
			t.Run(part, func(t *testing.T) {
				t.Parallel()
				looksAt(t, states)
			})
		}
	})
	looksAt(t, tour.Done(at.Stops))
}

// parts of the round take about equally long.
func parts(at tour.Stops) map[string][]tour.State {
	parts := map[string][]tour.State{"in a state": tour.States(at)}
	for _, page := range tour.Pages(at) {
		part := "by anybody else"
		if page.As == "officer" {
			part = "by a case officer"
		}
		parts[part] = append(parts[part], tour.State{Page: page})
	}
	return parts
}

// inspection is a round through the pages, with a browser for each reader.
type inspection struct {
	at      stopsWithLinks
	readers map[string]*reader
	troubles
}

func (i *inspection) sees(t *testing.T, state tour.State) {
	t.Helper()
	r := i.reader(t, state)
	link := cmp.Or(state.Link, i.at.links[state.As])
	r.comesTo(state, link+state.Path, i.troubles)
}

// reader is who sees a state. At the api beside everybody is somebody else, since their sessions must be fresh there.
func (i *inspection) reader(t *testing.T, state tour.State) *reader {
	t.Helper()
	who := fmt.Sprint(state.As, state.Beside)
	if r := i.readers[who]; r != nil {
		return r
	}
	r := theSystem(t).atTheBrowser(t)
	r.bringsAxe()
	if !state.Guest() {
		r.as(state.As)
	}
	r.name = state.As
	i.readers[who] = r
	return r
}

// comesTo a page, does there what brings it into its state, and looks at it.
func (r *reader) comesTo(state tour.State, path string, around troubles) {
	r.t.Helper()
	r.resized(1280)
	at := *r
	if state.Beside {
		at.system = &system{base: around.beside.Base}
	}
	at.goes(path)
	defer around.bring(r, state.Trouble)()
	ctx, cancel := context.WithTimeout(r.tab, patienceWithPages)
	defer cancel()
	var err error
	switch {
	case state.Send != "":
		answer, fault := chromedp.RunResponse(ctx, chromedp.Evaluate[chromedp.Void](state.Send))
		if err = fault; err == nil && answer.Status != state.Answers {
			r.t.Errorf("%s, %s: answers %d, want %d\n%.600s", path, state.Name, answer.Status, state.Answers, r.text())
		}
	case state.Open != "":
		err = chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](state.Open, chromedp.EvalAwaitPromise))
	}
	if err != nil {
		r.t.Errorf("%s, %s: %v", path, state.Name, err) // the other states are looked at all the same
		return
	}
	r.inspects(state)
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

func (r *reader) inspects(page tour.State) {
	r.t.Helper()
	what := fmt.Sprintf("%s as %q %s", page.Path, page.As, page.Name)
	look := asks[seen](r, "look at "+what, looks)
	if !strings.Contains(look.Title, "–") || look.Headings != 1 || look.Mains != 1 {
		r.t.Errorf("%s: title %q, %d main headings, %d main landmarks", what, look.Title, look.Headings, look.Mains)
	}
	if look.Weight > page.Heaviest() || len(look.Foreign) > 0 {
		r.t.Errorf("%s weighs %d KB of %d, and asks others for %v", what, look.Weight>>10, page.Heaviest()>>10, look.Foreign)
	}
	r.violatesNothing(what)
	for _, width := range []int64{640, 320} { // 1280 px at 200 % zoom are 640
		r.resized(width)
		if over := asks[[]string](r, "see how wide is "+what, overflow); len(over) > 0 {
			r.t.Errorf("%s at %d px scrolls sideways: %v", what, width, over)
		}
	}
}

func (r *reader) resized(width int64) {
	r.t.Helper()
	tells(r, "resize", emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
}

func (r *reader) themed(theme string) {
	r.t.Helper()
	tells(r, "change the light", emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme},
		{Name: "prefers-reduced-motion", Value: "reduce"}}}) // else axe would measure colours halfway from one to the other
}

// axe is the program that knows the rules.
var axe = sync.OnceValues(func() (string, error) {
	text, err := os.ReadFile(filepath.Join("..", "node_modules", "axe-core", "axe.min.js"))
	return "window.bringAxe = () => {" + string(text) + "}", err
})

// bringsAxe along to each page: it is at hand there, and costs nothing where nobody asks for it.
func (r *reader) bringsAxe() {
	r.t.Helper()
	program, err := axe()
	if err != nil {
		r.t.Fatal(err)
	}
	tells(r, "bring axe", page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: program})
}

// By night a page differs in nothing but its colours.
const (
	allRules      = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`
	rulesOfColour = `["color-contrast", "link-in-text-block"]`
)

const axeRun = `window.axe || bringAxe(); axe.run(document, {runOnly: %s, resultTypes: ["violations"], preload: false})
  .then(result => JSON.stringify(result.violations.map(v => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + " " + (n.any[0]?.message ?? "")).join(" | "))))`

// violatesNothing, by day and by night.
func (r *reader) violatesNothing(what string) {
	r.t.Helper()
	for theme, rules := range map[string]string{"light": allRules, "dark": rulesOfColour} {
		r.themed(theme)
		for _, violation := range r.violations(rules) {
			r.t.Errorf("%s, %s: %s", what, theme, violation)
		}
	}
	r.themed("light")
}

// violations of the accessibility rules on the page that is open.
func (r *reader) violations(rules string) (found []string) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.tab, 3*patienceWithPages)
	defer cancel()
	told, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(axeRun, rules), chromedp.EvalAwaitPromise))
	if err != nil {
		r.fail("run axe", err)
	}
	if err := json.Unmarshal([]byte(told), &found); err != nil {
		r.t.Fatal(err)
	}
	return found
}

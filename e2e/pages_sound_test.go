package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"connex/e2e/tour"
)

// TestEveryPageIsSound opens each page as those who may, in light and dark, and asks axe-core for violations of WCAG 2.2 at
// levels A and AA; and whether it has a title, landmarks and one main heading, needs no sideways scrolling at 320 px and at
// 200 % zoom, weighs what it may, and asks no other host for anything.
func TestEveryPageIsSound(t *testing.T) {
	t.Parallel()
	s := theSystem(t)
	at := s.stops(t)
	readers := map[string]*reader{}
	states := tour.States(at.Stops)
	for _, page := range slices.Backward(tour.Pages(at.Stops)) {
		states = slices.Insert(states, 0, tour.State{Page: page})
	}
	for _, state := range states {
		r := readers[state.As]
		if r == nil {
			r = s.atTheBrowser(t)
			if !state.Guest() {
				r.as(state.As)
			}
			readers[state.As] = r
		}
		r.name = state.As
		r.comesTo(state, at.links[state.As]+state.Path)
		r.inspects(state)
	}
}

// comesTo a page, and does there what brings it into its state.
func (r *reader) comesTo(state tour.State, path string) {
	r.t.Helper()
	r.resized(1280)
	r.goes(path)
	ctx, cancel := context.WithTimeout(r.tab, patienceWithPages)
	defer cancel()
	var err error
	switch {
	case state.Send != "":
		answer, fault := chromedp.RunResponse(ctx, chromedp.Evaluate[chromedp.Void](state.Send))
		if err = fault; err == nil && answer.Status != state.Answers {
			r.t.Errorf("%s, %s: answers %d, want %d", path, state.Name, answer.Status, state.Answers)
		}
	case state.Open != "":
		err = chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](state.Open))
	}
	if err != nil {
		r.fail(state.Name+" on "+path, err)
	}
}

// stopsWithLinks are what the pages are about, and where the guests' begin.
type stopsWithLinks struct {
	tour.Stops
	links map[string]string
}

// stops has a request that went all its way, and another that has just come in.
func (s *system) stops(t *testing.T) stopsWithLinks {
	t.Helper()
	done, err := s.setOut("whole", false)()
	if err != nil {
		t.Fatal(err)
	}
	underway, fresh := s.requestUpTo(t, "whole", "check-conflict"), s.requestUpTo(t, "whole", "assess-eligibility")
	at := stopsWithLinks{Stops: tour.Stops{Case: done.number}, links: map[string]string{"government": s.mails.link(underway.contact, underway.number)}}
	for address, id := range done.roster {
		if link := s.mails.link(address, done.number); link != "" {
			at.links["expert"], at.Expert = link, id
		}
	}
	at.Paused = s.requestUpTo(t, "suspended", "resume").number
	at.Person, at.Mail = s.firstLink(t, "admin", "/admin", "/admin/people/"), s.aStrangersMail(t)
	at.Task, at.LongTask = s.openTask(t, fresh.number, "assess-eligibility"), s.openTask(t, underway.number, "check-conflict")
	at.GuestTask = s.openTask(t, underway.number, "ask-us")
	return at
}

// aStrangersMail is the ID of a mail that came in and fits no case.
func (s *system) aStrangersMail(t *testing.T) string {
	t.Helper()
	raw := "From: Somebody <somebody@ministry.example>\r\nTo: connex@connex.test\r\nSubject: Help with a contract\r\nMessage-ID: <" + uuid.NewString() +
		"@ministry.example>\r\n\r\nWe were sent a draft agreement.\r\n"
	a := s.as(t, "officer").call(t.Context(), http.MethodPost, "/api/v1/inbound-mail", strings.NewReader(raw), []string{"Content-Type", "message/rfc822"})
	if a.status != http.StatusCreated {
		t.Fatal(a)
	}
	return s.firstLink(t, "officer", "/mails", "/mails/")
}

// firstLink is the ID in the first link of a page that begins so.
func (s *system) firstLink(t *testing.T, as, page, link string) string {
	t.Helper()
	a := s.as(t, as).get(t.Context(), page)
	found := regexp.MustCompile(`href="` + link + `([0-9a-f-]{36})"`).FindStringSubmatch(a.text)
	if found == nil {
		t.Fatalf("%s has no link to %s: %s", page, link, a)
	}
	return found[1]
}

// openTask is the ID of a task that waits or stands in a request.
func (s *system) openTask(t *testing.T, number, kind string) string {
	t.Helper()
	var now request
	if err := s.as(t, "auditor").see(t.Context(), "/api/v1/requests/"+number, &now); err != nil {
		t.Fatal(err)
	}
	for _, task := range append(now.OpenTasks, now.StandingTasks...) {
		if task.Kind == kind {
			return task.ID
		}
	}
	t.Fatalf("%s has no task %s", number, kind)
	return ""
}

// seen is what the browser tells of a page.
type seen struct {
	Title           string
	Headings, Mains int
	Weight          int
	Foreign         []string
}

const inspection = `({
  Title: document.title, Headings: document.querySelectorAll("h1").length, Mains: document.querySelectorAll("main").length,
  Weight: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce((sum, e) => sum + e.encodedBodySize, 0),
  Foreign: performance.getEntriesByType("resource").map(e => e.name).filter(name => !name.startsWith(location.origin)),
})`

// overflow names what makes a page wider than its window, if it is.
const overflow = `document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 5).map(e => e.outerHTML.slice(0, 150))`

func (r *reader) inspects(page tour.State) {
	r.t.Helper()
	what := fmt.Sprintf("%s as %q %s", page.Path, page.As, page.Name)
	look, err := chromedp.Run(r.tab, chromedp.Evaluate[seen](inspection))
	if err != nil {
		r.fail("look at "+what, err)
	}
	if !strings.Contains(look.Title, "–") || look.Headings != 1 || look.Mains != 1 {
		r.t.Errorf("%s: title %q, %d main headings, %d main landmarks", what, look.Title, look.Headings, look.Mains)
	}
	if look.Weight > page.Heaviest() || len(look.Foreign) > 0 {
		r.t.Errorf("%s weighs %d KB of %d, and asks others for %v", what, look.Weight>>10, page.Heaviest()>>10, look.Foreign)
	}
	for theme, rules := range map[string]string{"light": allRules, "dark": rulesOfColour} {
		r.themed(theme)
		for _, violation := range r.violations(rules) {
			r.t.Errorf("%s, %s: %s", what, theme, violation)
		}
	}
	r.themed("light")
	for _, width := range []int64{640, 320} { // 1280 px at 200 % zoom are 640
		r.resized(width)
		over, err := chromedp.Run(r.tab, chromedp.Evaluate[[]string](overflow))
		if err != nil || len(over) > 0 {
			r.t.Errorf("%s at %d px scrolls sideways: %v, %v", what, width, over, err)
		}
	}
}

func (r *reader) resized(width int64) {
	r.t.Helper()
	if _, err := chromedp.Call(r.tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1}); err != nil {
		r.fail("resize", err)
	}
}

func (r *reader) themed(theme string) {
	r.t.Helper()
	params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme},
		{Name: "prefers-reduced-motion", Value: "reduce"}}} // else axe would measure colours halfway from one to the other
	if _, err := chromedp.Call(r.tab, emulation.SetEmulatedMedia, params); err != nil {
		r.fail("change the light", err)
	}
}

// axe is the program that knows the rules.
var axe = sync.OnceValues(func() (string, error) {
	text, err := os.ReadFile(filepath.Join("..", "node_modules", "axe-core", "axe.min.js"))
	return "if (!window.axe) {" + string(text) + "}", err
})

// By night a page differs in nothing but its colours.
const (
	allRules      = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`
	rulesOfColour = `["color-contrast", "link-in-text-block"]`
)

const axeRun = `axe.run(document, {runOnly: %s, resultTypes: ["violations"]})
  .then(result => JSON.stringify(result.violations.map(v => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + " " + (n.any[0]?.message ?? "")).join(" | "))))`

// violations of the accessibility rules on the page that is open.
func (r *reader) violations(rules string) (found []string) {
	r.t.Helper()
	program, err := axe()
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(r.tab, 3*patienceWithPages)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](program)); err != nil {
		r.fail("load axe", err)
	}
	told, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(axeRun, rules), chromedp.EvalAwaitPromise))
	if err != nil {
		r.fail("run axe", err)
	}
	if err := json.Unmarshal([]byte(told), &found); err != nil {
		r.t.Fatal(err)
	}
	return found
}

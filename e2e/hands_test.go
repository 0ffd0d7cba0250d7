package e2e

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"connex/e2e/sound"
)

// hands work by keyboard alone: they have no verb that points at something. Wherever a key takes them, what has the focus
// must be marked, named, in the window and under nothing else.
type hands struct {
	reader *reader // to look and to wait, never to click
	t      testing.TB
	at     focus
}

// focus is what has it, as hands.js sees it.
type focus struct {
	Kind        string // link, button, fold, field, list, radio, tick, file, date, part, main, nothing
	Name, Group string // its own words, and the question that it answers
	ID, Text    string
	Value       string
	Chosen      string // of a list
	On          bool   // pressed, ticked or unfolded
	Needed      bool   // something has to be entered here
	Open        bool   // of its circles none is chosen, and one has to be
	Raises      bool   // an answer that raises a rating
	Top         float64
	Bar         bool // it stands in the bar on top
	Place       int
	Faults      []string
}

func (f focus) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s «%.60s» %s", f.Kind, f.Name, f.Group))
}

//go:embed hands.js
var eyes string

func (s *system) handsOf(t testing.TB, name string) *hands {
	t.Helper()
	r := s.atTheBrowser(t)
	r.name = name
	r.eyes = sound.Through(t, r.tab)
	tells(r, "be in front of the window", emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return &hands{reader: r, t: t}
}

// sound is a page that the tour through all of them does not come to.
func (h *hands) sound() *hands {
	h.t.Helper()
	h.reader.eyes.ViolatesNothing(h.at.String())
	return h
}

// comes to a page by its address, which is how everybody begins.
func (h *hands) comes(path string) *hands {
	h.t.Helper()
	h.reader.goes(path)
	return h.looks()
}

// looks where the focus is, and whether it can be seen: a busy machine brings it into the window a moment later.
func (h *hands) looks() *hands {
	h.t.Helper()
	// Chromium scrolls to what a key has reached when it draws, and forgets to if it is asked before.
	h.reader.must("wait for a frame", chromedp.Evaluate[chromedp.Void](`new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() => {})`, chromedp.EvalAwaitPromise))
	for begun, looked := time.Now(), false; !looked || len(h.at.Faults) > 0 && time.Since(begun) < time.Second; looked = true {
		h.at = asks[focus](h.reader, "look where the focus is", eyes)
	}
	for _, fault := range h.at.Faults {
		path, _ := chromedp.Run(h.reader.tab, chromedp.Location())
		h.t.Errorf("%s, %s: %s %s", h.reader.name, path, h.at, fault)
	}
	return h
}

// keys go down and up as a keyboard sends them. A key that its element made use of, like Enter on a link, must not reach
// what has the focus a moment later, as it would if its letter were an event of its own.
func keys(pressed string, with ...chromedp.Modifier) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		for _, key := range pressed {
			strokes := kb.Encode(key)
			down, up := strokes[0], strokes[len(strokes)-1]
			for _, modifier := range with {
				down.Modifiers, up.Modifiers = down.Modifiers|int64(modifier), up.Modifiers|int64(modifier)
			}
			if letter := strokes[1]; letter.Type == kb.KeyChar {
				down.Text, down.UnmodifiedText = letter.Text, letter.UnmodifiedText
			}
			for _, stroke := range []*input.DispatchKeyEventParams{down, up} {
				if _, err := chromedp.Call(ctx, input.DispatchKeyEvent, *stroke); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// presses a key that stays on the page.
func (h *hands) presses(key string, with ...chromedp.Modifier) *hands {
	h.t.Helper()
	h.reader.must(fmt.Sprintf("press %q", key), keys(key, with...))
	return h.looks()
}

// follows a key to another page, and gives the status of that.
func (h *hands) followed(key string) int64 {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.reader.tab, patienceWithPages)
	defer cancel()
	from := h.at
	answer, err := chromedp.RunResponse(ctx, keys(key))
	if err != nil {
		h.reader.fail(fmt.Sprintf("press %q on %s", key, from), err)
	}
	h.looks()
	return answer.Status
}

// leads: a key must open a page.
func (h *hands) leads(key string) *hands {
	h.t.Helper()
	from := h.at
	if status := h.followed(key); status != 200 {
		h.reader.fail(fmt.Sprintf("press %q on %s", key, from), fmt.Errorf("the page answers %d", status))
	}
	return h
}

// farthest is more than any page has to offer to the Tab key.
const farthest = 300

// tabsTo goes on by Tab, once around the page at most, until the focus is where it is wanted.
func (h *hands) tabsTo(what string, there func(focus) bool) *hands {
	h.t.Helper()
	return h.stepsTo(what, there)
}

// tabsBackTo is the other way round.
func (h *hands) tabsBackTo(what string, there func(focus) bool) *hands {
	h.t.Helper()
	return h.stepsTo(what, there, chromedp.ModifierShift)
}

func (h *hands) stepsTo(what string, there func(focus) bool, with ...chromedp.Modifier) *hands {
	h.t.Helper()
	var way []string
	turns := 0
	if there(h.at) {
		return h
	}
	for stood := h.at; len(way) < farthest && turns < 2; {
		if h.presses(kb.Tab, with...); there(h.at) {
			return h
		}
		way = append(way, h.at.String())
		switch {
		case h.at.Kind == "nothing":
			turns++
		case h.at.Place == stood.Place && h.at.Kind != "date":
			h.reader.fail("tab to "+what, fmt.Errorf("the focus is caught in %s", h.at))
		}
		stood = h.at
	}
	h.reader.fail("tab to "+what, errors.New("on the way were\n  "+strings.Join(way, "\n  ")))
	return h
}

// called fits what bears these words, as a whole, in front or at the end: a link, or something else of that kind.
func called(kind, name string) func(focus) bool {
	return func(f focus) bool {
		return f.Kind == kind && (f.Name == name || strings.HasPrefix(f.Name, name) || strings.HasSuffix(f.Name, name) ||
			strings.Contains(f.Name, name+", ")) // a task, and what it is about
	}
}

// opens a link.
func (h *hands) opens(link string) *hands {
	h.t.Helper()
	return h.tabsTo("link "+link, called("link", link)).leads(kb.Enter)
}

// sends a form that must be taken.
func (h *hands) sends(button string) *hands {
	h.t.Helper()
	return h.tabsTo("button "+button, called("button", button)).leads(kb.Enter)
}

// skips what stands on top of every page.
func (h *hands) skips() *hands {
	h.t.Helper()
	if h.presses(kb.Tab); h.at.Kind != "link" || !strings.HasPrefix(h.at.Name, "Skip") {
		h.reader.fail("skip to the content", fmt.Errorf("the first stop is %s", h.at))
	}
	if h.presses(kb.Enter); h.at.Kind != "main" {
		h.reader.fail("skip to the content", fmt.Errorf("the focus went to %s", h.at))
	}
	return h
}

// comesTo waits until the page has brought the focus somewhere.
func (h *hands) comesTo(what string, there func(focus) bool) *hands {
	h.t.Helper()
	for begun := time.Now(); !there(h.at); h.looks() {
		if time.Since(begun) > patienceWithPages/4 {
			h.reader.fail("come to "+what, fmt.Errorf("the focus is on %s", h.at))
		}
	}
	return h
}

// hears: the focus is on something that says these words, so that a screen reader reads them and nobody looks for them.
func (h *hands) hears(words string) *hands {
	h.t.Helper()
	if !strings.Contains(h.at.Text+h.at.Name, words) {
		h.reader.fail("hear "+words, fmt.Errorf("the focus is on %s: %.200s", h.at, h.at.Text))
	}
	return h
}

// types into a field, in the place of what a line held.
func (h *hands) types(label, text string) *hands {
	h.t.Helper()
	h.tabsTo("field "+label, called("field", label))
	return h.writes(text)
}

// writes where the focus is. Tab selected what the line holds, as it does for everybody.
func (h *hands) writes(text string) *hands {
	h.t.Helper()
	if h.presses(text); !strings.HasSuffix(h.at.Value, text) {
		h.reader.fail("type "+text, fmt.Errorf("%s holds %q", h.at, h.at.Value))
	}
	return h
}

// chooses one of several answers: arrows move among circles, letters within a list.
func (h *hands) chooses(label, option string) *hands {
	h.t.Helper()
	h.tabsTo("question "+label, func(f focus) bool { return f.Kind == "radio" && f.Group == label || called("list", label)(f) })
	if h.at.Kind == "list" {
		if h.presses(option); h.at.Chosen != option {
			h.reader.fail("choose "+option, fmt.Errorf("%s stands at %q", h.at, h.at.Chosen))
		}
		return h
	}
	if !h.picks(option) {
		h.reader.fail("choose "+option, errNotThere)
	}
	return h
}

// picks a circle of the group that has the focus, if there is one of that name.
func (h *hands) picks(option string) bool {
	h.t.Helper()
	for first := h.at.Place; h.at.Name != option; {
		if h.presses(kb.ArrowDown); h.at.Place == first {
			return false
		}
	}
	if !h.at.On {
		h.presses(" ")
	}
	return h.at.On
}

// ticks a box.
func (h *hands) ticks(group, option string) *hands {
	h.t.Helper()
	h.tabsTo("box "+option, func(f focus) bool { return f.Kind == "tick" && f.Name == option && (group == "" || f.Group == group) })
	if h.presses(" "); !h.at.On {
		h.reader.fail("tick "+option, errNotThere)
	}
	return h
}

// dates types a day into the parts of a date, in the order in which this browser asks for them.
func (h *hands) dates(label, day string) *hands {
	h.t.Helper()
	date, err := time.Parse(time.DateOnly, day)
	if err != nil {
		h.t.Fatal(err)
	}
	h.tabsTo("date "+label, called("date", label))
	h.presses(date.Format("01022006"))
	if h.at.Value != day {
		h.reader.fail("enter "+day, fmt.Errorf("%s holds %q", h.at, h.at.Value))
	}
	return h
}

// attaches a file: keys reach the field, and the window in which one chooses belongs to no page.
func (h *hands) attaches(legend, name string) *hands {
	h.t.Helper()
	h.tabsTo("file "+legend, func(f focus) bool { return f.Kind == "file" && (f.Group == legend || f.Name == legend) })
	h.reader.must("attach "+name, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		field, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: "document.activeElement"})
		if err != nil {
			return err
		}
		_, err = chromedp.Call(ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{aFile(h.t, name)}, ObjectID: field.Result.ObjectID})
		return err
	}))
	return h
}

// refused: a form comes back. The focus is on what is wrong, and a line of that leads to its field.
func (h *hands) refused(button, fault string) *hands {
	h.t.Helper()
	if status := h.tabsTo("button "+button, called("button", button)).followed(kb.Enter); status != 422 {
		h.t.Errorf("half a form: want 422, got %d", status)
	}
	h.hears(" to mend").hears(fault)
	h.tabsTo("fault "+fault, called("link", fault)).presses(kb.Enter)
	return h.comesTo("the field of "+fault, func(f focus) bool { return f.Name == fault || f.Group == fault })
}

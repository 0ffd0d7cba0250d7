package e2e

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What opens by a key closes by one; keys of our own keep out of what is typed; and the focus is where it was after others
// changed the page.
func TestThePartsOfAPageObeyKeys(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "declined", "discuss-scope")
	theSystem(t).requestUpTo(t, "declined", "assess-eligibility") // so that two lines stand below one another
	h := j.hands(t, "officer").signsIn()
	h.leads("?")
	h.reader.reads("goes to the search field")
	h.keysAreTyped()
	h.keysLead(j)
	h.opensAndClosesTheMenu()
	h.comes("/requests/" + j.number).walksBack()
	h.opensAndClosesAFold()
	h.keepsItsPlace(j)
	h.reader.eyes.Resize(360)
	h.comes("/requests/" + j.number).goesDownTheBar()
}

func (h *hands) keysAreTyped() {
	h.t.Helper()
	path := h.path()
	if h.presses("/"); h.at.ID != "find" {
		h.t.Fatalf("/ leads to %s", h.at)
	}
	if h.writes("a/b?"); h.path() != path || h.at.ID != "find" {
		h.t.Errorf("keys in a field lead to %s, %s", h.path(), h.at)
	}
}

// keysLead: g and a letter to a page of the bar, j and k from line to line; and nowhere once they are switched off.
func (h *hands) keysLead(j *journey) {
	h.t.Helper()
	h.comes("/keys").presses("g").leads("r")
	h.comes("/requests?q=" + j.number).presses("j").hears(j.number)
	h.presses("g").leads("i")
	first := h.presses("j").at
	if second := h.presses("j").at; second.Top <= first.Top || h.presses("k").at.Top != first.Top {
		h.t.Errorf("down, down and up again leads from %s by %s to %s", first, second, h.at)
	}
	h.comes("/keys").tabsTo("what switches the keys off", func(f focus) bool { return f.Name == "Switch these keys off" }).presses(kb.Enter)
	path := h.path()
	if h.presses("g").presses("r"); h.path() != path {
		h.t.Errorf("keys that were switched off lead to %s", h.path())
	}
	h.presses(kb.Enter)
}

func (h *hands) path() string {
	h.t.Helper()
	path, err := chromedp.Run(h.reader.tab, chromedp.Location())
	if err != nil {
		h.reader.fail("see where it is", err)
	}
	return path
}

// opensAndClosesTheMenu: by Escape, and by going on, since it would lie over what is next.
func (h *hands) opensAndClosesTheMenu() {
	h.t.Helper()
	menu := func(f focus) bool { return f.Kind == "fold" && f.Bar }
	h.tabsTo("the menu", menu).presses(kb.Enter)
	h.presses(kb.Tab).hears("Help").presses(kb.Escape)
	if !menu(h.at) || h.at.On {
		h.t.Errorf("Escape in the menu leads to %s, open %t", h.at, h.at.On)
	}
	h.presses(kb.Enter).tabsTo("what comes after the menu", func(f focus) bool { return !f.Bar })
	if h.tabsBackTo("the menu", func(f focus) bool { return f.Bar }); !menu(h.at) || h.at.On {
		h.t.Errorf("behind whoever went on stays %s, open %t", h.at, h.at.On)
	}
}

// walksBack over the whole page, from its end: what sticks to the top covers whoever goes upwards, if anybody.
func (h *hands) walksBack() {
	h.t.Helper()
	stops := 0
	for h.presses(kb.Tab, chromedp.ModifierShift); h.at.Kind != "nothing"; stops++ {
		if h.presses(kb.Tab, chromedp.ModifierShift); stops > farthest {
			h.reader.fail("come back to the top", errNotThere)
		}
	}
	if stops < 20 {
		h.t.Errorf("the page has but %d stops", stops)
	}
}

func (h *hands) opensAndClosesAFold() {
	h.t.Helper()
	h.tabsTo("what else one may do", func(f focus) bool { return f.Kind == "fold" && strings.HasPrefix(f.Name, "What you may do") })
	was := h.at.On
	if h.presses(kb.Enter); h.at.On == was {
		h.t.Errorf("%s does not open by Enter", h.at)
	}
	if h.presses(" "); h.at.On != was {
		h.t.Errorf("%s does not close by the space bar", h.at)
	}
}

// keepsItsPlace while others change the request; what was left as it is, is made new once the focus has gone on.
func (h *hands) keepsItsPlace(j *journey) {
	h.t.Helper()
	h.comes("/requests/"+j.number).tabsTo("the task", called("link", "Discuss scope and content"))
	if err := j.do(context.Background(), j.stepOf("discuss-scope")); err != nil {
		h.t.Fatal(err)
	}
	h.reader.reads("Your next step: Prepare the request letter")
	if h.looks(); h.at.Name != "Discuss scope and content" {
		h.t.Errorf("after others changed the page, the focus is on %s", h.at)
	}
	h.tabsTo("the notes", func(f focus) bool { return f.ID == "note-text" })
	h.reader.must("have the list of tasks made new", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](`!document.querySelector("#now").innerText.includes("Discuss scope and content")`))
		return err
	}))
	if h.looks(); h.at.ID != "note-text" {
		h.t.Errorf("after the page made itself new, the focus is on %s", h.at)
	}
}

// goesDownTheBar where it takes several lines: the order of the focus is the order that one sees.
func (h *hands) goesDownTheBar() {
	h.t.Helper()
	h.presses(kb.Tab) // what one skips by
	h.presses(kb.Tab)
	for before := h.at; h.at.Bar; h.presses(kb.Tab) {
		if h.at.Top < before.Top-20 {
			h.t.Errorf("from %s the focus jumps up to %s", before, h.at)
		}
		before = h.at
	}
}

package e2e

import (
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// answers are what somebody says to some questions, and to the rest of them, as far as they are circles. To what is not
// here they say something that raises no rating.
type answers map[string]string

const toTheRest = ""

// asked: the focus is on the first question of a form.
func (h *hands) asked() *hands {
	h.t.Helper()
	return h.tabsTo("the first question", func(f focus) bool { return f.Group != "" || f.Kind == "field" })
}

// fills the step that is open, question by question as Tab brings them, and comes to a button that leads on.
func (h *hands) fills(said answers) *hands {
	h.t.Helper()
	for stops := 0; h.at.Kind != "button" || !leadsOn[h.at.Name]; stops++ {
		if stops > farthest {
			h.reader.fail("come to the end of the step", errNotThere)
		}
		h.answers(said)
		h.presses(kb.Tab)
	}
	return h
}

var leadsOn = map[string]bool{"Go on": true, "Read it over": true, "Send": true, "The evaluation is written": true}

// answers what has the focus, if it has to be answered.
func (h *hands) answers(said answers) {
	h.t.Helper()
	wanted, certain := said[h.at.Group]
	switch {
	case h.at.Kind == "radio" && certain:
		if !h.picks(wanted) {
			h.reader.fail("answer "+wanted, errNotThere)
		}
	case h.at.Kind == "radio" && h.at.Open:
		h.picksHarmless(said[toTheRest])
	case h.at.Kind == "field" && h.at.Needed && h.at.Value == "":
		h.writes("0")
	case h.at.Kind == "file" && h.at.Needed:
		h.attaches(h.at.Group, "screening.pdf")
	}
}

// picksHarmless goes round the circles until one raises no rating, or is what is answered to all.
func (h *hands) picksHarmless(wanted string) {
	h.t.Helper()
	for first := h.at.Place; h.at.Raises || h.at.Name == "Unknown" || wanted != "" && h.at.Name != wanted; {
		if h.presses(kb.ArrowDown); h.at.Place == first {
			h.reader.fail("find a harmless answer to "+h.at.Group, errNotThere)
		}
	}
	if !h.at.On && !h.presses(" ").at.On {
		h.reader.fail("choose "+h.at.Name, errNotThere)
	}
}

// fillsInSteps goes through a long form to where it is read over. Each step begins with its heading, and so does the focus.
func (h *hands) fillsInSteps(said answers) *hands {
	h.t.Helper()
	for last := false; !last; {
		h.fills(said)
		last = h.at.Name == "Read it over"
		h.leads(kb.Enter)
		if begin := "Step "; !last && !strings.HasPrefix(h.at.Text, begin) {
			h.reader.fail("begin with the next step", fmt.Errorf("the focus is on %s", h.at))
		}
	}
	return h.hears("Please read it over")
}

// confirms by the code that is mailed, which is asked for where the focus then is.
func (h *hands) confirms(button string) *hands {
	h.t.Helper()
	since := time.Now()
	if status := h.tabsTo("button "+button, called("button", button)).followed(kb.Enter); status != 428 {
		h.reader.fail("be asked for a code", fmt.Errorf("the page answers %d", status))
	}
	code := h.reader.mails.code(h.reader.name, h.reader.number, since)
	if h.at.Name != "Code from our mail" || code == "" {
		h.reader.fail("enter the code "+code, fmt.Errorf("the focus is on %s", h.at))
	}
	return h.writes(code).leads(kb.Enter).hears("Thank you, we have received it.")
}

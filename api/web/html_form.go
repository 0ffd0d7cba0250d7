package web

import (
	"slices"
	"strings"

	"connex/casework"
	"connex/words"
)

// HTMLForm is a form as a page shows it: one template draws every form of the process.
type HTMLForm struct {
	Post   string // where it is sent
	Key    string // the action's ID; made with the page, so that a double click is one action
	Fields []HTMLField
	Faults []HTMLFault // the summary on top, in the order of the fields
	Submit string
	Upload bool
	More   bool      // it has a button that does not send; the enter key must find another one before it
	Code   *HTMLCode // a code by mail is asked for with it
	Drafts string    // where the script keeps what is typed; empty: nowhere
	Draft  bool      // it is shown as it was left
	Mark   string    // of the draft that it was drawn from, or that it is
	Newer  bool      // something newer is kept than what it was drawn from
	Here   string    // where it is shown, if it came as the answer to a form
	Turned bool      // a button that sends nothing brought it here: reading goes on where that led, not on top of the page
	Steps  *HTMLSteps
	Where  string       // what a long form shows of itself: one of its steps, or all; empty for others
	Hidden []HTMLHidden // what was answered in other steps
	Copy   *HTMLCopy    // it may begin with what was written in another case
	Rest   *HTMLRest    // asked below, folded
	Tab    bool         // the script keeps what is typed for as long as the tab is open, and nowhere else
}

// HTMLRest are the questions that somebody may pass over; unfolded where one of them has an answer, or a fault.
type HTMLRest struct {
	Title  string
	Open   bool
	Fields []HTMLField
}

// Fold puts some of the questions below the others.
func (f *HTMLForm) Fold(title string, rest func(name string) bool) {
	f.Rest = &HTMLRest{Title: title}
	all := f.Fields
	f.Fields = nil
	for _, field := range all {
		if !rest(field.Name) {
			f.Fields = append(f.Fields, field)
			continue
		}
		f.Rest.Fields = append(f.Rest.Fields, field)
		f.Rest.Open = f.Rest.Open || field.Error != "" || field.Text != "" || field.On || len(field.Chosen()) > 0
	}
}

// Titled is the title of a page with this form: it says first what of a long one is shown.
func (f HTMLForm) Titled(title string) string {
	if f.Where == "" {
		return title
	}
	return f.Where + " – " + title
}

// draftable lets what is typed be kept until it is sent.
func (f HTMLForm) draftable(left bool) HTMLForm {
	f.Drafts, f.Draft = f.Post+"/draft", left
	return f
}

// HTMLFault is a line of the summary: it leads to its field.
type HTMLFault struct{ Focus, Label, Sentence string }

// Line is what it says: a colon parts it from its field, unless that is a question.
func (f HTMLFault) Line() string {
	if strings.HasSuffix(f.Label, "?") {
		return f.Label + " " + f.Sentence
	}
	return f.Label + ": " + f.Sentence
}

// HTMLCode is the question for the confirmation code. GoodFor is empty for one that was mailed earlier. Asking goes along
// where it is left empty, so that a double click is mailed one other code.
type HTMLCode struct{ Typed, Sentence, GoodFor, Asking string }

// HTMLFile is a document that a form may name.
type HTMLFile struct{ ID, Title string }

// Filling is what a form is drawn from. Nothing that was typed is lost: Typed goes before what is known.
type Filling struct {
	Form  casework.Form // with its words
	Typed casework.Values
	Wrong casework.Faults
	Files []HTMLFile // on file already; a field for documents offers them
	Slots int        // activities to leave room for
	Hints map[string][]HTMLHint
	Words *words.Words
	Pace  Pace // how it is cut into steps; the zero value leaves it whole
	// Context is what the answers are held against where they are read over before they are sent.
	Context casework.FormContext

	Step int // which is drawn, from 1; 0: all on one page; after the last: the review

	here []casework.Field // what is drawn, once that is settled; nil: all
}

// HTMLHint is what is known beside a question; it answers nothing.
type HTMLHint struct{ Text, Source string }

// HTML draws the form, to be posted to an address under a key.
func (f Filling) HTML(post, key string) HTMLForm {
	drawn := HTMLForm{Post: post, Key: key, Submit: f.Words.T("page.form.send")}
	marked := slices.ContainsFunc(f.Form.Fields, func(field casework.Field) bool { return field.Required && widgetOf(field) != widgetOnly })
	var steps [][]casework.Field
	if f.Pace != (Pace{}) {
		steps = f.Pace.steps(f.Form)
	}
	f.here = f.shown(steps)
	for _, field := range f.here {
		made := f.field(field, field.Name)
		made.Optional = made.Optional && marked // where nothing is required, nothing needs a mark
		drawn.Fields = append(drawn.Fields, made)
		drawn.Upload = drawn.Upload || made.Widget == widgetFiles
		drawn.More = drawn.More || made.Widget == widgetActivities
		drawn.Faults = append(drawn.Faults, f.faultsOf(&made)...)
		if made.Widget == widgetOnly {
			drawn.Submit = made.Options[0].Label
		}
	}
	f.cut(&drawn, steps)
	return drawn
}

// faultsOf are the lines of the summary for a field. What is said within its activities is said there alone.
func (f Filling) faultsOf(made *HTMLField) (faults []HTMLFault) {
	for _, one := range made.Activities {
		for _, part := range one.Fields {
			if part.Error != "" {
				label := f.Words.T("page.form.activities.field", "Number", one.Number, "Field", part.Label)
				faults = append(faults, HTMLFault{part.Focus(), label, part.Error})
			}
		}
	}
	if len(faults) > 0 {
		made.Error = ""
		return faults
	}
	if made.Error != "" {
		faults = append(faults, HTMLFault{made.Focus(), made.Label, made.Error})
	}
	return faults
}

// value is what the person typed, or what is known where they have not typed yet.
func (f Filling) value(field casework.Field) any {
	if f.Typed != nil {
		return f.Typed[field.Name]
	}
	return field.Value
}

// MoreActivities is the number of slots after «add another».
func MoreActivities(typed casework.Values) int { return len(PlansAsEntered(typed["activities"])) + 1 }

// AskedForMore tells whether the button pressed was «add another», which sends nothing.
func AskedForMore(post map[string][]string) bool { return slices.Contains(post["_more"], "activities") }

package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"connex/casework"
	"connex/words"
)

// The ways in which fields are drawn; templates/field.html has one block for each.
const (
	widgetLine       = "line"
	widgetArea       = "area"
	widgetTick       = "tick"
	widgetShown      = "shown" // nobody types another
	widgetOnly       = "only"  // a choice of one: the button says it
	widgetRadios     = "radios"
	widgetSelect     = "select"
	widgetChecks     = "checks"
	widgetFiles      = "files"
	widgetActivities = "activities"
	widgetScores     = "scores"
)

// radiosUpTo is how many options are still easier to read one below the other.
const radiosUpTo = 7

// HTMLField is a field as it is drawn.
type HTMLField struct {
	ID, Name           string
	Label, Help, Error string
	Widget             string
	Input              string // the type of a line's input
	Required           bool
	Optional           bool   // never required
	When               string // says for which answers the field counts
	Only, Need         string // the same for the script: hidden unless these answers; hidden unless these or filled
	Text               string
	On                 bool
	Many               bool
	Options            []HTMLOption
	Kept               []HTMLFile // chosen or uploaded before
	Offered            []HTMLFile // on file, to choose from
	Activities         []HTMLActivity
	Scores             []HTMLField
	Hints              []HTMLHint
	Ways               []LineValue // where an error is mended that is not mended here
	Sent               bool
	Today              string // of the case; a day before it is past, which is said and not refused; empty: nobody asks
	New                bool   // it begins what was asked for just now: the focus goes here
}

// HTMLOption is a choice's.
type HTMLOption struct {
	ID, Value, Label, Raises string
	On                       bool
	Notes                    []string // what is known of it
	Group                    string   // what it belongs to, where a list is divided
}

// HTMLActivity is one slot of a list of activities.
type HTMLActivity struct {
	Number int
	Fields []HTMLField
}

// Focus is where a link to the field leads: its control, or the first of its controls.
func (f HTMLField) Focus() string {
	switch {
	case f.Widget == widgetOnly:
		return "send"
	case f.Widget == widgetRadios || f.Widget == widgetChecks && len(f.Options) > 0:
		return f.Options[0].ID
	case f.Widget == widgetActivities && len(f.Activities) > 0:
		return f.Activities[0].Fields[0].Focus()
	case f.Widget == widgetScores && len(f.Scores) > 0:
		return f.Scores[0].Focus()
	}
	return f.ID
}

// foldedFrom is how many boxes nobody wants to pass one by one on the way to the next question.
const foldedFrom = 40

// Folded tells whether the options are shown only to whoever asks for them.
func (f HTMLField) Folded() bool { return len(f.Options) >= foldedFrom }

// HTMLGroup are options of a list that belong together; without a label where the list is not divided.
type HTMLGroup struct {
	Label   string
	Options []HTMLOption
}

// Grouped are the options, group by group.
func (f HTMLField) Grouped() (groups []HTMLGroup) {
	for _, o := range f.Options {
		if last := len(groups) - 1; last < 0 || groups[last].Label != o.Group {
			groups = append(groups, HTMLGroup{Label: o.Group})
		}
		last := &groups[len(groups)-1]
		last.Options = append(last.Options, o)
	}
	return groups
}

// Noted tells whether something is known of the options.
func (f HTMLField) Noted() bool {
	return slices.ContainsFunc(f.Options, func(o HTMLOption) bool { return len(o.Notes) > 0 })
}

// Chosen are the labels of the options that are ticked.
func (f HTMLField) Chosen() (labels []string) {
	for _, o := range f.Options {
		if o.On {
			labels = append(labels, o.Label)
		}
	}
	return labels
}

// Past tells whether the day that stands in the field should lie ahead, and does not.
func (f HTMLField) Past() bool { return f.Text != "" && f.Text < f.Today }

// DescribedBy lists what a screen reader reads after the label.
func (f HTMLField) DescribedBy() string {
	var ids []string
	for id, there := range map[string]bool{"-help": f.Help != "", "-when": f.When != "", "-hints": len(f.Hints) > 0, "-past": f.Past(), "-error": f.Error != ""} {
		if there {
			ids = append(ids, f.ID+id)
		}
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

// field draws one field; name is the field's own, or its place among the activities.
func (f Filling) field(field casework.Field, name string) HTMLField {
	value := f.value(field)
	drawn := HTMLField{ID: "f-" + name, Name: name, Label: field.Label, Help: field.Help, Error: f.Words.Say(f.Wrong[name]), Required: field.Required,
		Optional: !field.Required && len(field.RequiredWhen) == 0 && field.OneOf == nil, Widget: widgetOf(field), Sent: field.Sent, Hints: slices.Concat(f.Hints[name], f.allowed(field))}
	f.conditions(field, &drawn)
	if field.Ahead {
		drawn.Today = f.Context.Today
	}
	switch drawn.Widget {
	case widgetShown:
		drawn.Text = textOf(field.Value) // as it is now, also where a draft has another
	case widgetLine:
		drawn.Input, drawn.Text = inputOf(field.Type), typed(f.Words, value)
	case widgetArea:
		drawn.Text = textOf(value)
	case widgetTick:
		drawn.On = value == true
	case widgetFiles:
		drawn.Many = field.Type == casework.Documents
		drawn.Kept, drawn.Offered = f.files(textsOf(value))
	case widgetActivities:
		drawn.Activities = f.activities(field, value)
	case widgetScores:
		drawn.Scores = f.scores(field, value)
	default:
		drawn.Options = f.options(field, name, textsOf(value))
	}
	return drawn
}

func widgetOf(field casework.Field) string {
	if field.Shown {
		return widgetShown
	}
	switch field.Type {
	case casework.LongText, casework.Texts:
		return widgetArea
	case casework.Bool:
		return widgetTick
	case casework.Choice:
		return widgetOfChoice(field)
	case casework.OneExpert:
		return widgetSelect
	case casework.Choices, casework.Experts, casework.Team:
		return widgetChecks
	case casework.Document, casework.Documents:
		return widgetFiles
	case casework.Activities:
		return widgetActivities
	case casework.Scores:
		return widgetScores
	}
	return widgetLine
}

// widgetOfChoice: what may be left open is a list with an empty line, since a radio once pressed cannot be let go; unless
// one of the answers says as much.
func widgetOfChoice(field casework.Field) string {
	open := !field.Required && len(field.RequiredWhen) == 0
	switch {
	case field.Name == "outcome" && len(field.Options) == 1:
		return widgetOnly
	case len(field.Options) > radiosUpTo || open && !slices.ContainsFunc(field.Options, undecided):
		return widgetSelect
	}
	return widgetRadios
}

func undecided(o casework.Option) bool {
	return o.Value == casework.Unclear || o.Value == casework.Unknown || o.Value == casework.CannotSay
}

func inputOf(t casework.FieldType) string {
	switch t {
	case casework.Email, casework.Date:
		return string(t)
	}
	return "text" // numbers as well: browsers lose what is typed into a number field that they cannot read
}

func (f Filling) options(field casework.Field, name string, chosen []string) []HTMLOption {
	options := make([]HTMLOption, len(field.Options))
	for i, o := range field.Options {
		options[i] = HTMLOption{ID: fmt.Sprintf("f-%s-%d", name, i), Value: o.Value, Label: o.Label, Raises: o.Raises,
			On: slices.Contains(chosen, o.Value) || field.Name == "outcome" && len(field.Options) == 1}
		if o.Group != "" {
			options[i].Group = f.Words.T("option." + o.Group)
		}
		for _, reason := range o.Fit {
			options[i].Notes = append(options[i].Notes, f.Words.MatchReason(reason))
		}
	}
	return options
}

// files tells what a field has chosen already from what else it may choose. An ID that is not on file is not shown.
func (f Filling) files(chosen []string) (kept, offered []HTMLFile) {
	for _, file := range f.Files {
		if slices.Contains(chosen, file.ID) {
			kept = append(kept, file)
		} else {
			offered = append(offered, file)
		}
	}
	return kept, offered
}

// textOf is a value as it stands in an input: a list has a line for each.
func textOf(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case int:
		return strconv.Itoa(v)
	}
	return strings.Join(textsOf(value), "\n")
}

// typed is a value as the reader would have typed it.
func typed(w *words.Words, value any) string {
	if n, number := value.(float64); number {
		return w.TypedNumber(n)
	}
	return textOf(value)
}

func textsOf(value any) []string {
	if s, ok := value.(string); ok && s != "" {
		return []string{s}
	}
	return casework.Values{"": value}.Strings("")
}

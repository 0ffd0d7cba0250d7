package casework

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	textLimit     = 500    // characters
	longTextLimit = 20_000 // characters
	listLimit     = 50     // entries
	peopleLimit   = 20     // experts in one list, and activities in one plan: they travel in history
)

// Decode checks what a person sent against the form that was made for them and returns what is kept of it: fields that
// the chosen outcome does not use are accepted and left out. The error is a *FormError.
func Decode(c FormContext, form Form, sent Values) (Values, error) {
	wrong := Faults{}
	for name := range sent {
		if form.Field(name) == nil {
			wrong[name] = Say("invalid.unknown-field")
		}
	}
	kept := keep(form, sent, wrong)
	missing(form, kept, wrong)
	if len(wrong) == 0 || c.Kind != CorrectFacts { // whether anything is corrected shows once each fact is right
		for name, sentence := range checkTogether(c, kept) {
			if _, said := wrong[name]; !said {
				wrong[name] = sentence
			}
		}
	}
	if len(wrong) > 0 {
		return nil, formError(form, wrong)
	}
	return kept, nil
}

// keep takes over each value that its field accepts and the outcome uses.
func keep(form Form, sent Values, wrong Faults) Values {
	kept := Values{}
	outcome := sent.Outcome()
	for _, f := range form.Fields {
		if len(f.For) > 0 && !slices.Contains(f.For, outcome) {
			continue
		}
		value, there := sent[f.Name]
		if f.Letter {
			value = f.letter(value, there, wrong)
		}
		if Empty(value) {
			continue
		}
		if f.Type == Activities {
			kept[f.Name] = acceptActivities(f.Name, value, wrong)
			continue
		}
		clean, fault := f.accept(value)
		if fault.ID != "" {
			wrong[f.Name] = fault
			continue
		}
		if !Empty(clean) {
			kept[f.Name] = clean
		}
	}
	return kept
}

// letter is what goes out: whoever signs it reads it here, also where nobody touched it. Who empties it wants no letter,
// and must not get the one that was filled in.
func (f Field) letter(value any, sent bool, wrong Faults) any {
	switch {
	case !sent:
		return f.Value
	case Empty(value):
		wrong[f.Name] = Say("invalid.empty-letter")
	}
	return value
}

// missing names every field that these answers make necessary and that is empty.
func missing(form Form, kept Values, wrong Faults) {
	for _, f := range form.Fields {
		if _, there := kept[f.Name]; there || wrong[f.Name].ID != "" || f.Name == "namedExpertAnswer" {
			continue
		}
		if f.Required || len(f.RequiredWhen) > 0 && f.wanted(kept) {
			wrong[f.Name] = f.empty()
		}
	}
	for _, f := range form.Fields {
		if f.OneOf != nil && f.Name == f.OneOf.Names[0] && !f.OneOf.given(kept, wrong) {
			wrong[f.Name] = f.OneOf.Missing
		}
	}
}

// given tells whether one of the fields is filled in, if wrongly: then that is said of it.
func (o OneOf) given(kept Values, wrong Faults) bool {
	return slices.ContainsFunc(o.Names, func(name string) bool { return !Empty(kept[name]) || wrong[name].ID != "" })
}

func (f Field) wanted(values Values) bool {
	for name, among := range f.RequiredWhen {
		if !slices.Contains(among, values.String(name)) {
			return false
		}
	}
	return true
}

func (f Field) empty() Sentence {
	switch f.Type {
	case Choice, Choices, OneExpert, Experts, Team:
		return Say("invalid.choose")
	case Document, Documents:
		return Say("invalid.no-file")
	case Scores:
		return Say("invalid.no-grade")
	}
	return Say("invalid.missing")
}

// accept returns the value as it is kept, or what is wrong with it.
func (f Field) accept(value any) (any, Sentence) {
	switch f.Type {
	case Text, LongText, Email, Date, Choice, Document, OneExpert:
		text, ok := value.(string)
		if !ok {
			return nil, Say("invalid.no-text")
		}
		return f.acceptText(text)
	case Number:
		n, ok := value.(float64)
		if !ok || math.IsNaN(n) || n < 0 || n > 1e12 {
			return nil, Say("invalid.no-number")
		}
		return n, Sentence{}
	case Bool:
		b, ok := value.(bool)
		if !ok {
			return nil, Say("invalid.no-bool")
		}
		return b, Sentence{}
	case Choices, Documents, Experts, Team, Texts:
		return f.acceptList(value)
	case Scores:
		return f.acceptScores(value)
	}
	return nil, Say("invalid.no-type", "Type", string(f.Type))
}

func (f Field) acceptText(text string) (any, Sentence) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return nil, Say("invalid.characters")
	}
	text = strings.TrimSpace(text)
	severalLines := strings.ContainsAny(text, "\n\r")
	if text = Plain(text); f.Type != LongText {
		text = strings.ReplaceAll(text, "\n", " ")
	}
	length := utf8.RuneCountInString(text)
	switch {
	case text == "":
		return "", Sentence{}
	case f.Type == Choice && !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == text }):
		return nil, Say("invalid.unknown-option")
	case f.Type == Date && !validDate(text):
		return nil, Say("invalid.no-date")
	case f.Type == Email && !ValidEmail(text):
		return nil, Say("invalid.no-email")
	case f.Type == LongText && length > longTextLimit:
		return nil, Say("invalid.too-long", "Limit", longTextLimit)
	case f.Type != LongText && length > textLimit:
		return nil, Say("invalid.too-long", "Limit", textLimit)
	case f.Type != LongText && severalLines:
		return nil, Say("invalid.one-line")
	}
	return text, Sentence{}
}

// validDate takes dates of this century and the next, so that no reckoning overflows.
func validDate(text string) bool {
	t, err := time.Parse(DateLayout, text)
	return err == nil && t.Year() >= 1900 && t.Year() < 2200
}

func (f Field) acceptList(value any) (any, Sentence) {
	list, ok := value.([]any)
	if !ok {
		return nil, Say("invalid.no-list")
	}
	limit := listLimit
	if f.Type == Experts || f.Type == Team {
		limit = peopleLimit
	}
	if len(list) > limit {
		return nil, Say("invalid.too-many", "Limit", limit)
	}
	one := Field{Name: f.Name, Options: f.Options, Type: map[FieldType]FieldType{
		Choices: Choice, Documents: Document, Experts: OneExpert, Team: OneExpert, Texts: LongText}[f.Type]}
	kept := []any{}
	for _, item := range list {
		clean, fault := one.accept(item)
		if fault.ID != "" {
			return nil, fault
		}
		if f.Type != Texts && slices.Contains(kept, clean) {
			continue
		}
		if clean != "" {
			kept = append(kept, clean)
		}
	}
	return kept, Sentence{}
}

func (f Field) acceptScores(value any) (any, Sentence) {
	scores, ok := value.(map[string]any)
	if !ok {
		return nil, Say("invalid.no-scores")
	}
	for criterion := range scores {
		if !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == criterion }) {
			return nil, Say("invalid.unknown-criterion")
		}
	}
	for _, o := range f.Options {
		score, there := scores[o.Value]
		grade, number := score.(float64)
		if !there || score != nil && (!number || grade != math.Trunc(grade) || grade < 1 || grade > 6) {
			return nil, Say("invalid.no-grade")
		}
	}
	return scores, Sentence{}
}

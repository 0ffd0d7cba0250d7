package casework

import (
	"fmt"
	"math"
	"net/mail"
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
	wrong := map[string]string{}
	for name := range sent {
		if form.Field(name) == nil {
			wrong[name] = "This field is not part of the form."
		}
	}
	kept := keep(form, sent, wrong)
	missing(form, kept, wrong)
	if len(wrong) == 0 {
		for name, sentence := range checkTogether(c, kept) {
			wrong[name] = sentence
		}
	}
	if len(wrong) > 0 {
		return nil, &FormError{Fields: wrong}
	}
	return kept, nil
}

// keep takes over each value that its field accepts and the outcome uses.
func keep(form Form, sent Values, wrong map[string]string) Values {
	kept := Values{}
	outcome := sent.Outcome()
	for _, f := range form.Fields {
		value, there := sent[f.Name]
		if !there || Empty(value) || len(f.For) > 0 && !slices.Contains(f.For, outcome) {
			continue
		}
		clean, sentence := f.accept(value)
		if sentence != "" {
			wrong[f.Name] = sentence
			continue
		}
		if !Empty(clean) {
			kept[f.Name] = clean
		}
	}
	return kept
}

// missing names every field that these answers make necessary and that is empty.
func missing(form Form, kept Values, wrong map[string]string) {
	for _, f := range form.Fields {
		if _, there := kept[f.Name]; there || wrong[f.Name] != "" || f.Name == "namedExpertAnswer" {
			continue
		}
		if f.Required || len(f.RequiredWhen) > 0 && f.wanted(kept) {
			wrong[f.Name] = f.emptySentence()
		}
	}
}

func (f Field) wanted(values Values) bool {
	for name, among := range f.RequiredWhen {
		if !slices.Contains(among, values.String(name)) {
			return false
		}
	}
	return true
}

func (f Field) emptySentence() string {
	switch f.Type {
	case Choice, Choices, OneExpert, Experts, Team:
		return "Please choose."
	case Document, Documents:
		return "Please add a file."
	}
	return "Please fill this in."
}

// accept returns the value as it is kept, or a sentence that says what is wrong with it.
func (f Field) accept(value any) (any, string) {
	switch f.Type {
	case Text, LongText, Email, Date, Choice, Document, OneExpert:
		text, ok := value.(string)
		if !ok {
			return nil, "This must be text."
		}
		return f.acceptText(text)
	case Number:
		n, ok := value.(float64)
		if !ok || math.IsNaN(n) || n < 0 || n > 1e12 {
			return nil, "Please enter a number that is not negative."
		}
		return n, ""
	case Bool:
		b, ok := value.(bool)
		if !ok {
			return nil, "This must be yes or no."
		}
		return b, ""
	case Choices, Documents, Experts, Team, Texts:
		return f.acceptList(value)
	case Activities:
		return acceptActivities(value)
	case Scores:
		return f.acceptScores(value)
	}
	return nil, fmt.Sprintf("There is no field of type %s.", f.Type)
}

func (f Field) acceptText(text string) (any, string) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return nil, "This has characters that cannot be kept."
	}
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	length := utf8.RuneCountInString(text)
	switch {
	case f.Type == Choice && !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == text }):
		return nil, "Please choose one of the answers that are offered."
	case f.Type == Date && !validDate(text):
		return nil, "Please enter a date such as 2027-03-31."
	case f.Type == Email && !validEmail(text):
		return nil, "Please enter an e-mail address such as name@ministry.example."
	case f.Type == LongText && length > longTextLimit:
		return nil, fmt.Sprintf("This is too long: at most %d characters.", longTextLimit)
	case f.Type != LongText && length > textLimit:
		return nil, fmt.Sprintf("This is too long: at most %d characters.", textLimit)
	case f.Type != LongText && strings.ContainsAny(text, "\n\r"):
		return nil, "This must be one line."
	}
	return text, ""
}

// validDate takes dates of this century and the next, so that no reckoning overflows.
func validDate(text string) bool {
	t, err := time.Parse(DateLayout, text)
	return err == nil && t.Year() >= 1900 && t.Year() < 2200
}

func validEmail(text string) bool {
	address, err := mail.ParseAddress(text)
	return err == nil && address.Address == text && strings.Contains(text[strings.LastIndex(text, "@"):], ".")
}

func (f Field) acceptList(value any) (any, string) {
	list, ok := value.([]any)
	if !ok {
		return nil, "This must be a list."
	}
	limit := listLimit
	if f.Type == Experts || f.Type == Team {
		limit = peopleLimit
	}
	if len(list) > limit {
		return nil, fmt.Sprintf("These are too many: at most %d.", limit)
	}
	one := Field{Name: f.Name, Options: f.Options, Type: map[FieldType]FieldType{
		Choices: Choice, Documents: Document, Experts: OneExpert, Team: OneExpert, Texts: LongText}[f.Type]}
	kept := []any{}
	for _, item := range list {
		clean, sentence := one.accept(item)
		if sentence != "" {
			return nil, sentence
		}
		if f.Type != Texts && slices.Contains(kept, clean) {
			continue
		}
		if clean != "" {
			kept = append(kept, clean)
		}
	}
	return kept, ""
}

func (f Field) acceptScores(value any) (any, string) {
	scores, ok := value.(map[string]any)
	if !ok {
		return nil, "Please give a grade for each criterion."
	}
	for criterion := range scores {
		if !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == criterion }) {
			return nil, "There is a criterion that is not part of the form."
		}
	}
	for _, o := range f.Options {
		score, there := scores[o.Value]
		grade, number := score.(float64)
		if !there || score != nil && (!number || grade != math.Trunc(grade) || grade < 1 || grade > 6) {
			return nil, "Please give each criterion a grade from 1 to 6, or say that you cannot say."
		}
	}
	return scores, ""
}

// acceptActivities checks each activity like a form of its own.
func acceptActivities(value any) (any, string) {
	list, ok := value.([]any)
	if !ok || len(list) > peopleLimit {
		return nil, fmt.Sprintf("This must be a list of at most %d activities.", peopleLimit)
	}
	kept := []any{}
	for i, item := range list {
		sent, ok := item.(map[string]any)
		if !ok {
			return nil, fmt.Sprintf("Activity %d cannot be read.", i+1)
		}
		wrong := map[string]string{}
		for name := range sent {
			if !slices.ContainsFunc(onePlan, func(f Field) bool { return f.Name == name }) {
				wrong[name] = "is not part of an activity."
			}
		}
		clean := keep(Form{Fields: onePlan}, Values(sent), wrong)
		missing(Form{Fields: onePlan}, clean, wrong)
		if sentence := activityOrder(clean); sentence != "" && len(wrong) == 0 {
			wrong["end"] = sentence
		}
		if len(wrong) > 0 {
			return nil, fmt.Sprintf("Activity %d: %s", i+1, (&FormError{Fields: wrong}).Error()[len("form: "):])
		}
		kept = append(kept, map[string]any(clean))
	}
	return kept, ""
}

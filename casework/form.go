package casework

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
)

// FieldType says what a field takes; http.md lists the same words.
type FieldType string

// The types of fields and, behind them, the JSON that a value is.
const (
	Text       FieldType = "text"       // string, one line
	LongText   FieldType = "longtext"   // string
	Email      FieldType = "email"      // string
	Date       FieldType = "date"       // "YYYY-MM-DD" in the case's calendar
	Number     FieldType = "number"     // number, not negative unless said otherwise
	Bool       FieldType = "bool"       // true or false
	Choice     FieldType = "choice"     // one of the options
	Choices    FieldType = "choices"    // several of the options
	Document   FieldType = "document"   // a document's ID
	Documents  FieldType = "documents"  // several
	OneExpert  FieldType = "expert"     // a roster ID
	Experts    FieldType = "experts"    // several
	Texts      FieldType = "texts"      // a list of sentences
	Activities FieldType = "activities" // a list of ActivityPlan
	Team       FieldType = "team"       // roster IDs
	Scores     FieldType = "scores"     // criterion → 1 to 6, or null: cannot say
)

// Option is a value that a choice offers. Raises is the least rating that choosing it means: medium, high or stop.
type Option struct {
	Value  string `json:"value"`
	Label  string `json:"label"`
	Raises string `json:"raises,omitempty"`

	Group string `json:"-"` // of several options that belong together: the value of another list that they belong to

	Says *Sentence     `json:"-"` // the label, where it is more than the word for the value
	Fit  []MatchReason `json:"-"` // of an expert: why they stand where they stand
}

// Field is a question of a form. Label, Help and the options' labels are filled from the catalogue of the reader's
// language (see package words); everything else is the rule.
type Field struct {
	Name         string              `json:"name"`
	Label        string              `json:"label"`
	Help         string              `json:"help,omitempty"`
	Type         FieldType           `json:"type"`
	Required     bool                `json:"required"`
	Options      []Option            `json:"options,omitempty"`
	Value        any                 `json:"value,omitempty"`
	RequiredWhen map[string][]string `json:"requiredWhen,omitempty"`

	// Sent: the text goes out to the person whom the task is about; every other text is internal.
	Sent bool `json:"sent,omitempty"`
	// Carried: the value travels in the workflow's history, so it must be no text, name or file.
	Carried bool `json:"-"`
	// Fact: the value becomes the request's own, in the column of that name.
	Fact bool `json:"-"`
	// Paper: the document goes out as a letter, so it must be a PDF.
	Paper bool `json:"-"`
	// Signed: the document is a letter on paper, scanned or photographed, or written with a word processor.
	Signed bool `json:"-"`
	// Shown: the value is shown and sent along; nobody types another.
	Shown bool `json:"-"`
	// Ahead: the day is meant to lie ahead. One that is past is said, and taken: dates are not compared with today.
	Ahead bool `json:"-"`
	// Letter: the texts go out as a letter. Left out they are those that are filled in; emptied they are none.
	Letter bool `json:"-"`
	// OneOf: it is one of several fields of which any will do.
	OneOf *OneOf `json:"-"`
	// Outcomes for which the field is used at all; empty: for all. What the chosen outcome does not use is not kept.
	For []Outcome `json:"-"`
}

// OneOf are fields of which one at least is to be filled in. Where none is, the first one says so.
type OneOf struct {
	Names   []string
	Missing Sentence
}

// Form is what a task asks, made for who asks for it.
type Form struct {
	Fields []Field  `json:"fields"`
	Kind   TaskKind `json:"-"` // of the task that asks it, for what cannot be said field by field
}

// Values are a filled form, as JSON has them: string, float64, bool, nil, []any, map[string]any.
type Values map[string]any

// FormError names the fields that are wrong, each with a sentence for the person who filled them.
// Within are those inside lists of activities, under names such as activities.0.end; Fields sums them up under the list.
type FormError struct {
	Fields, Within Faults
}

// All are the faults of all fields, those within lists included.
func (e *FormError) All() Faults {
	all := maps.Clone(e.Fields)
	maps.Copy(all, e.Within)
	return all
}

func (e *FormError) Error() string {
	names := make([]string, 0, len(e.Fields))
	for name := range e.Fields {
		names = append(names, name)
	}
	sort.Strings(names)
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = name + ": " + e.Fields[name].ID
	}
	return "form: " + strings.Join(parts, "; ")
}

// Field finds a field by name.
func (f *Form) Field(name string) *Field {
	for i := range f.Fields {
		if f.Fields[i].Name == name {
			return &f.Fields[i]
		}
	}
	return nil
}

// Names of the fields, in order.
func (f *Form) Names() []string {
	names := make([]string, len(f.Fields))
	for i, field := range f.Fields {
		names[i] = field.Name
	}
	return names
}

// String is the value under name as text, "" where there is none.
func (v Values) String(name string) string {
	s, _ := v[name].(string)
	return s
}

// Outcome is the value that decides what follows.
func (v Values) Outcome() Outcome { return Outcome(v.String("outcome")) }

// Strings is the list under name, nil where there is none.
func (v Values) Strings(name string) []string {
	switch list := v[name].(type) {
	case []string:
		return slices.Clone(list)
	case []any:
		var texts []string
		for _, item := range list {
			if s, ok := item.(string); ok {
				texts = append(texts, s)
			}
		}
		return texts
	}
	return nil
}

// Bool is the truth under name.
func (v Values) Bool(name string) bool {
	b, _ := v[name].(bool)
	return b
}

// Into decodes the value under name, for lists of activities and the like.
func (v Values) Into(name string, target any) error {
	if v[name] == nil {
		return nil
	}
	raw, err := json.Marshal(v[name])
	if err != nil {
		return fmt.Errorf("field %s: %w", name, err)
	}
	if err := json.Unmarshal(raw, target); err != nil {
		return fmt.Errorf("field %s: %w", name, err)
	}
	return nil
}

// Empty tells whether a value says nothing.
func Empty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	case []string:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

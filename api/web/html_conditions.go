package web

import (
	"encoding/json"
	"slices"
	"strings"

	"connex/casework"
)

// conditions say for which answers a field counts: in words, which is all that a page without scripts has, and for the
// script that hides what is not needed. A field that an outcome does not use is not kept, so it may be hidden filled.
func (f Filling) conditions(field casework.Field, drawn *HTMLField) {
	if len(field.For) > 0 {
		drawn.Only = asJSON(map[string][]string{"outcome": outcomes(field.For)})
	}
	elsewhere := map[string][]string{}
	for name, among := range field.RequiredWhen {
		if name != "outcome" {
			elsewhere[name] = among
		}
	}
	if len(elsewhere) > 0 {
		drawn.Need = asJSON(elsewhere)
	}
	drawn.When = f.whenInWords(field)
	if answered := f.answered(field); len(answered) > 0 {
		drawn.When, drawn.Required = strings.Join(answered, " "), true
	}
	if len(f.causes(field)) > 0 {
		drawn.Optional = false
	}
}

// whenInWords is the rule, as it holds whatever is answered.
func (f Filling) whenInWords(field casework.Field) string {
	if len(field.RequiredWhen) == 0 && len(field.For) > 0 && !f.always("outcome", outcomes(field.For)) {
		return f.Words.T("page.form.only-with", "Answers", f.labels("outcome", outcomes(field.For)))
	}
	clauses := f.oneOf(field)
	if causes := f.causes(field); len(causes) > 0 && len(field.RequiredWhen) == 0 {
		clauses = append(clauses, f.Words.T("page.check-form.needed-where", "Questions", f.questions(causes)))
	}
	for _, earlier := range f.Form.Fields {
		among, named := field.RequiredWhen[earlier.Name]
		switch {
		case !named || f.always(earlier.Name, among):
		case earlier.Name == "outcome":
			clauses = append(clauses, f.Words.T("page.form.needed-with", "Answers", f.labels("outcome", among)))
		default:
			clauses = append(clauses, f.Words.T("page.form.needed-when", "Question", earlier.Label, "Answers", f.labels(earlier.Name, among)))
		}
	}
	return strings.Join(clauses, " ")
}

// causes are the questions that can ask for a measure.
func (f Filling) causes(field casework.Field) []casework.Cause {
	return casework.CausesOf(f.Form.Kind, field.Name, f.Typed)
}

func (f Filling) questions(causes []casework.Cause) string {
	var questions []string
	for _, cause := range causes {
		if asked := f.Form.Field(cause.Field); asked != nil {
			questions = append(questions, "“"+asked.Label+"”")
		}
	}
	return strings.Join(questions, " "+f.Words.T("page.form.or")+" ")
}

// answered are the answers of other steps that make a field needed: there the rule has become a fact.
func (f Filling) answered(field casework.Field) (clauses []string) {
	for _, name := range f.askedBy(field) {
		if asked := f.Form.Field(name); asked != nil && f.elsewhere(name) {
			clauses = append(clauses, f.Words.T("page.form.answered", "Question", asked.Label, "Answers", f.answerTo(*asked)))
		}
	}
	return clauses
}

// askedBy are the fields whose answers, as they stand, make this one needed.
func (f Filling) askedBy(field casework.Field) (names []string) {
	if causes := f.causes(field); len(causes) > 0 {
		for _, cause := range causes {
			if cause.Asks {
				names = append(names, cause.Field)
			}
		}
		return names
	}
	for name, among := range field.RequiredWhen {
		asked := f.Form.Field(name)
		if asked == nil || name == "outcome" || !slices.Contains(among, textOf(f.value(*asked))) {
			return nil
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// elsewhere tells whether a question is not on the page that is drawn.
func (f Filling) elsewhere(name string) bool {
	return f.here != nil && !inStep(f.here, name)
}

func (f Filling) answerTo(asked casework.Field) string {
	if len(asked.Options) > 0 {
		return f.labels(asked.Name, textsOf(f.value(asked)))
	}
	return "«" + typed(f.Words, f.value(asked)) + "»"
}

// oneOf says what does in place of a field.
func (f Filling) oneOf(field casework.Field) (clauses []string) {
	if field.OneOf == nil {
		return nil
	}
	for _, name := range field.OneOf.Names {
		if other := f.Form.Field(name); name != field.Name && other != nil {
			clauses = append(clauses, f.Words.T("page.form.one-of", "Other", other.Label))
		}
	}
	return clauses
}

// always tells whether every answer that is offered is among these: then nothing need be said.
func (f Filling) always(name string, among []string) bool {
	field := f.Form.Field(name)
	return field != nil && !slices.ContainsFunc(field.Options, func(o casework.Option) bool { return !slices.Contains(among, o.Value) })
}

// labels are the words of an earlier question's answers, those that are offered.
func (f Filling) labels(name string, values []string) string {
	var labels []string
	if field := f.Form.Field(name); field != nil {
		for _, o := range field.Options {
			if slices.Contains(values, o.Value) {
				labels = append(labels, "«"+o.Label+"»")
			}
		}
	}
	return strings.Join(labels, " "+f.Words.T("page.form.or")+" ")
}

func outcomes(list []casework.Outcome) []string {
	texts := make([]string, len(list))
	for i, o := range list {
		texts[i] = string(o)
	}
	return texts
}

func asJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps of strings
	}
	return string(raw)
}

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
}

func (f Filling) whenInWords(field casework.Field) string {
	if len(field.RequiredWhen) == 0 && len(field.For) > 0 && !f.always("outcome", outcomes(field.For)) {
		return f.Words.T("page.form.only-with", "Answers", f.labels("outcome", outcomes(field.For)))
	}
	clauses := f.oneOf(field)
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

package words

import (
	"strings"

	"connex/casework"
)

// FillForm writes the labels and helps that a form's reader sees. What is set already (an expert's name among the
// options, a question of a questionnaire) stays. A form's own word (`form.<kind>.<field>.label`) goes before the one
// that all forms share (`field.<field>.label`); options look in `option.<value>` last. Help may be missing.
func (w *Words) FillForm(f *casework.Form, kind string) {
	for i := range f.Fields {
		field := &f.Fields[i]
		own, shared := "form."+kind+"."+field.Name, "field."+field.Name
		if field.Label == "" {
			field.Label = w.first(own+".label", shared+".label")
		}
		if field.Help == "" {
			field.Help = w.optional(own+".help", shared+".help")
		}
		for j := range field.Options {
			option := &field.Options[j]
			if option.Label == "" && option.Says != nil {
				option.Label = w.Say(*option.Says)
			}
			if option.Label == "" {
				option.Label = w.first(own+".option."+option.Value, shared+".option."+option.Value, "option."+option.Value)
			}
		}
		w.asRead(field.Options)
	}
}

// MatchReason says what speaks for an expert, or against.
func (w *Words) MatchReason(r casework.MatchReason) string {
	labels := make([]string, len(r.Values))
	for i, value := range r.Values {
		labels[i] = w.T("option." + value)
	}
	return w.T("match."+r.Key, "Values", strings.Join(labels, ", "))
}

// first is the first of the texts that there is; where there is none, the first one's id shows as missing.
func (w *Words) first(ids ...string) string {
	if text := w.optional(ids...); text != "" {
		return text
	}
	return w.T(ids[0])
}

// optional is the first of the texts that there is, in English where the language has none of them.
func (w *Words) optional(ids ...string) string {
	for in := w; in != nil; in = in.fallback {
		for _, id := range ids {
			if in.Has(id) {
				return in.T(id)
			}
		}
	}
	return ""
}

package activities

import (
	"strings"

	"connex/casework"
)

// internalBesides are fields of a case officer's form on behalf of a government that are not the government's answers.
var internalBesides = map[string]bool{"noteOfCall": true, "document": true}

// recorded is a form as it was filled for a government, question by question, in the government's words.
func (w *writer) recorded(d deed) string {
	form := casework.FormFor(casework.FormContext{Kind: d.Kind, Experts: w.roster()})
	w.w.FillForm(&form, string(d.Kind))
	var lines []string
	for _, f := range form.Fields {
		if text := w.shown(f, d.Form[f.Name]); text != "" && !internalBesides[f.Name] {
			lines = append(lines, f.Label+"\n"+text)
		}
	}
	return joined(lines...)
}

func (w *writer) roster() (options []casework.Option) {
	for id, name := range w.experts {
		options = append(options, casework.Option{Value: string(id), Label: name})
	}
	return options
}

// shown is a value as a person reads it.
func (w *writer) shown(f casework.Field, value any) string {
	if casework.Empty(value) {
		return ""
	}
	form := casework.Values{f.Name: value}
	switch f.Type {
	case casework.Choice, casework.OneExpert:
		return optionLabel(f, form.String(f.Name))
	case casework.Choices, casework.Experts, casework.Team:
		var labels []string
		for _, v := range form.Strings(f.Name) {
			labels = append(labels, optionLabel(f, v))
		}
		return strings.Join(labels, ", ")
	case casework.Date:
		return w.w.Day(form.String(f.Name))
	case casework.Number:
		return w.w.Number(value)
	case casework.Texts:
		return strings.Join(form.Strings(f.Name), "\n")
	case casework.Text, casework.LongText, casework.Email:
		return form.String(f.Name)
	}
	return "" // files are on the personal page
}

func optionLabel(f casework.Field, value string) string {
	for _, o := range f.Options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

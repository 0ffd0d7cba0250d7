package web

import (
	"slices"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/casework"
	"connex/words"
)

// filesOf are the documents that a form of this case may name, where it has a field for any.
func (d Deps) filesOf(c *gin.Context, s dispatch.Sheet) (files []HTMLFile, err error) {
	takes := func(f casework.Field) bool { return f.Type == casework.Document || f.Type == casework.Documents }
	if !slices.ContainsFunc(s.Form.Fields, takes) {
		return nil, nil
	}
	documents, err := d.Store.Documents(c.Request.Context(), PersonOf(c), s.Task.CaseNumber)
	for _, document := range documents {
		files = append(files, HTMLFile{ID: document.ID, Title: document.Title})
	}
	return files, err
}

// hintsBeside are what public lists say of the country, for the staff's questions, as the lists stood on the case's day.
func hintsBeside(w *words.Words, s dispatch.Sheet) map[string][]HTMLHint {
	if !s.Capacity.Role.Staff() || s.Capacity.OnBehalf {
		return nil
	}
	hints := map[string][]HTMLHint{}
	for _, hint := range casework.HintsOn(s.Task.Country, s.Task.Kind, s.Context.Today) {
		text := w.T("indicator." + hint.Indicator)
		if hint.Value != "" {
			text = w.T("page.hint", "Indicator", text, "Value", w.T("indicator-value."+hint.Indicator+"."+hint.Value), "Edition", hint.Edition)
		}
		hints[hint.Field] = append(hints[hint.Field], HTMLHint{Text: text, Source: hint.Source})
	}
	return hints
}

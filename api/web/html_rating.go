package web

import (
	"slices"

	"connex/casework"
)

// allowed says beside a check's rating what its answers allow, as soon as there are any. On a page with the questions they
// can still change, so it says which ones it means.
func (f Filling) allowed(field casework.Field) []HTMLHint {
	check, _ := casework.QuestionnaireOf(f.Form.Kind)
	if field.Name != "rating" || check.Check == "" || len(f.Typed) == 0 {
		return nil
	}
	least, stop := casework.LeastRating(f.Form.Kind, f.Typed)
	said := f.Words.T("page.check-form.any", "Kept", f.Step == wholePage)
	switch {
	case stop:
		said = f.Words.T("page.check-form.stop", "Kept", f.Step == wholePage)
	case least != casework.Low:
		i := slices.IndexFunc(field.Options, func(o casework.Option) bool { return o.Value == string(least) })
		said = f.Words.T("page.check-form.least", "Rating", field.Options[i].Label, "Kept", f.Step == wholePage)
	}
	return []HTMLHint{{Text: said + " " + f.Words.T("page.check-form.counter-signed")}}
}

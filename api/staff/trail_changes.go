package staff

import (
	"cmp"
	"slices"
	"strings"

	"connex/casework"
	"connex/store"
)

// What the trail says of moved deadlines and corrected facts: from what to what.

// moved is the task whose deadline moved, with both dates.
func (r reading) moved(e store.Entry) string {
	was, now, _ := strings.Cut(e.Outcome, "/")
	return r.w.T("page.trail.moved", "Title", r.taskOf(e), "Was", r.w.Day(was), "Now", r.w.Day(now))
}

// fact is a fact's field, with its words.
func (r reading) fact(name string) casework.Field {
	form := casework.Form{Fields: casework.FieldsOf(casework.CorrectFacts)}
	r.w.FillForm(&form, string(casework.CorrectFacts))
	if field := form.Field(name); field != nil {
		return *field
	}
	return casework.Field{Label: name}
}

// reason is why, or, of a corrected fact, what it was and what it is.
func (r reading) reason(e store.Entry) string {
	was, now, both := strings.Cut(e.Reason, casework.BecomesNow)
	if e.What != casework.TrailFactCorrected || !both {
		return cmp.Or(r.w.Say(e.Why()), e.Reason)
	}
	field := r.fact(e.Outcome)
	return r.inWords(field, was) + casework.BecomesNow + r.inWords(field, now)
}

const longFact = 160 // characters of an old or new text that the story shows; the whole is in the trail

func (r reading) inWords(field casework.Field, value string) string {
	if field.Type == casework.Date {
		return r.w.Day(value)
	}
	var labels []string
	for _, code := range strings.Split(value, ", ") {
		i := slices.IndexFunc(field.Options, func(o casework.Option) bool { return o.Value == code })
		if i < 0 {
			if letters := []rune(value); len(letters) > longFact {
				return string(letters[:longFact]) + "…"
			}
			return value
		}
		labels = append(labels, field.Options[i].Label)
	}
	return strings.Join(labels, ", ")
}

package web

import (
	"errors"
	"net/url"

	"connex/casework"
)

// HTMLReview is what was answered in one step, to be read over before it is sent, and what would come back as missing or
// wrong.
type HTMLReview struct {
	Step  int
	Lines []Line
	Lacks []HTMLLack
}

// HTMLLack leads to a question of a step.
type HTMLLack struct{ Href, Line string }

// review reads out what was answered, step by step.
func (f Filling) review(steps [][]casework.Field, address string) (review []HTMLReview) {
	known := Known{Documents: map[string]LineValue{}}
	for _, file := range f.Files {
		known.Documents[file.ID] = LineValue{Text: file.Title}
	}
	wrong := f.wouldBeWrong()
	for i, step := range steps {
		part := HTMLReview{Step: i + 1}
		for _, field := range step {
			if value := f.value(field); !casework.Empty(value) && !isOnly(field) {
				line := Line{Label: field.Label, Values: known.answers(f.Words, field, value)}
				if f.field(field, field.Name).Past() {
					line.Values = append(line.Values, LineValue{Text: f.Words.T("page.form.past")})
				}
				part.Lines = append(part.Lines, line)
			}
			if fault, is := wrong[field.Name]; is {
				line := HTMLFault{Label: field.Label, Sentence: f.Words.Say(fault)}.Line()
				part.Lacks = append(part.Lacks, HTMLLack{stepAddress(address, part.Step) + "#" + f.field(field, field.Name).Focus(), line})
			}
		}
		review = append(review, part)
	}
	return review
}

// wouldBeWrong is what would come back if the answers were sent as they stand; nothing where nobody can tell.
func (f Filling) wouldBeWrong() casework.Faults {
	if f.Context.Kind == "" {
		return nil
	}
	posted := url.Values{}
	for _, field := range f.Form.Fields {
		value := f.value(field)
		if isOnly(field) {
			value = field.Options[0].Value
		}
		for _, part := range postedAs(f.Words, field, field.Name, value) {
			posted.Add(part.Name, part.Value)
		}
	}
	var form *casework.FormError
	if _, err := casework.Decode(f.Context, f.Form, ReadForm(f.Words, f.Form, posted, nil)); errors.As(err, &form) {
		return form.Fields
	}
	return nil
}

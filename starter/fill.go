package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"connex/casework"
)

// fill makes the form that is sent: what the sample says, what is known, and for the rest what says nothing special.
func (p *play) fill(ctx context.Context, actor *client, t *task, s step) (casework.Values, error) {
	v, err := p.look(ctx)
	if err != nil {
		return nil, err
	}
	f := filler{play: p, ctx: ctx, actor: actor, asked: t.Form.Fields, today: v.Clock.Today, form: casework.Values{}}
	for name, value := range s.Form {
		if f.form[name], err = f.resolve(name, value); err != nil {
			return nil, err
		}
	}
	if onBehalf(s) && casework.Empty(f.form["document"]) {
		f.form["noteOfCall"] = "Told to the case officer on the telephone; invented, like all of this sample."
	}
	for _, field := range t.Form.Fields {
		if err := f.answer(field); err != nil {
			return nil, err
		}
	}
	f.rate(s.Do)
	return f.form, nil
}

type filler struct {
	*play
	ctx   context.Context
	actor *client
	asked []casework.Field
	today string
	form  casework.Values
}

// resolve turns «+10d» into a date of the case's calendar, «expert:ADDRESS» into a roster ID, «@upload» into a document.
func (f *filler) resolve(name string, value any) (any, error) {
	switch value := value.(type) {
	case string:
		return f.resolveText(name, value)
	case int:
		return float64(value), nil
	case []any:
		list := make([]any, len(value))
		for i, item := range value {
			var err error
			if list[i], err = f.resolve(name, item); err != nil {
				return nil, err
			}
		}
		return list, nil
	case casework.Values: // what YAML makes of a map within a form
		resolved := map[string]any{}
		for key, item := range value {
			var err error
			if resolved[key], err = f.resolve(name, item); err != nil {
				return nil, err
			}
		}
		return resolved, nil
	}
	return value, nil
}

func (f *filler) resolveText(name, text string) (any, error) {
	if address, is := strings.CutPrefix(text, "expert:"); is {
		if id := f.expert(address); id != "" {
			return id, nil
		}
		return nil, fmt.Errorf("%s is not on the roster", address)
	}
	if text == "@upload" {
		return f.upload(f.ctx, f.actor, f.label(name))
	}
	var days int
	if n, _ := fmt.Sscanf(text, "%dd", &days); n == 1 && (text[0] == '+' || text[0] == '-') && strings.HasSuffix(text, "d") {
		return f.day(days), nil
	}
	return text, nil
}

// label is how the form calls a field.
func (f *filler) label(name string) string {
	for _, field := range f.asked {
		if field.Name == name && field.Label != "" {
			return field.Label
		}
	}
	return name
}

func (f *filler) day(days int) string {
	today, err := time.Parse(casework.DateLayout, f.today)
	if err != nil {
		today = time.Now()
	}
	return today.AddDate(0, 0, days).Format(casework.DateLayout)
}

// answer leaves what is said, takes what is known, and answers only what must be.
func (f *filler) answer(field casework.Field) (err error) {
	if _, said := f.form[field.Name]; said {
		return nil
	}
	if !casework.Empty(field.Value) {
		f.form[field.Name] = field.Value
		return nil
	}
	if !f.wanted(field) {
		return nil
	}
	f.form[field.Name], err = f.plain(field)
	return err
}

func (f *filler) wanted(field casework.Field) bool {
	if len(field.RequiredWhen) == 0 {
		return field.Required
	}
	for name, values := range field.RequiredWhen {
		found := false
		for _, value := range values {
			found = found || f.form.String(name) == value
		}
		if !found {
			return false
		}
	}
	return true
}

// plain is an answer that raises nothing.
func (f *filler) plain(field casework.Field) (any, error) {
	switch field.Type {
	case casework.Choice:
		return harmless(field), nil
	case casework.Choices:
		return []any{harmless(field)}, nil
	case casework.Text, casework.LongText:
		return "Nothing out of the ordinary (invented, like all of this sample).", nil
	case casework.Texts:
		return []any{"Nothing out of the ordinary."}, nil
	case casework.Date:
		return f.day(7), nil
	case casework.Number:
		return 0.0, nil
	case casework.Bool:
		return false, nil
	case casework.Document:
		return f.upload(f.ctx, f.actor, field.Label)
	case casework.Scores:
		scores := map[string]any{}
		for _, o := range field.Options {
			scores[o.Value] = 2
		}
		return scores, nil
	}
	return nil, fmt.Errorf("the sample does not say what stands in %s", field.Name)
}

func harmless(field casework.Field) string {
	for _, o := range field.Options {
		if o.Raises == "" && o.Value != casework.Unknown {
			return o.Value
		}
	}
	return field.Options[0].Value
}

// rate gives a check the rating that its answers come to, and confirms what they ask for and the sample is silent about.
func (f *filler) rate(kind casework.TaskKind) {
	if !casework.IsCheck(kind) {
		return
	}
	rating, _ := casework.LeastRating(kind, f.form)
	f.form["rating"] = string(rating)
	for _, measure := range casework.MeasuresFor(kind, f.form) {
		if name := "mitigation-" + measure; casework.Empty(f.form[name]) {
			f.form[name] = "Confirmed: part of the support plan."
		}
	}
}

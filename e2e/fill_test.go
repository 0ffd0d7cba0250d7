package e2e

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// form is a task's form as the JSON interface shows it.
type form struct{ Fields []field }

type field struct {
	Name, Label, Type string
	Required          bool
	Options           []struct{ Value, Raises string }
	Value             any
	RequiredWhen      map[string][]string
}

// fill makes the values of a form: what the scenario says, what is known already, and inventions where something is
// needed.
func (j *journey) fill(ctx context.Context, p *person, t *task, said map[string]any) (map[string]any, error) {
	now, err := j.view(ctx)
	if err != nil {
		return nil, err
	}
	filled, _ := j.resolve(said, now.Clock.Today).(map[string]any)
	shown, err := j.formOf(ctx, p, t)
	if err != nil {
		return nil, err
	}
	for _, f := range shown.Fields {
		if err := j.fillField(ctx, p, f, filled, now.Clock.Today); err != nil {
			return nil, err
		}
	}
	return filled, nil
}

// formOf is the form as this person gets it; who may not see it fills what the list showed.
func (j *journey) formOf(ctx context.Context, p *person, t *task) (shown form, err error) {
	if !p.isLink() {
		var sheet task
		if a := patiently(ctx, func() answer { return p.get(ctx, "/api/v1/tasks/"+t.ID) }); a.status == 200 {
			err = a.into(&sheet)
		}
		if sheet.Form != nil {
			return *sheet.Form, err
		}
	}
	if t.Form != nil {
		return *t.Form, err
	}
	return form{}, err
}

func (j *journey) fillField(ctx context.Context, p *person, f field, filled map[string]any, today string) (err error) {
	kind, deadline := strings.CutPrefix(fmt.Sprint(filled[f.Name]), "deadline:")
	switch {
	case deadline:
		filled[f.Name], err = j.deadlineOf(ctx, p, f, kind)
	case filled[f.Name] == "@upload":
		filled[f.Name], err = p.upload(ctx, j.number, f.Name)
	case filled[f.Name] != nil:
	case !empty(f.Value):
		filled[f.Name] = f.Value
	case f.wanted(filled):
		filled[f.Name], err = j.invent(ctx, p, f, today)
	}
	return err
}

// deadlineOf is the option that names the open task of a kind.
func (j *journey) deadlineOf(ctx context.Context, p *person, f field, kind string) (string, error) {
	var open struct{ Items []task }
	if err := p.see(ctx, "/api/v1/tasks?limit=200&request="+j.number, &open); err != nil {
		return "", err
	}
	for _, t := range open.Items {
		for _, o := range f.Options {
			if t.Kind == kind && strings.HasSuffix(o.Value, t.ID) {
				return o.Value, nil
			}
		}
	}
	return "", fmt.Errorf("the deadline of no %s can be moved: %v", kind, f.Options)
}

func (f field) wanted(filled map[string]any) bool {
	for name, among := range f.RequiredWhen {
		given, _ := filled[name].(string)
		if !slices.Contains(among, given) {
			return false
		}
	}
	return f.Required || len(f.RequiredWhen) > 0
}

func empty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	}
	return false
}

// harmless is an option that raises no rating.
func (f field) harmless() string {
	for _, o := range f.Options {
		if o.Raises == "" && o.Value != "unknown" {
			return o.Value
		}
	}
	return f.Options[0].Value
}

func (j *journey) invent(ctx context.Context, p *person, f field, today string) (any, error) {
	switch f.Type {
	case "text":
		return "Answer to " + f.Label, nil
	case "longtext":
		return fmt.Sprintf("A considered answer to «%s», with its reasons.", f.Label), nil
	case "texts":
		return []string{"Answer to " + f.Label}, nil
	case "email":
		return "someone@ministry.example", nil
	case "date":
		return daysFrom(today, 7), nil
	case "number":
		return 0, nil
	case "bool":
		return true, nil
	case "choice":
		return f.harmless(), nil
	case "choices":
		return []string{f.harmless()}, nil
	case "document":
		return p.upload(ctx, j.number, f.Name)
	case "documents":
		id, err := p.upload(ctx, j.number, f.Name)
		return []string{id}, err
	case "scores":
		scores := map[string]int{}
		for _, o := range f.Options {
			scores[o.Value] = 2
		}
		return scores, nil
	}
	return nil, fmt.Errorf("field %s of type %s needs a value in the scenario", f.Name, f.Type)
}

var daysAhead = regexp.MustCompile(`^([+-]\d+)d$`)

// resolve replaces what a scenario writes in a word of its own.
func (j *journey) resolve(value any, today string) any {
	switch v := value.(type) {
	case map[string]any:
		resolved := map[string]any{}
		for name, inner := range v {
			resolved[name] = j.resolve(inner, today)
		}
		return resolved
	case []any:
		resolved := make([]any, len(v))
		for i, inner := range v {
			resolved[i] = j.resolve(inner, today)
		}
		return resolved
	case string:
		return j.resolveText(v, today)
	}
	return value
}

func (j *journey) resolveText(text, today string) string {
	if found := daysAhead.FindStringSubmatch(text); found != nil {
		days, err := strconv.Atoi(found[1])
		if err == nil {
			return daysFrom(today, days)
		}
	}
	if address, expert := strings.CutPrefix(text, "expert:"); expert && j.roster[address] != "" {
		return j.roster[address]
	}
	return text
}

func daysFrom(today string, days int) string {
	date, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return today // refused by the form, which then says so
	}
	return date.AddDate(0, 0, days).Format(time.DateOnly)
}

package web

import (
	"slices"
	"strconv"
	"strings"

	"connex/casework"
	"connex/words"
)

// Pace says how a long form is cut into steps: from how many questions on, and how many to a step.
type Pace struct{ From, Each int }

// Staff know their forms; a guest sees each once, and often on a telephone.
var (
	staffPace = Pace{From: 13, Each: 7}
	guestPace = Pace{From: 9, Each: 4}
)

// HTMLSteps is where somebody is in a long form. Every step carries what was answered in the others, so that going back and
// forth loses nothing, also without scripts.
type HTMLSteps struct {
	Number, Of int    // Of counts the steps of questions; the one after them is the review
	Back, Next string // the values of the buttons; empty: there is no such step
	Review     []HTMLReview
	Lacks      bool // something of what is read over is missing, or wrong
}

// HTMLHidden is an answer that is carried along.
type HTMLHidden struct{ Name, Value string }

// tooFew questions are no step of their own.
const tooFew = 2

// wholePage is the step of a form that is not cut, or that somebody wants to see at once.
const wholePage = 0

// steps cuts a form, if it is long: questions in their order, whatever belongs to a question with it, and the decision last.
func (p Pace) steps(form casework.Form) (steps [][]casework.Field) {
	if count := len(slices.DeleteFunc(slices.Clone(form.Fields), isOnly)); count < p.From {
		return nil
	}
	var questions, decision []casework.Field
	for _, f := range form.Fields {
		if decides(f) {
			decision = append(decision, f)
		} else {
			questions = append(questions, f)
		}
	}
	for _, f := range questions {
		if last := len(steps) - 1; last >= 0 && (len(steps[last]) < p.Each || belongs(f, steps[last])) {
			steps[last] = append(steps[last], f)
			continue
		}
		steps = append(steps, []casework.Field{f})
	}
	if len(steps) == 0 {
		return nil
	}
	if last := len(steps) - 1; last > 0 && len(steps[last]) <= tooFew {
		steps[last-1] = append(steps[last-1], steps[last]...)
		steps = steps[:last]
	}
	if len(decision) > 0 && !(len(decision) == 1 && isOnly(decision[0])) {
		return append(steps, decision)
	}
	steps[len(steps)-1] = append(steps[len(steps)-1], decision...)
	return steps
}

func isOnly(f casework.Field) bool { return widgetOf(f) == widgetOnly }

// decides tells the decision and what is asked for its sake from the questions that lead to it.
func decides(f casework.Field) bool {
	return slices.Contains([]string{"outcome", "rating", "mitigation"}, f.Name) || len(f.For) > 0
}

// belongs tells whether a field only says more about the question before it, or is asked for its answer.
func belongs(f casework.Field, step []casework.Field) bool {
	before := step[len(step)-1].Name
	if strings.HasPrefix(f.Name, before) || strings.HasPrefix(before, f.Name) {
		return true
	}
	_, asked := f.RequiredWhen[before]
	return asked
}

// stepAsked is the step that a button asks for, as far as there is one; ok tells whether one was pressed.
func stepAsked(value string) (step int, ok bool) {
	if value == "all" {
		return wholePage, true
	}
	step, err := strconv.Atoi(value)
	return step, err == nil && step > 0
}

// stepAddress is where a step of a form is shown.
func stepAddress(form string, step int) string {
	if step == wholePage {
		return form + "?step=all"
	}
	return form + "?step=" + strconv.Itoa(step)
}

// shown are the fields of the step that is drawn: those that earlier answers make needless are left out.
func (f Filling) shown(steps [][]casework.Field) []casework.Field {
	if f.Step == wholePage || len(steps) == 0 {
		return f.Form.Fields
	}
	if f.Step > len(steps) {
		return nil
	}
	step := steps[f.Step-1]
	return slices.DeleteFunc(slices.Clone(step), func(field casework.Field) bool { return f.needless(field, step) })
}

// needless tells whether answers of other steps have settled that a question of this one need not be asked.
func (f Filling) needless(field casework.Field, step []casework.Field) bool {
	if !casework.Empty(f.value(field)) || f.Wrong[field.Name].ID != "" {
		return false
	}
	if causes := f.causes(field); len(causes) > 0 {
		return !slices.ContainsFunc(causes, func(cause casework.Cause) bool { return cause.Asks || inStep(step, cause.Field) })
	}
	for name, among := range field.RequiredWhen {
		here := inStep(step, name)
		if asked := f.Form.Field(name); !here && name != "outcome" && asked != nil && !slices.Contains(among, textOf(f.value(*asked))) {
			return true
		}
	}
	return false
}

func inStep(step []casework.Field, name string) bool {
	return slices.ContainsFunc(step, func(f casework.Field) bool { return f.Name == name })
}

// cut adds to a drawn form where the reader is in it and what they answered elsewhere.
func (f Filling) cut(drawn *HTMLForm, steps [][]casework.Field) {
	if len(steps) == 0 {
		return
	}
	shown := f.shown(steps)
	drawn.Where = f.where(len(steps))
	if f.Step != wholePage {
		drawn.Steps = &HTMLSteps{Number: f.Step, Of: len(steps), Back: f.neighbour(steps, -1), Next: f.neighbour(steps, 1)}
	}
	for _, field := range f.Form.Fields {
		switch {
		case inStep(shown, field.Name):
		case isOnly(field):
			drawn.Hidden = append(drawn.Hidden, HTMLHidden{field.Name, field.Options[0].Value})
			drawn.Submit = field.Options[0].Label
		default:
			drawn.Hidden = append(drawn.Hidden, postedAs(f.Words, field, field.Name, f.value(field))...)
		}
	}
	if f.Step > len(steps) {
		drawn.Steps.Review = f.review(steps, drawn.Post)
		drawn.Steps.Lacks = slices.ContainsFunc(drawn.Steps.Review, func(r HTMLReview) bool { return len(r.Lacks) > 0 })
	}
}

// where names what is shown, in the heading over it and in the page's title.
func (f Filling) where(of int) string {
	switch {
	case f.Step == wholePage:
		return f.Words.T("page.form.steps.all")
	case f.Step > of:
		return f.Words.T("page.form.steps.read-over")
	}
	return f.Words.T("page.form.steps.here", "Number", f.Step, "Of", of)
}

// neighbour is the next step in a direction that asks anything; the one after the last is the review.
func (f Filling) neighbour(steps [][]casework.Field, by int) string {
	for n := f.Step + by; n > 0 && n <= len(steps)+1; n += by {
		there := f
		there.Step = n
		if n > len(steps) || len(there.shown(steps)) > 0 {
			return strconv.Itoa(n)
		}
	}
	return ""
}

// postedAs is a value as a browser would post it: what ReadForm reads back.
func postedAs(w *words.Words, field casework.Field, name string, value any) (posted []HTMLHidden) {
	add := func(name string, texts ...string) {
		for _, text := range texts {
			posted = append(posted, HTMLHidden{name, text})
		}
	}
	switch field.Type {
	case casework.Bool:
		if value == true {
			add(name, "true")
		}
	case casework.Document, casework.Documents:
		add(name+".kept", textsOf(value)...)
	case casework.Choices, casework.Experts, casework.Team:
		add(name, textsOf(value)...)
	case casework.Scores:
		given, _ := value.(map[string]any)
		for _, o := range field.Options {
			if grade, there := given[o.Value]; there && grade == nil {
				add(name+"."+o.Value, casework.CannotSay)
			} else if there {
				add(name+"."+o.Value, textOf(grade))
			}
		}
	case casework.Activities:
		for i, plan := range PlansAsEntered(value) {
			for _, part := range planFields() {
				posted = append(posted, postedAs(w, part, name+"."+strconv.Itoa(i)+"."+part.Name, plan[part.Name])...)
			}
		}
	default:
		if text := typed(w, value); text != "" {
			add(name, text)
		}
	}
	return posted
}

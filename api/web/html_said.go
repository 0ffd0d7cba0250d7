package web

import (
	"fmt"
	"time"

	"connex/casework"
	"connex/store"
	"connex/words"
)

// Said is what somebody decided and wrote, as pages show it.
type Said struct {
	ID, Title, Outcome, Who string
	At                      time.Time
	Kind                    casework.TaskKind
	Lines                   []Line
	Open                    bool // it is shown unfolded
	Withheld                bool // something was written that is not for this reader
}

// Line is a question with its answer; an answer may lead somewhere.
type Line struct {
	Field  string // the name of the question, where it is one of a form
	Label  string
	Values []LineValue
}

// LineValue is one of a line's answers.
type LineValue struct{ Text, Href string }

// Known are the names behind the IDs that forms hold.
type Known struct {
	Experts   map[string]string
	Documents map[string]LineValue
}

// SaidIn reads an action's form out, with the labels under which it was filled.
func SaidIn(w *words.Words, a store.Action, at time.Time, k Known, reader store.Person) Said {
	form, name := formOf(a)
	w.FillForm(&form, name)
	said := Said{ID: "said-" + string(a.ID), Title: DoneTitle(w, a.Kind), Who: whoActed(w, a), At: at, Kind: a.Kind}
	for _, field := range form.Fields {
		value := a.Form[field.Name]
		switch {
		case field.Name == "outcome":
			said.Outcome = OutcomeWord(w, a.Kind, string(a.Outcome))
		case casework.Empty(value):
		case !mayRead(reader, a.Kind, field.Name):
			said.Withheld = said.Withheld || a.Kind == casework.DeclareInterests // the outcome tells of a disclosure; of a word to heads alone nothing does
		default:
			said.Lines = append(said.Lines, Line{Field: field.Name, Label: field.Label, Values: k.answers(w, field, value)})
		}
	}
	return said
}

// FactsFor are the facts of a request that whoever fills a form of this kind must have before them, as far as they are known.
func FactsFor(w *words.Words, kind casework.TaskKind, known casework.Values) (lines []Line) {
	form := casework.Form{Fields: casework.FactsFor(kind)}
	w.FillForm(&form, string(casework.CorrectFacts))
	for _, field := range form.Fields {
		if value := known[field.Name]; !casework.Empty(value) {
			lines = append(lines, Line{Label: field.Label, Values: Known{}.answers(w, field, value)})
		}
	}
	return lines
}

// DoneTitle is what was done, as the trail says it.
func DoneTitle(w *words.Words, kind casework.TaskKind) string {
	if id := "kind." + string(kind) + ".done"; w.Has(id) {
		return w.T(id)
	}
	return w.T("trail." + string(kind))
}

// mayRead keeps what no person reads, and what was said in confidence for whom it was said to: disclosures, and answers that one role alone hears of.
func mayRead(reader store.Person, kind casework.TaskKind, field string) bool {
	if kind == casework.DeclareInterests && field == "disclosure" {
		return reader.Has(casework.Head)
	}
	if kind == casework.MoveDeadline && field == "task" {
		return false // an ID; the trail says which task it was
	}
	q, _ := casework.QuestionnaireOf(kind)
	for _, question := range q.Questions {
		if alarm := question.Concern; alarm != nil && alarm.Alone && (field == question.Key || field == question.Key+"-text") {
			return reader.Has(alarm.Tells)
		}
	}
	return true
}

// formOf is the form that the action filled, but for what was offered at that time, and the name under which it has its words.
func formOf(a store.Action) (form casework.Form, name string) {
	if a.Kind == casework.StartRequest {
		return casework.FirstInterestForm(a.Start != nil && a.Start.Question), "first-interest"
	}
	return casework.FormFor(casework.FormContext{Kind: a.Kind, OnBehalf: a.OnBehalf, Replacing: !casework.Empty(a.Form["by"])}), string(a.Kind)
}

func whoActed(w *words.Words, a store.Action) string {
	if a.OnBehalf {
		return w.T("page.said.on-behalf", "Name", a.ActorName)
	}
	return w.T("page.said.who", "Name", a.ActorName, "Role", w.T("page.role."+string(a.Role)))
}

// OutcomeWord is the word for a kind's outcome, as its form has it; nothing where a kind has only one.
func OutcomeWord(w *words.Words, kind casework.TaskKind, outcome string) string {
	if k, known := casework.KindOf(kind); !known || len(k.Outcomes) < 2 || outcome == "" {
		return ""
	}
	return w.T("form." + string(kind) + ".outcome.option." + outcome)
}

func (k Known) answers(w *words.Words, field casework.Field, value any) (answers []LineValue) {
	switch field.Type {
	case casework.Bool:
		return plain(w.T("option." + map[bool]string{true: "yes", false: "no"}[value == true]))
	case casework.Date:
		return plain(w.Day(textOf(value)))
	case casework.Scores:
		return grades(w, value)
	case casework.Activities:
		return k.plans(w, value)
	}
	for _, text := range append(textsOf(value), numberOf(w, value)...) {
		answers = append(answers, k.answer(field, text))
	}
	return answers
}

func plain(text string) []LineValue { return []LineValue{{Text: text}} }

func numberOf(w *words.Words, value any) []string {
	if n, number := value.(float64); number {
		return []string{w.Number(n)}
	}
	return nil
}

// answer is an option's label, an expert's name, a document's title, or the text itself.
func (k Known) answer(field casework.Field, text string) LineValue {
	switch field.Type {
	case casework.Document, casework.Documents:
		if document, known := k.Documents[text]; known {
			return document
		}
	case casework.OneExpert, casework.Experts, casework.Team:
		if name, known := k.Experts[text]; known {
			return LineValue{Text: name}
		}
	}
	for _, o := range field.Options {
		if o.Value == text {
			return LineValue{Text: o.Label}
		}
	}
	return LineValue{Text: text}
}

func grades(w *words.Words, value any) (answers []LineValue) {
	card := casework.ScoreCardOf(value)
	for _, criterion := range casework.EvaluationCriteria {
		answers = append(answers, LineValue{Text: fmt.Sprintf("%s: %s", w.T("option."+criterion), w.T("option."+card[criterion].Word()))})
	}
	return answers
}

func (k Known) plans(w *words.Words, value any) (answers []LineValue) {
	for _, plan := range PlansOf(value) {
		text := fmt.Sprintf("%s (%s), %s – %s", plan.Title, w.T("option."+plan.Form), w.Day(plan.Start), w.Day(plan.End))
		for _, id := range plan.Experts {
			text += ", " + k.Experts[string(id)]
		}
		answers = append(answers, LineValue{Text: text})
	}
	return answers
}

// PlansOf are the activities in a form's value.
func PlansOf(value any) (plans []casework.ActivityPlan) {
	if err := (casework.Values{"": value}).Into("", &plans); err != nil {
		return nil // it was checked when it came in
	}
	return plans
}

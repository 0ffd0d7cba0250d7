package web

import (
	"fmt"
	"slices"
	"strconv"

	"connex/casework"
)

// planFields are the fields of one activity: those that plan-activity asks for, without its outcome.
func planFields() []casework.Field { return casework.FieldsOf(casework.PlanActivity)[1:] }

// PlansAsEntered are the activities of a value as maps, whether they were typed or are known.
func PlansAsEntered(value any) (plans []casework.Values) {
	if err := (casework.Values{"": value}).Into("", &plans); err != nil {
		return nil // nothing that a form made
	}
	return plans
}

// activities draws a slot for each activity, and at least one. An empty slot is left out when the form is read.
func (f Filling) activities(list casework.Field, value any) []HTMLActivity {
	plans := PlansAsEntered(value)
	slots := make([]HTMLActivity, max(1, len(plans), f.Slots))
	for i := range slots {
		slots[i] = HTMLActivity{Number: i + 1}
		typed := casework.Values{}
		if i < len(plans) {
			typed = plans[i]
		}
		slots[i].Fields = f.activity(list, i, typed)
	}
	slots[len(slots)-1].Fields[0].New = f.Slots > 0
	return slots
}

func (f Filling) activity(list casework.Field, i int, typed casework.Values) (drawn []HTMLField) {
	form := casework.Form{Fields: planFields()}
	f.Words.FillForm(&form, string(casework.PlanActivity))
	one := Filling{Form: form, Typed: typed, Wrong: f.Wrong, Words: f.Words}
	for _, field := range form.Fields {
		if field.Type == casework.Experts {
			field.Options = slices.Clone(list.Options)
			for j := range field.Options {
				field.Options[j].Fit = nil // was said above, where they are recommended
			}
		}
		drawn = append(drawn, one.field(field, fmt.Sprintf("%s.%d.%s", list.Name, i, field.Name)))
	}
	return drawn
}

// scores draws a row of grades for each criterion, in words: elsewhere a high number is good.
func (f Filling) scores(field casework.Field, value any) (rows []HTMLField) {
	given, _ := value.(map[string]any)
	for _, criterion := range field.Options {
		name := field.Name + "." + criterion.Value
		row := HTMLField{ID: "f-" + name, Name: name, Label: criterion.Label, Help: f.Words.T("page.form.criterion." + criterion.Value), Widget: widgetRadios, Required: true}
		grade, answered := given[criterion.Value]
		if _, wrong := f.Wrong[field.Name]; wrong && !answered {
			row.Error = f.Words.T("invalid.choose")
		}
		for i, word := range gradeValues() {
			on := answered && (word == casework.CannotSay && grade == nil || grade == float64(i+1))
			row.Options = append(row.Options, HTMLOption{ID: fmt.Sprintf("f-%s-%d", name, i), Value: gradeValue(i), Label: f.Words.T("option." + word), On: on})
		}
		rows = append(rows, row)
	}
	return rows
}

// gradeValues are the words of the grades 1 to 6, then that nothing can be said.
func gradeValues() (words []string) {
	for g := casework.Grade(1); g.Word() != casework.CannotSay; g++ {
		words = append(words, g.Word())
	}
	return append(words, casework.CannotSay)
}

// gradeValue is what the i-th of them is called in a post.
func gradeValue(i int) string {
	if i == len(gradeValues())-1 {
		return casework.CannotSay
	}
	return strconv.Itoa(i + 1)
}

package casework

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A plan's activities are each checked like a form of its own. What is wrong with one is a fault of its field, under a
// name such as activities.0.end, where a page shows it; formError says it of the list as well.

func inActivity(list string, i int, field string) string {
	return fmt.Sprintf("%s.%d.%s", list, i, field)
}

// acceptActivities are what can be kept of them, so that all that is wrong is said at once.
func acceptActivities(name string, value any, wrong Faults) any {
	list, ok := value.([]any)
	if !ok || len(list) > peopleLimit {
		wrong[name] = Say("invalid.no-activities", "Limit", peopleLimit)
		return nil
	}
	kept := []any{}
	for i, item := range list {
		sent, ok := item.(map[string]any)
		if !ok {
			wrong[name] = Say("invalid.unreadable-activity", "Number", i+1)
			continue
		}
		plan, faults := acceptActivity(sent)
		for field, fault := range faults {
			wrong[inActivity(name, i, field)] = fault
		}
		kept = append(kept, map[string]any(plan))
	}
	return kept
}

func acceptActivity(sent map[string]any) (Values, Faults) {
	wrong := Faults{}
	for name := range sent {
		if !slices.ContainsFunc(onePlan, func(f Field) bool { return f.Name == name }) {
			wrong[name] = Say("invalid.unknown-field")
		}
	}
	clean := keep(Form{Fields: onePlan}, Values(sent), wrong)
	missing(Form{Fields: onePlan}, clean, wrong)
	oneActivity(FormContext{}, clean, wrong)
	return clean, wrong
}

// oneActivity holds an activity's dates against each other, and looks at its rhythm.
func oneActivity(_ FormContext, v Values, wrong Faults) {
	if v.String("start") != "" && v.String("end") != "" && v.String("end") < v.String("start") {
		wrong["end"] = Say("invalid.activity-order")
	}
	if every, there := v["checkInEveryDays"].(float64); there && (every < 1 || every > 366 || every != float64(int(every))) {
		wrong["checkInEveryDays"] = Say("invalid.rhythm")
	}
}

// onlyRecommended: who works in an activity is among those who are proposed, whom the mail to the government names.
// Somebody who is proposed need not be in an activity: the mission may be theirs.
func onlyRecommended(plans []ActivityPlan, recommended []string, wrong Faults) {
	for i, plan := range plans {
		if slices.ContainsFunc(plan.Experts, func(id PersonID) bool { return !slices.Contains(recommended, string(id)) }) {
			wrong[inActivity("activities", i, "experts")] = Say("invalid.not-recommended")
		}
	}
}

// formError tells the faults of a form's own fields from those within its activities, and sums the latter up under their list.
func formError(form Form, wrong Faults) *FormError {
	e := &FormError{Fields: Faults{}, Within: Faults{}}
	for name, fault := range wrong {
		if list, _, within := strings.Cut(name, "."); within && form.Field(list) != nil {
			e.Within[name] = fault
		} else {
			e.Fields[name] = fault
		}
	}
	for _, f := range form.Fields {
		if said := e.Within.ofActivities(f.Name); f.Type == Activities && len(said) > 0 && e.Fields[f.Name].ID == "" {
			e.Fields[f.Name] = Say("invalid.activities", "Faults", said)
		}
	}
	return e
}

// ofActivities are the faults within a list, activity by activity.
func (f Faults) ofActivities(list string) (sentences []Sentence) {
	for i := range peopleLimit {
		of := Faults{}
		for name, fault := range f {
			if field, here := strings.CutPrefix(name, inActivity(list, i, "")); here {
				of[field] = fault
			}
		}
		if len(of) > 0 {
			sentences = append(sentences, Say("invalid.activity", "Number", i+1, "Faults", of.byLabel()))
		}
	}
	return sentences
}

// byLabel are the faults of an activity, each after its field's label.
func (f Faults) byLabel() (sentences []Sentence) {
	for _, name := range slices.Sorted(maps.Keys(f)) {
		var label any = name
		if slices.ContainsFunc(onePlan, func(f Field) bool { return f.Name == name }) {
			label = Say("field." + name + ".label")
		}
		sentences = append(sentences, Say("invalid.in-activity", "Field", label, "Fault", f[name]))
	}
	return sentences
}

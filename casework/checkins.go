package casework

import (
	"maps"
	"slices"
	"strings"
)

// ExpertReport is what an expert reported on an activity since its last check-in.
type ExpertReport struct {
	Name string `json:"name"`
	Form Values `json:"form"`
}

// CheckInFrom fills a check-in from what is known: the experts' newest reports, and the stage that the last one told.
func CheckInFrom(last Values, reports []ExpertReport) Values {
	known, lines, days, told := Values{}, []string{}, 0.0, false
	for _, r := range reports {
		if text := r.Form.String("progress"); text != "" {
			lines = append(lines, r.Name+": "+text)
		}
		if spent, number := r.Form["daysSpent"].(float64); number {
			days, told = days+spent, true
		}
	}
	if len(lines) > 0 {
		known["progress"] = strings.Join(lines, "\n")
	}
	if told {
		known["daysSpent"] = days
	}
	if stage := last["negotiationStage"]; !Empty(stage) {
		known["negotiationStage"] = stage
	}
	return known
}

// AsLastTime fills what is still open with what the last check-in said. Days are spent anew each time.
func AsLastTime(typed, last Values) Values {
	filled := maps.Clone(typed)
	if filled == nil {
		filled = Values{}
	}
	for _, name := range []string{"outcome", "progress", "problems", "negotiationStage"} {
		if Empty(filled[name]) && !Empty(last[name]) {
			filled[name] = last[name]
		}
	}
	return filled
}

// SameAnswers tells whether two forms say the same; what is empty says nothing.
func SameAnswers(a, b Values) bool {
	for _, name := range slices.Concat(slices.Collect(maps.Keys(a)), slices.Collect(maps.Keys(b))) {
		if Empty(a[name]) != Empty(b[name]) || !Empty(a[name]) && a[name] != b[name] {
			return false
		}
	}
	return true
}

// Beside begins the names of what the table of check-ins keeps in the draft of a form, beside its answers: when the check-in is put
// off to, and why. No field of a form is called so.
const Beside = "later."

// KeptBeside tells whether a name in a draft is none of its form's.
func KeptBeside(name string) bool { return strings.HasPrefix(name, Beside) }

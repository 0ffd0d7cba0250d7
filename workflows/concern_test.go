package workflows

import (
	"slices"
	"strings"
	"testing"

	"connex/casework"
)

// selfAssessed is a request whose only activity has ended, and its expert has said so.
func selfAssessed(t *testing.T, said values) *tester {
	r := aRequest(t).toImplementation("leila")
	r.days(41)
	r.parts[1].does(officer, casework.EndActivity, casework.Completed)
	r.parts[1].does("leila", casework.SelfAssess, casework.Answered, said)
	return r
}

func TestANewRiskIsLookedInto(t *testing.T) {
	r := selfAssessed(t, values{"exp-risk": []string{"conflict"}})
	r.waits(casework.ReviewConcern)
	asked := r.open(casework.ReviewConcern)
	if asked.Holder != officer || asked.Subject != "leila" || len(asked.About) != 1 {
		t.Errorf("asked: %+v", asked)
	}
	r.parts[1].does("contact", casework.EvaluateSupport, casework.Answered)
	r.parts[1].does("evaluator", casework.WriteEvaluation, casework.Written) // which waits for nobody's opinion of a risk
	r.does(officer, casework.EndImplementation, casework.EndOut)
	r.phase(casework.Closing)
	if r.open(casework.ReviewConcern) == nil {
		t.Fatal("the phase took it along")
	}
	r.does(officer, casework.ReviewConcern, casework.Reviewed)
	if r.happened("review-concern reviewed") != 1 || r.open(casework.ReviewConcern) != nil || len(r.s.Decided) > 0 {
		t.Errorf("once reviewed it waits still or is remembered: %q, %v", r.kinds(), r.s.Decided)
	}
}

func TestWithoutANewRiskNothingIsLookedInto(t *testing.T) {
	for name, said := range map[string]values{"nothing": nil, "another answer": {"exp-days": 3}, "no such risk": {"exp-risk": []string{}}} {
		if r := selfAssessed(t, said); r.open(casework.ReviewConcern) != nil {
			t.Errorf("%s: %q", name, r.kinds())
		}
	}
}

// What was said to the head alone is in no history, and so in nothing that a workflow can show.
func TestWhatIsSaidToTheHeadDoesNotTravel(t *testing.T) {
	for kind, said := range map[casework.TaskKind]casework.Values{
		casework.SelfAssess:      {"outcome": "answered", "exp-pressure": "yes", "exp-pressure-text": "An offer.", "exp-risk": []any{"rights"}},
		casework.EvaluateSupport: {"outcome": "answered", "gov-independent": "no"},
	} {
		if len(casework.ConcernsFor(casework.Head, kind, said)) != 1 {
			t.Errorf("%s: the head does not hear of it", kind)
		}
		for name := range casework.CarriedOf(casework.FieldsOf(kind), said) {
			if !slices.Contains([]string{"exp-risk"}, name) {
				t.Errorf("%s travels", name)
			}
		}
	}
	r := selfAssessed(t, casework.CarriedOf(casework.FieldsOf(casework.SelfAssess), casework.Values{"exp-pressure": "yes"}))
	if r.open(casework.ReviewConcern) != nil || strings.Contains(mustJSON(r.parts[1].s)+mustJSON(r.parts[1].all), "exp-pressure") {
		t.Error("the workflow knows of it")
	}
}

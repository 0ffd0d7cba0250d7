package e2e

import (
	"testing"

	"connex/e2e/tour"
)

// stageBefore are the steps before which a request is looked at the first time that they come, by whose they are.
var stageBefore = map[string]string{
	"government submit-request-letter": "formal request", "board1 cast-vote": "governance decision", "head sign-approval-letter": "agreement",
	"officer propose-support": "support design", "government agree-support": "support design, proposed", "officer plan-mission": "scoping mission",
	"evaluator write-evaluation": "implementation", "government closing-questionnaire": "closing",
}

// TestARequestIsSoundAtEveryStage looks at the pages of a request on its way as TestEveryPageIsSound looks at all others. Its
// first member of the board votes at the browser.
func TestARequestIsSoundAtEveryStage(t *testing.T) {
	t.Parallel()
	told, err := readScenario("whole")
	if err != nil {
		t.Fatal(err)
	}
	j, err := theSystem(t).begin(t.Context(), told)
	if err != nil {
		t.Fatal(err)
	}
	j.restsAfter(t)
	round, seen := &inspection{readers: map[string]*reader{}}, map[string]bool{}
	for _, next := range j.Steps {
		who := next.As + " " + next.Kind
		if name := stageBefore[who]; name != "" && !seen[name] {
			seen[name] = true
			for _, state := range tour.StatesAt(j.stage(t, name, next)) {
				round.sees(t, state)
			}
			clear(j.tasks)
		}
		if len(seen) == len(stageBefore) {
			return
		}
		if who == "board1 cast-vote" {
			continue
		}
		if err := j.do(t.Context(), next); err != nil {
			t.Fatalf("%s: %v", j.number, err)
		}
	}
	t.Error("the scenario ended before the last stage")
}

// stage is where a request is when a step waits to be done.
func (j *journey) stage(t *testing.T, name string, next step) tour.Stage {
	t.Helper()
	_, found, err := j.await(t.Context(), next)
	if err != nil {
		t.Fatal(err)
	}
	return tour.Stage{Name: name, Case: j.number, Link: j.mails.link(j.contact, j.number), Tasks: map[string]string{next.Kind: found.ID}}
}

package links

import (
	"slices"

	"connex/casework"
	"connex/store"
)

// step is one of the five in which a government sees its request.
type step struct{ Name, State string }

// plainSteps have the phases that belong to each: what happens within the Secretariat is one step.
var plainSteps = []struct {
	name   string
	phases []casework.Phase
}{
	{"interest", []casework.Phase{casework.FirstInterest}},
	{"letter", []casework.Phase{casework.FormalRequest}},
	{"review", []casework.Phase{casework.DueDiligence, casework.GovernanceDecision, casework.Agreement}},
	{"plan", []casework.Phase{casework.SupportDesign, casework.ScopingMission}},
	{"support", []casework.Phase{casework.Implementation, casework.Closing}},
}

// stepsOf are none for a request that ended before its support did: there is no way ahead to show.
func stepsOf(r store.Request) (steps []step) {
	if r.Ending != "" && r.Ending != casework.Closed {
		return nil
	}
	state := "done"
	for _, s := range plainSteps {
		if slices.Contains(s.phases, r.Phase) && r.Ending == "" {
			steps, state = append(steps, step{s.name, "now"}), "ahead"
			continue
		}
		steps = append(steps, step{s.name, state})
	}
	return steps
}

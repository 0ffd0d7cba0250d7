package links

import (
	"slices"
	"time"

	"connex/casework"
	"connex/store"
	"connex/words"
)

// step is one of the five in which a government sees its request.
type step struct {
	Name, State string
	When        string
	From, Until time.Time // zero where it has not begun, or not ended
}

// when says in words how long it took, or since when it goes on.
func (s step) when(w *words.Words) string {
	from, until := w.Date(s.From), w.Date(s.Until)
	switch {
	case s.From.IsZero():
		return ""
	case s.Until.IsZero():
		return w.T("guest.steps.from", "From", from)
	case from == until:
		return from
	}
	return w.T("guest.steps.between", "From", from, "Until", until)
}

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
func stepsOf(w *words.Words, r store.Request, entered map[casework.Phase]time.Time) (steps []step) {
	if r.Ending != "" && r.Ending != casework.Closed {
		return nil
	}
	state := "done"
	for _, s := range plainSteps {
		one := step{Name: s.name, State: state}
		if slices.Contains(s.phases, r.Phase) && r.Ending == "" {
			one.State, state = "now", "ahead"
		}
		if one.State != "ahead" {
			one.From = begun(s.phases, r, entered)
		}
		steps = append(steps, one)
	}
	steps = untilTheNext(steps, r)
	for i := range steps {
		steps[i].When = steps[i].when(w)
	}
	return steps
}

// begun is when the first of these phases was entered.
func begun(phases []casework.Phase, r store.Request, entered map[casework.Phase]time.Time) (from time.Time) {
	if slices.Contains(phases, casework.FirstInterest) {
		return r.OpenedAt
	}
	for _, phase := range phases {
		if at, known := entered[phase]; known && (from.IsZero() || at.Before(from)) {
			from = at
		}
	}
	return from
}

// untilTheNext ends each step that is done where the one behind it begins.
func untilTheNext(steps []step, r store.Request) []step {
	for i := range steps {
		switch {
		case steps[i].State != "done":
		case i+1 < len(steps):
			steps[i].Until = steps[i+1].From
		case r.EndedAt != nil:
			steps[i].Until = *r.EndedAt
		}
	}
	return steps
}

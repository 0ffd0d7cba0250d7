package workflows

import (
	"go.temporal.io/sdk/workflow"

	"connex/casework"
)

// SupportRequest carries a request through its phases; each is a run that continues as new into the next. The first run
// gets the start alone, the others what the one before carried over.
func SupportRequest(ctx workflow.Context, start casework.RequestStart, carried *state) error {
	first := carried == nil
	if first {
		carried = &state{CaseNumber: start.CaseNumber, Workflow: string(start.CaseNumber), Calendar: start.Calendar,
			Country: start.Country, Sector: start.Sector, Memo: memo{start.Country, start.Sector}}
	}
	d, err := newDesk(ctx, carried, requestStory)
	if err != nil {
		return err
	}
	e := event{begin: true}
	if first {
		e = event{start: &start}
	}
	if err := d.handle(e); err != nil {
		return err
	}
	if err := d.work(); err != nil || d.over() {
		return err
	}
	return workflow.NewContinueAsNewError(ctx, casework.SupportRequestWorkflow, start, d.s)
}

// phases are process.md's, each told by its own file. A phase returns the next one, or "" while it waits.
var phases = map[casework.Phase]func(*story) casework.Phase{
	casework.FirstInterest:      firstInterest,
	casework.FormalRequest:      formalRequest,
	casework.DueDiligence:       dueDiligence,
	casework.GovernanceDecision: governanceDecision,
	casework.Agreement:          agreement,
	casework.SupportDesign:      supportDesign,
	casework.ScopingMission:     scopingMission,
	casework.Implementation:     implementation,
	casework.Closing:            closing,
}

// requestStory tells a request's story as far as it goes: a phase that is left leads into the next one in the same
// transition.
func requestStory(s *story) {
	for s.Ending == "" {
		s.always()
		next := phases[s.Phase](s)
		if s.need != nil || s.refusal != nil || next == "" || s.Ending != "" {
			return
		}
		s.enter(next)
	}
}

// enter begins the next phase. What the last one left open is cancelled; what belongs to no phase goes on.
func (s *story) enter(next casework.Phase) {
	for _, t := range append([]casework.Task(nil), s.Tasks...) {
		if !lasting(t.Kind) {
			s.cancel(t.Key)
		}
	}
	s.phaseBegins(next)
	s.Decided, s.Shut, s.Left, s.Once, s.Looked, s.Wakes = nil, nil, nil, nil, nil, nil
	s.fill()
	s.entry(casework.Entry{What: casework.TrailPhaseEntered, Outcome: string(next)})
}

// phaseBegins lets a phase begin with the settings as they are now: until it is left they change no more.
func (s *story) phaseBegins(phase casework.Phase) {
	s.Phase, s.t.Request.Phase = phase, phase
	if s.coming != nil {
		s.Settings = *s.coming
	}
	s.t.Settings = s.Settings.Sum()
}

package workflows

import (
	"maps"
	"slices"
	"time"

	"connex/casework"
)

// heardWord takes in what a request and its activities tell each other.
func (s *story) heardWord(w casework.Word) {
	if s.Support == nil {
		s.heardFromActivity(w)
		return
	}
	s.heardFromRequest(w)
}

func (s *story) heardFromActivity(w casework.Word) {
	if w.What == casework.WordOfficer {
		s.takeOffice(w.Officer)
		s.t.Request.Officer = w.Officer
		s.tellActivities(casework.Word{What: casework.WordOfficer, Officer: w.Officer, Conflicts: s.Dossier.Conflicts})
		return
	}
	if w.Activity < 1 || w.Activity > len(s.Activities) {
		return
	}
	a := &s.Activities[w.Activity-1]
	switch w.What {
	case casework.WordBegan:
		a.State = casework.ActivityRunning
	case casework.WordHeld:
		if s.Edition < asksOnce {
			s.Held = nil
		}
		s.Held = unique(slices.Concat(s.Held, w.Experts))
	case casework.WordEnded:
		a.State = casework.ActivityEnded
	case casework.WordEvaluated:
		a.State = casework.ActivityEvaluated
	case casework.WordCancelled:
		a.State = casework.ActivityCancelled
	case casework.WordConcern:
		s.open(casework.ReviewConcern, string(w.Action), false, []with{about(w.Action), subject(string(w.Expert))})
	}
}

func (s *story) heardFromRequest(w casework.Word) {
	maps.Copy(s.Codes, w.Code)
	switch w.What {
	case casework.WordOver:
		s.Ending = casework.Void // whatever the request ended as
	case casework.WordWithdraw:
		s.Support.Withdrawn = true
	case casework.WordSuspend:
		s.SuspendedAt = w.At
	case casework.WordResume:
		if s.suspended() {
			s.moveClocks(w.At, s.SuspendedAt)
		}
		s.SuspendedAt = time.Time{}
	case casework.WordMoved:
		s.heardOfMove(w)
	case casework.WordStopped:
		s.leaves(w.Expert)
	case casework.WordReplaced:
		s.joins(w.By) // the other has left with WordStopped, and may have come back since
	case casework.WordOfficer:
		s.Dossier.Conflicts = w.Conflicts
		s.takeOffice(w.Officer)
		s.giveBackOf(w.Conflicts)
	}
}

// leaves ends an expert's work here at once; the questionnaire will still come.
func (s *story) leaves(expert casework.PersonID) {
	a := s.Support
	if !slices.Contains(a.Experts, expert) || a.State != casework.ActivityPlanned && a.State != casework.ActivityRunning {
		return
	}
	a.Experts = without(a.Experts, expert)
	delete(a.Next, string(expert))
	if a.State == casework.ActivityRunning {
		a.Former = unique(append(a.Former, expert))
	}
	for _, t := range slices.Clone(s.Tasks) {
		if t.Kind == casework.ReportActivity && t.Holder == expert {
			s.cancel(t.Key)
		}
	}
	s.staff()
}

func (s *story) joins(expert casework.PersonID) {
	if a := s.Support; a.State == casework.ActivityPlanned || a.State == casework.ActivityRunning {
		a.Experts = unique(append(a.Experts, expert))
		a.Joined++
		s.Interests[expert] = true // accepted before the request let the expert come
		s.staff()
	}
}

// staff notes in the activity's row who works on it now.
func (s *story) staff() {
	s.t.Activities = append(s.t.Activities, casework.ActivityChange{Number: s.Support.Number, State: s.Support.State,
		Experts: append([]casework.PersonID{}, s.Support.Experts...)})
}

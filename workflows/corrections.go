package workflows

import (
	"fmt"

	"go.temporal.io/sdk/workflow"

	"connex/casework"
)

// Deadlines that are moved and facts that are corrected, with a reason, in any phase: both stand for the case officer.

var notMoved = casework.RefusedBy(casework.RuleTaskDone, "refusal.not-movable")

// moveDeadline moves the clock of a task of the request itself, or has the activity do so that owns it.
func (s *story) moveDeadline(d casework.Decision) {
	id, activity := casework.NamedDeadline(d.Carried.String("task"))
	day := d.Carried.String("dueOn")
	if s.suspended() {
		s.refusal = casework.RefusedBy(casework.RuleNotOffered, "refusal.suspended")
		return
	}
	if activity > 0 {
		if activity > len(s.Activities) || s.Activities[activity-1].over() {
			s.refusal = notMoved
			return
		}
		s.tell(activity, casework.Word{What: casework.WordMoved, Task: id, Due: day, Action: d.Action})
		return
	}
	t := s.task(id)
	if t == nil || !t.Movable() {
		s.refusal = notMoved
		return
	}
	if why := casework.WrongDeadline(casework.DateOf(s.now), casework.DateOf(t.Clock.Due), day); why.ID != "" {
		s.refusal = &casework.Refusal{Rule: casework.RuleNotOffered, Why: why}
		return
	}
	s.move(t, day)
}

// move gives a task another due date; its reminders and its escalation follow.
func (s *story) move(t *casework.Task, day string) {
	was := casework.DateOf(t.Clock.Due)
	t.Clock.Move(casework.DueOn(day), t.Rhythm(), s.now)
	s.changed(*t)
	s.entry(casework.Entry{What: casework.TrailDeadlineMoved, Outcome: was + "/" + casework.DateOf(t.Clock.Due), Task: t.ID})
}

// heardOfMove: an activity moves the deadline of its task, unless that was done meanwhile.
func (s *story) heardOfMove(w casework.Word) {
	if t := s.task(w.Task); t != nil && t.Movable() {
		s.t.Because = w.Action
		s.move(t, w.Due)
	}
}

// turn tells the clocks of a task apart that was moved: what strikes again is another strike.
func turn(t casework.Task) string {
	if t.Clock.Moves == 0 {
		return ""
	}
	return fmt.Sprintf("/moved-%d", t.Clock.Moves)
}

// correct takes over what the workflow itself knows of the facts. Another country is assessed anew.
func (s *story) correct(d casework.Decision) {
	if sector := d.Carried.String("sector"); sector != "" {
		s.Sector = sector
	}
	country := d.Carried.String("country")
	if country == "" || country == s.Country {
		return
	}
	s.Country = country
	if s.Phase != casework.FirstInterest && s.Phase != casework.FormalRequest {
		s.t.Request.Screening = true // what country data say was of the other country
	}
	if !s.standing(casework.AssessEligibility) && !s.Once[onlyQuestion] {
		s.open(casework.AssessEligibility, string(d.Action), false, []with{about(d.Action),
			offering(casework.Eligible, casework.NotEligibleOut, casework.Refer, casework.Drop)})
	}
}

// first tells whether a task is the one that its phase began with, and not a repetition of it.
func first(t casework.Task) bool { return t.Key == key(t.Kind, "1") }

// reassessed: the corrected country is eligible, and the case goes on where it is; or it is not, and the case ends.
func (s *story) reassessed(d casework.Decision) {
	if ending, ends := politely[d.Outcome]; ends {
		s.endPolitely(ending, d)
	}
}

// learnToCorrect lets both stand from the first event that is handled by code that knows them. A run that is older told
// its events without them, and so must whoever replays it: hence a version for each of its events, until one has it.
func (d *desk) learnToCorrect() {
	if d.s.Support != nil || d.s.Corrects {
		return
	}
	d.s.Corrects = workflow.GetVersion(d.ctx, fmt.Sprintf("corrections-%d", d.told), workflow.DefaultVersion, 1) == 1
}

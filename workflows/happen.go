package workflows

import (
	"fmt"
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"

	"connex/casework"
)

// story begins the telling of an event on a copy of the state.
func (d *desk) story(e event) *story {
	s := &story{state: d.s.clone(), now: d.s.Calendar.Process(workflow.Now(d.ctx)), decision: e.decision, byClock: e.clock,
		showsDrafts: d.learnToShow(e)}
	s.t = casework.Transition{
		ID: d.s.Workflow + "/" + e.name(d.s), CaseNumber: d.s.CaseNumber, Workflow: d.s.Workflow, At: s.now,
		Decision: e.decision, OfActivity: s.number(),
	}
	return s
}

// name is the event's identity, the same whenever it is told again.
func (e event) name(s *state) string {
	switch {
	case e.decision != nil:
		return "action/" + string(e.decision.Action)
	case e.word != nil:
		return "word/" + e.word.ID
	case e.start != nil:
		return "start"
	case e.clock:
		return "clock/" + string(s.Phase) + "/" + s.due()
	}
	return fmt.Sprintf("begin/%s/%d", s.Phase, s.Runs)
}

// due names what a clock strikes for: the stage of a task or the instant that is due first. So a decision that overtakes
// the clock when a run is taken up again leaves the clock its name. Where a clock has rung for that instant or a later one
// before, as for the eve of a mission that is planned for the same day again, a number tells the two apart.
func (s *state) due() string {
	name, first := "nothing", time.Time{}
	for _, t := range s.Tasks {
		if _, when, more := t.Clock.Next(t.Rhythm()); more && (first.IsZero() || when.Before(first)) {
			name, first = fmt.Sprintf("%s/%d%s", t.ID, t.Clock.Struck, turn(t)), when
		}
	}
	for _, when := range s.Wakes {
		if first.IsZero() || when.Before(first) {
			name, first = when.UTC().Format(time.RFC3339Nano), when
			if !when.After(s.Rang) {
				name += fmt.Sprintf("/again-%d", s.Again+1)
			}
		}
	}
	return name
}

// rings notes for which instant a clock rings.
func (s *story) rings() {
	if len(s.Wakes) == 0 {
		return
	}
	first := slices.MinFunc(s.Wakes, time.Time.Compare)
	if first.After(s.now) {
		return // for a task
	}
	if !first.After(s.Rang) {
		s.Again++
	}
	s.Rang = latest(s.Rang, first)
}

// happen lets the event change what it changes by itself, before the story tells what follows.
func (s *story) happen(e event) {
	switch {
	case e.start != nil:
		s.started(*e.start)
	case e.decision != nil:
		s.decided(*e.decision)
	case e.word != nil:
		s.hear(e.word.ID)
		s.heardWord(*e.word)
	case e.clock:
		s.rings()
		s.strike()
	case e.begin:
		s.Runs++
	}
}

// learn takes over what the database answered.
func (s *story) learn(n need, found casework.LookedUp) {
	s.Looked[n.key] = true
	if n.order.Board {
		s.Board = found.Board
	}
	if found.Now.Version != "" {
		s.CodeNow = found.Now
	}
	for _, expert := range n.order.Experts {
		if signature, signed := found.Code[expert]; signed && signature.SignedAt.After(s.Codes[expert].SignedAt) {
			s.Codes[expert] = signature
		}
	}
}

// nothing tells whether the event changes nothing that anybody could see.
func (s *story) nothing() bool {
	t := s.t
	return t.Decision == nil && len(t.Entries)+len(t.Open)+len(t.Cancel)+len(t.GiveUp)+len(t.Changed)+len(t.Activities)+len(t.Mails) == 0
}

// decided applies a decision to the state, or refuses it.
func (s *story) decided(d casework.Decision) {
	s.handle(d.Action)
	if s.refusal = s.admit(d); s.refusal != nil {
		return
	}
	switch d.Kind {
	case casework.Reassign, casework.Take, casework.GiveBack:
		s.handOver(d)
		return
	}
	t := *s.task(d.Task)
	s.t.Completes = t.ID
	s.Tasks = slices.DeleteFunc(s.Tasks, func(o casework.Task) bool { return o.ID == t.ID })
	s.Decided[t.Key] = d
	if d.Outcome == casework.AskGovernment {
		s.Left[t.Key] = t.Clock.Due.Sub(s.ticking(t))
	}
	s.Dossier.Remember(casework.Act{Person: d.Actor, Kind: d.Kind})
	s.entry(casework.Entry{What: string(d.Kind), Outcome: string(d.Outcome), Task: t.ID, Person: d.For})
	if d.OnBehalf && d.Kind != casework.ChangeContact { // of that both contacts are told by mails of their own
		s.government("copy-on-behalf", "copy/"+string(d.Action), d.Action, "")
	}
	s.absorb(t, d)
	s.showDraft(d)
}

// ticking is the instant at which the task's clock stands: now, unless the request is suspended.
func (s *story) ticking(t casework.Task) time.Time {
	if !s.suspended() {
		return s.now
	}
	return latest(t.Clock.Start, s.SuspendedAt)
}

// strike strikes every clock that is due: one mail and one record per person and morning, whatever struck.
func (s *story) strike() {
	if s.suspended() {
		return
	}
	for _, t := range slices.Clone(s.Tasks) {
		stage, rang := t.Clock.StrikeUntil(t.Rhythm(), s.now)
		if !rang {
			continue
		}
		*s.task(t.ID) = t
		s.changed(t)
		s.t.YieldTo = append(s.t.YieldTo, t.ID)
		s.struck(t, stage)
	}
}

func (s *story) struck(t casework.Task, stage casework.Stage) {
	switch stage.Strike {
	case casework.Remind:
		s.entry(casework.Entry{What: casework.TrailReminderSent, Outcome: string(t.Kind), Task: t.ID})
		s.mail(casework.Mail{Template: "reminder", To: t.Role, Person: t.Holder, Task: t.ID,
			Key: fmt.Sprintf("reminder/%s/%s/%s", t.Role, t.Holder, casework.DateOf(s.now))})
	case casework.Escalate:
		s.entry(casework.Entry{What: casework.TrailEscalated, Outcome: string(t.Kind), Task: t.ID})
		s.escalate(t)
	case casework.Warn:
		s.entry(casework.Entry{What: casework.TrailLapseWarned, Outcome: string(t.Kind), Task: t.ID})
		s.mail(casework.Mail{Template: "lapse-warning", Key: "lapse-warning/" + string(t.ID), To: t.Role, Person: t.Holder, Task: t.ID})
	case casework.Lapse:
		s.entry(casework.Entry{What: casework.TrailLapsed, Outcome: string(t.Kind), Task: t.ID})
		s.giveUp(t)
	case casework.GiveUp:
		s.entry(casework.Entry{What: casework.TrailGivenUp, Outcome: string(t.Kind), Task: t.ID})
		s.giveUp(t)
	}
}

// escalate tells the head of a staff task (the other head of a head's), and the case officer of a guest's silence.
func (s *story) escalate(t casework.Task) {
	to, person := t.EscalatesTo(s.Dossier.Officer)
	s.mail(casework.Mail{Template: "escalated", Key: "escalated/" + string(t.ID) + turn(t), Task: t.ID, To: to, Person: person})
}

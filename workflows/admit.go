package workflows

import (
	"slices"

	"connex/casework"
)

// admit says why a decision may not be applied, or nil. The API asked the same rules when it took the decision; what
// counts is what they say now, when it takes effect.
func (s *story) admit(d casework.Decision) *casework.Refusal {
	if s.Ending != "" {
		return casework.RefusedBy(casework.RuleEnded, "refusal.ended")
	}
	t := s.task(d.Task)
	if t == nil {
		return casework.RefusedBy(casework.RuleTaskDone, "refusal.task-gone")
	}
	switch d.Kind {
	case casework.Reassign, casework.Take, casework.GiveBack:
		return s.admitHandOver(*t, d)
	case t.Kind:
	default:
		return casework.RefusedBy(casework.RuleOtherAction, "refusal.other-kind")
	}
	if !slices.Contains(t.Offers(), d.Outcome) {
		return casework.RefusedBy(casework.RuleNotOffered, "refusal.not-offered")
	}
	if refusal := s.holds(*t, d); refusal != nil {
		return refusal
	}
	if t.Kind == casework.SignApproval && s.standing(casework.AssessEligibility) {
		return casework.RefusedBy(casework.RuleNotAssessed, "refusal.not-assessed")
	}
	return casework.Barred(d.Kind, s.Dossier, d.Actor)
}

var notYours = casework.RefusedBy(casework.RuleNotHolder, "refusal.not-yours")

// holds says why the task does not wait for whom the decision comes from, or nil.
func (s *story) holds(t casework.Task, d casework.Decision) *casework.Refusal {
	kind, _ := casework.KindOf(t.Kind)
	switch {
	case d.OnBehalf:
		if t.Role != casework.Government || d.Role != casework.CaseOfficer || s.Dossier.Officer != "" && s.Dossier.Officer != d.Actor && s.Dossier.Officer != d.For {
			return notYours
		}
	case kind.Holding == casework.ByStaff:
		if !d.Role.Staff() {
			return notYours
		}
	case d.Role != t.Role:
		return notYours
	case t.Holder != "" && t.Holder != d.Actor && casework.InPlaceOf(t.Kind, t.Holder, []casework.PersonID{d.For}) == "":
		if t.TakenBy {
			return casework.RefusedBy(casework.RuleTaken, "refusal.taken")
		}
		return notYours
	}
	return nil
}

// admitHandOver: a role's task is taken by who has the role and given back by who took it; a task of staff is
// reassigned by the head or by the case officer. An administrator hands over what somebody who leaves holds.
func (s *story) admitHandOver(t casework.Task, d casework.Decision) *casework.Refusal {
	kind, _ := casework.KindOf(t.Kind)
	assigns := d.Role == casework.Head || d.Role == casework.Administrator || d.Actor == s.Dossier.Officer
	clears := d.Kind == casework.GiveBack && d.Role == casework.Administrator
	switch {
	case d.Kind == casework.Reassign && casework.TakesRequestAlong(t.Kind):
		if !assigns {
			return notYours
		}
		return s.barredFromReceiving(t, recipient(d))
	case t.Standing || !t.Role.Staff():
		return notYours
	case d.Kind == casework.Reassign:
		if !assigns && s.Dossier.Officer != "" {
			return notYours
		}
		if kind.Holding == casework.ByMember {
			return casework.RefusedBy(casework.RuleNotOffered, "refusal.vote-is-personal")
		}
		return s.barredFromReceiving(t, recipient(d))
	case kind.Holding != casework.ByRole || d.Role != t.Role && !clears:
		return notYours
	case d.Kind == casework.Take && t.Holder != "" && t.Holder != d.Actor:
		return casework.RefusedBy(casework.RuleTaken, "refusal.taken")
	case d.Kind == casework.Take:
		return casework.Barred(t.Kind, s.Dossier, d.Actor)
	case d.Kind == casework.GiveBack && t.Holder != d.Actor && !clears:
		return casework.RefusedBy(casework.RuleTaken, "refusal.not-taken")
	}
	return nil
}

// barredFromReceiving: runs of before that edition ask only who may do the task, not who may become the case officer.
func (s *story) barredFromReceiving(t casework.Task, p casework.PersonID) *casework.Refusal {
	if s.Edition >= asksForOffice {
		return casework.BarredFromReceiving(t.Kind, s.Phase, s.Dossier, p)
	}
	d := s.Dossier
	if casework.TakesRequestAlong(t.Kind) {
		d.Officer = p
	}
	return casework.Barred(t.Kind, d, p)
}

func recipient(d casework.Decision) casework.PersonID {
	return casework.PersonID(d.Carried.String("to"))
}

// handOver gives a task to somebody. A task that waits for the case officer in person brings the request along: it has
// a new case officer, for whom all such tasks wait. The clock belongs to the task and goes on.
func (s *story) handOver(d casework.Decision) {
	t := s.task(d.Task)
	former := t.Holder
	s.entry(casework.Entry{What: string(d.Kind), Outcome: string(t.Kind), Task: t.ID, Person: recipient(d)})
	switch {
	case d.Kind == casework.GiveBack:
		t.Holder, t.TakenBy = "", false
	case d.Kind == casework.Take:
		t.Holder, t.TakenBy = d.Actor, true
	case casework.TakesRequestAlong(t.Kind):
		s.newOfficer(recipient(d), d)
		return
	default:
		t.Holder, t.TakenBy = recipient(d), true
	}
	s.changed(*t)
	if d.Kind != casework.Reassign {
		return
	}
	s.mail(casework.Mail{Template: "reassigned", Key: "reassigned/" + string(d.Action), To: t.Role, Person: t.Holder, Task: t.ID, Action: d.Action})
	if former != "" && former != t.Holder && former != d.Actor { // whoever gives their own away knows
		s.mail(casework.Mail{Template: "reassigned", Key: "reassigned/" + string(d.Action) + "/" + string(former), To: t.Role, Person: former, Task: t.ID, Action: d.Action})
	}
}

// newOfficer makes somebody the request's case officer; both are told.
func (s *story) newOfficer(officer casework.PersonID, d casework.Decision) {
	former := s.Dossier.Officer
	s.takeOffice(officer)
	if s.number() != 0 {
		s.tell(0, casework.Word{What: casework.WordOfficer, Officer: officer})
	} else {
		s.t.Request.Officer = officer
		s.tellActivities(casework.Word{What: casework.WordOfficer, Officer: officer, Conflicts: s.Dossier.Conflicts})
	}
	for _, person := range []casework.PersonID{former, officer} {
		if person != "" {
			s.mail(casework.Mail{Template: "reassigned", Key: "reassigned/" + string(d.Action) + "/" + string(person), To: casework.CaseOfficer,
				Person: person, Task: d.Task, Action: d.Action})
		}
	}
}

// takeOffice lets every task that waits for the case officer in person wait for the new one.
func (s *story) takeOffice(officer casework.PersonID) {
	s.Dossier.Officer = officer
	for i := range s.Tasks {
		t := &s.Tasks[i]
		kind, _ := casework.KindOf(t.Kind)
		if t.Role == casework.CaseOfficer && kind.Holding != casework.ByRole && kind.Holding != casework.ByStaff && t.Holder != officer {
			t.Holder = officer
			s.changed(*t)
		}
	}
}

// tellActivities tells all activities that are not over.
func (s *story) tellActivities(w casework.Word) {
	for _, a := range s.Activities {
		if !a.over() {
			s.tell(a.Number, w)
		}
	}
}

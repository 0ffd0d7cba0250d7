package workflows

import (
	"fmt"
	"time"

	"connex/casework"
)

// lasting are the kinds of tasks that belong to no phase: they stand, or wait, over phases and runs.
func lasting(k casework.TaskKind) bool {
	switch k {
	case casework.Withdraw, casework.AskUs, casework.ChangeContact, casework.Suspend, casework.Resume, casework.VoidRequest, casework.DeclareConflict,
		casework.AnswerGovernment, casework.AnswerEligibilityQuestion, casework.ReviewConcern, casework.MoveDeadline, casework.CorrectFacts,
		casework.AssessEligibility: // which a corrected country opens again in the midst of any phase
		return true
	}
	return false
}

// always lets people do what they may do at any time: the government withdraws, asks or names another contact, the head
// suspends and resumes or takes back what was entered by mistake, everybody declares a conflict of interest, the case
// officer moves deadlines and corrects facts.
func (s *story) always() {
	change := casework.Suspend
	if s.suspended() {
		change = casework.Resume
	}
	kinds := []casework.TaskKind{casework.Withdraw, casework.AskUs, change, casework.VoidRequest, casework.DeclareConflict}
	if s.Corrects {
		kinds = append(kinds, casework.MoveDeadline, casework.CorrectFacts)
	}
	for _, k := range kinds {
		if k == casework.Withdraw && s.Withdrawn || s.standing(k) {
			continue
		}
		s.Stood++
		s.open(k, fmt.Sprintf("standing-%d", s.Stood), true, nil)
	}
	s.letContactChange()
}

// letContactChange also reaches cases that began before there was such a task: with their next decision, which is
// recorded anyway, and by a name of its own, so that what they counted and recorded until then stays as it was.
func (s *story) letContactChange() {
	if s.decision != nil && !s.standing(casework.ChangeContact) {
		s.open(casework.ChangeContact, "standing-since-"+string(s.decision.Action), true, nil)
	}
}

// standing tells whether a lasting task of this kind is open.
func (s *story) standing(k casework.TaskKind) bool {
	for _, t := range s.Tasks {
		if t.Kind == k {
			return true
		}
	}
	return false
}

// suspend stops the clocks of all tasks, the activities' included; the tasks can still be completed.
func (s *story) suspend() {
	if s.suspended() {
		return
	}
	s.SuspendedAt = s.now
	yes := true
	s.t.Request.Suspended = &yes
	s.tellActivities(casework.Word{What: casework.WordSuspend})
}

// resume moves every clock by the time that passed. Dates that were agreed with people stay.
func (s *story) resume(since time.Time) {
	if !s.suspended() {
		return
	}
	s.moveClocks(s.now, since)
	s.SuspendedAt = time.Time{}
	no := false
	s.t.Request.Suspended = &no
	s.tellActivities(casework.Word{What: casework.WordResume})
}

// moveClocks moves every clock by the time for which it stood still; one that began meanwhile stood still for less.
func (s *story) moveClocks(now, since time.Time) {
	stood := func(began time.Time) time.Duration { return max(now.Sub(latest(began, since)), 0) }
	for i := range s.Tasks {
		t := &s.Tasks[i]
		if t.Standing {
			continue
		}
		t.Clock.Shift(stood(t.Clock.Start))
		t.Clock.Due = s.putOff(t.Kind, t.Clock.Due)
		s.changed(*t)
	}
	if n := len(s.Rounds); n > 0 && s.Rounds[n-1].Came == "" {
		r := &s.Rounds[n-1]
		by := stood(r.Opened)
		due := s.putOff(casework.CastVote, r.Due.Add(by))
		r.SettleAt, r.Due = r.SettleAt.Add(by+due.Sub(r.Due.Add(by))), due
	}
}

// withdraw ends the request at the government's word. Activities that have begun are evaluated first; planned ones are
// cancelled and running ones end early.
func (s *story) withdraw(d casework.Decision) {
	s.government("withdrawn", "withdrawn", d.Action, "")
	s.Withdrawn = true
	for _, t := range append([]casework.Task(nil), s.Tasks...) {
		if t.Kind == casework.VoidRequest || t.Kind == casework.DeclareConflict {
			continue
		}
		s.shut(t)
		s.t.Cancel = append(s.t.Cancel, t.ID)
	}
	s.t.Request.Withdrawn = true
	s.tellActivities(casework.Word{What: casework.WordWithdraw})
	if s.allOver() {
		s.end(casework.Withdrawn)
	}
}

// newContact lets somebody else answer for the government. Both of them are told, and the case officer where a link
// did it, so that nobody takes a request over unseen; what waits for the government goes on waiting.
func (s *story) newContact(d casework.Decision) {
	s.t.Request.NewContact = true
	s.government("new-contact", "new-contact/"+string(d.Action), d.Action, "")
	s.mail(casework.Mail{Template: "former-contact", Key: "former-contact/" + string(d.Action), To: casework.Government, Action: d.Action, Former: true})
	if !d.OnBehalf {
		s.mail(casework.Mail{Template: "contact-changed", Key: "contact-changed/" + string(d.Action), To: casework.CaseOfficer,
			Person: s.Dossier.Officer, Action: d.Action})
	}
}

// allOver tells whether no activity waits for anything any more.
func (s *story) allOver() bool {
	for _, a := range s.Activities {
		if !a.over() {
			return false
		}
	}
	return true
}

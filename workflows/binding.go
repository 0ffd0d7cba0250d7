package workflows

import (
	"fmt"
	"slices"
	"time"

	"connex/casework"
)

// codeUntil is when an expert's signature of the Code of Conduct lapses, in the case's calendar; zero: there is none.
func (s *state) codeUntil(expert casework.PersonID) time.Time {
	return s.CodeNow.Lapses(s.Codes[expert], s.Calendar)
}

// bound tells whether an expert may begin new work: a signed, current Code and accepted interests.
func (s *story) bound(expert casework.PersonID) bool {
	return s.Interests[expert] && s.now.Before(s.codeUntil(expert))
}

// bindAll asks all experts for what is missing. Nobody is asked before the newest signatures were looked up: the Code
// belongs to the expert, and may have been signed for another case.
func (s *story) bindAll(name string, experts []casework.PersonID) way {
	if !s.lookedUp("codes/"+name, casework.LookUpOrder{Experts: experts}) {
		return underway
	}
	all := agreed
	for _, expert := range experts {
		switch s.bind(name, expert) {
		case rejected:
			return rejected
		case underway:
			all = underway
		}
	}
	return all
}

// bind asks one expert, in parallel, for the signature and the declaration that are missing.
func (s *story) bind(name string, expert casework.PersonID) way {
	signed, declared := s.sign(name, expert), s.declare(name, expert)
	switch {
	case signed == rejected || declared == rejected:
		return rejected
	case signed == agreed && declared == agreed:
		return agreed
	}
	return underway
}

func (s *story) sign(name string, expert casework.PersonID) way {
	if s.now.Before(s.codeUntil(expert)) {
		return agreed
	}
	d, ok := s.ask(casework.SignCodeOfConduct, fmt.Sprintf("%s/%s", name, expert), heldBy(casework.Expert, expert), subject(string(expert)))
	switch {
	case !ok:
		return underway
	case d.Outcome == casework.Refuse:
		return rejected
	}
	return agreed
}

// declare asks for the expert's interests in this request. What is disclosed goes to the head.
func (s *story) declare(name string, expert casework.PersonID) way {
	if s.Interests[expert] {
		return agreed
	}
	each := fmt.Sprintf("%s/%s", name, expert)
	d, ok := s.ask(casework.DeclareInterests, each, heldBy(casework.Expert, expert), subject(string(expert)))
	if !ok {
		return underway
	}
	review, ok := s.ask(casework.ReviewDisclosure, each, subject(string(expert)), about(d.Action))
	switch {
	case !ok:
		return underway
	case review.Outcome == casework.Replace:
		return rejected
	}
	return agreed
}

// watchCodes looks after the signatures of everybody who works: a new one is asked for 30 days before a lapse; unsigned
// 30 days after it, the expert's work stops, and the case officer finds somebody else.
func (s *story) watchCodes() {
	if !s.reviewCodes() {
		return
	}
	for _, expert := range s.atWork() {
		until := s.codeUntil(expert)
		name := "renew/" + casework.DateOf(until) + "/" + string(expert)
		if until.IsZero() || !s.reached(until.AddDate(0, 0, -s.Settings.CodeNoticeDays)) {
			continue
		}
		_, signed := s.ask(casework.SignCodeOfConduct, name, heldBy(casework.Expert, expert), subject(string(expert)))
		if signed && s.now.Before(s.codeUntil(expert).AddDate(0, 0, -s.Settings.CodeNoticeDays)) {
			continue
		}
		if s.reached(until.AddDate(0, 0, s.Settings.CodeGraceDays)) {
			s.yieldTo(key(casework.SignCodeOfConduct, name))
			s.stopUnsigned(expert, name)
		}
	}
}

// codeReviewDays is how often a case asks whether the Code has a new version, or was signed for another case.
const codeReviewDays = 7

func (s *story) reviewCodes() bool {
	experts := s.atWork()
	if len(experts) == 0 {
		return true
	}
	if s.CodesAt.IsZero() {
		s.CodesAt = s.now
	}
	if next := s.CodesAt.AddDate(0, 0, codeReviewDays); s.reached(next) {
		what := "review/" + next.UTC().Format(time.RFC3339)
		if !s.lookedUp(what, casework.LookUpOrder{Experts: experts}) {
			return false
		}
		delete(s.Looked, what)
		s.CodesAt = s.now
		s.reached(s.now.AddDate(0, 0, codeReviewDays))
	}
	return true
}

// stopUnsigned stops the work of an expert who has not signed in time.
func (s *story) stopUnsigned(expert casework.PersonID, name string) {
	if !s.once("stopped/" + name) {
		return
	}
	s.stop(expert)
	s.cancel(key(casework.SignCodeOfConduct, name))
	for i := range s.Tasks {
		if t := &s.Tasks[i]; t.Kind == casework.ReplaceExpert {
			s.wake(t, []with{subject(string(expert))})
		}
	}
}

// stop ends an expert's work at once, in all activities that have not ended.
func (s *story) stop(expert casework.PersonID) {
	s.entry(casework.Entry{What: casework.TrailExpertStopped, Person: expert})
	for i := range s.Activities {
		a := &s.Activities[i]
		if a.working() && slices.Contains(a.Experts, expert) {
			a.Experts = slices.DeleteFunc(a.Experts, func(e casework.PersonID) bool { return e == expert })
			a.Stopped = append(a.Stopped, expert)
			s.tell(a.Number, casework.Word{What: casework.WordStopped, Expert: expert})
		}
	}
}

// atWork are the experts of activities that have not ended.
func (s *story) atWork() (experts []casework.PersonID) {
	for _, a := range s.Activities {
		if a.working() {
			experts = append(experts, a.Experts...)
		}
	}
	return unique(experts)
}

// yieldTo lets a decision on an open task win over this clock, if it is on its way.
func (s *story) yieldTo(taskKey string) {
	if t := s.waiting(taskKey); t != nil && s.decision == nil {
		s.t.YieldTo = append(s.t.YieldTo, t.ID)
	}
}

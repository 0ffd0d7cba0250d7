package workflows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"connex/casework"
)

// codeUntil is when an expert's signature of the Code of Conduct lapses, in the case's calendar; zero: there is none.
func (s *state) codeUntil(expert casework.PersonID) time.Time {
	return s.CodeNow.Lapses(s.Settings, s.Codes[expert], s.Calendar)
}

// bound tells whether an expert may begin new work: a signed, current Code and accepted interests.
func (s *story) bound(expert casework.PersonID) bool {
	return s.Interests[expert] && s.now.Before(s.codeUntil(expert))
}

// bindAll asks all experts for what is missing. Nobody is asked before the newest signatures were looked up: the Code
// belongs to the expert, and may have been signed for another case.
// A zero until asks for a Code that is current now, else for one that holds until then.
func (s *story) bindAll(name string, experts []casework.PersonID, until time.Time) way {
	if !s.lookedUp("codes/"+name, casework.LookUpOrder{Experts: experts}) {
		return underway
	}
	all := agreed
	for _, expert := range experts {
		switch s.bind(name, expert, until) {
		case rejected:
			return rejected
		case underway:
			all = underway
		}
	}
	return all
}

// bind asks one expert, in parallel, for the signature and the declaration that are missing.
func (s *story) bind(name string, expert casework.PersonID, until time.Time) way {
	signed, declared := s.sign(name, expert, until), s.declare(name, expert)
	switch {
	case signed == rejected || declared == rejected:
		return rejected
	case signed == agreed && declared == agreed:
		return agreed
	}
	return underway
}

func (s *story) sign(name string, expert casework.PersonID, until time.Time) way {
	if lapses := s.codeUntil(expert); s.now.Before(lapses) && until.Before(lapses) {
		return agreed
	}
	each := fmt.Sprintf("%s/%s", name, expert)
	for n := 2; ; n++ {
		d, ok := s.ask(casework.SignCodeOfConduct, each, heldBy(casework.Expert, expert), subject(string(expert)))
		switch {
		case ok && d.Outcome == casework.Refuse:
			return rejected
		case ok && (s.Edition < looksAgain || s.now.Before(s.codeUntil(expert))):
			return agreed
		case !ok && (s.Edition < looksAgain || !s.gaveUp(casework.SignCodeOfConduct, each)):
			return underway
		}
		each = fmt.Sprintf("%s/%s/%d", name, expert, n) // what was signed then is good no more
	}
}

// boundNow looks once more before new work begins: since all were asked, the Code may have a new version, or a signature
// may have lapsed. Then it is asked for again, and the work waits.
func (s *story) boundNow(name string, experts []casework.PersonID) way {
	if s.Edition < looksAgain {
		return agreed
	}
	if !s.lookedUp("codes/"+name+"/"+s.now.UTC().Format(time.RFC3339Nano), casework.LookUpOrder{Experts: experts}) {
		return underway
	}
	return s.bindAll(name, experts, time.Time{})
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

// watchCodes looks after the signatures of everybody who works: a new one is asked for some days before a lapse; unsigned
// some days after it, the expert's work stops, and the case officer finds somebody else. Whoever was asked late, because
// the request was suspended or nobody knew, has as many days from then.
func (s *story) watchCodes() {
	if !s.reviewCodes() {
		return
	}
	for _, expert := range s.atWork() {
		until := s.codeUntil(expert)
		if until.IsZero() || !s.reached(until.AddDate(0, 0, -s.Settings.Number(casework.CodeNoticeDays))) {
			continue
		}
		name := "renew/" + casework.DateOf(until) + "/" + string(expert)
		asked := s.now
		t := s.askToSign(name, expert)
		if said := s.Decided[key(casework.SignCodeOfConduct, name)]; said.Outcome == casework.Refuse && s.Corrects { // older runs told it otherwise
			asked = until // whoever said no needs no days to sign in
		} else if t != nil {
			asked = t.Clock.Start
		}
		stops := latest(until, asked).AddDate(0, 0, s.Settings.Number(casework.CodeGraceDays))
		if s.struckAt(stops) && s.lookedUp("stop/"+name, casework.LookUpOrder{Experts: []casework.PersonID{expert}}) && s.codeUntil(expert).Equal(until) {
			s.stopUnsigned(expert)
		}
	}
}

// askToSign asks somebody who works, or is about to, for a new signature; once, whoever needs it. It returns the task that
// asks.
func (s *story) askToSign(name string, expert casework.PersonID) *casework.Task {
	asks := func(t casework.Task) bool { return t.Holder == expert && forWork(t) }
	if i := slices.IndexFunc(s.Tasks, asks); i >= 0 && s.Edition >= asksOnce {
		return &s.Tasks[i]
	}
	s.ask(casework.SignCodeOfConduct, name, heldBy(casework.Expert, expert), subject(string(expert)))
	return s.waiting(key(casework.SignCodeOfConduct, name))
}

// forWork tells whether a task asks for the signature of who is in an activity, and not for one that a proposal needs.
func forWork(t casework.Task) bool {
	_, name, _ := strings.Cut(t.Key, "/")
	return t.Kind == casework.SignCodeOfConduct && (strings.HasPrefix(name, "renew/") || strings.HasPrefix(name, "held-"))
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// codeReviewDays is how often a case asks whether the Code has a new version, or was signed for another case: daily, so that a
// version that comes with a new worker is noticed at once. Where days are short, nothing real happens within one.
func (s *story) codeReviewDays() int {
	if s.Edition < looksDaily || s.Calendar.DayLength < time.Hour {
		return 7
	}
	return 1
}

func (s *story) reviewCodes() bool {
	experts := s.atWork()
	if len(experts) == 0 {
		return true
	}
	if s.CodesAt.IsZero() || s.reached(s.CodesAt.AddDate(0, 0, s.codeReviewDays())) {
		what := "review/" + s.CodesAt.UTC().Format(time.RFC3339)
		if !s.lookedUp(what, casework.LookUpOrder{Experts: experts}) {
			return false
		}
		delete(s.Looked, what)
		s.CodesAt = s.now
		s.reached(s.now.AddDate(0, 0, s.codeReviewDays()))
	}
	return true
}

// stopUnsigned stops the work of an expert who has not signed in time, unless the signature is on its way.
func (s *story) stopUnsigned(expert casework.PersonID) {
	for _, t := range s.Tasks {
		if t.Kind == casework.SignCodeOfConduct && t.Holder == expert {
			s.t.YieldTo = append(s.t.YieldTo, t.ID)
		}
	}
	s.stop(expert)
	s.Unsigned = append(s.Unsigned, expert)
}

// stop ends an expert's work at once, in all activities that have not ended.
func (s *story) stop(expert casework.PersonID) {
	stopped := false
	for i := range s.Activities {
		a := &s.Activities[i]
		if !a.working() || !slices.Contains(a.Experts, expert) {
			continue
		}
		a.Experts = without(a.Experts, expert)
		a.Stopped = unique(append(a.Stopped, expert))
		s.tell(a.Number, casework.Word{What: casework.WordStopped, Expert: expert})
		stopped = true
	}
	if stopped {
		s.entry(casework.Entry{What: casework.TrailExpertStopped, Person: expert})
	}
	s.Held = without(s.Held, expert)
	for _, t := range slices.Clone(s.Tasks) {
		if t.Holder == expert && forWork(t) {
			s.cancel(t.Key)
		}
	}
}

// without is the list without somebody; the list itself stays as it is.
func without(people []casework.PersonID, who casework.PersonID) []casework.PersonID {
	return slices.DeleteFunc(slices.Clone(people), func(p casework.PersonID) bool { return p == who })
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

// struckAt is reached, but true only when it is a clock that tells: somebody's decision on another matter must not be
// what ends a wait. Whatever is decided by it yields to decisions that are on their way.
func (s *story) struckAt(when time.Time) bool {
	if !s.reached(when) {
		return false
	}
	if !s.byClock {
		s.Wakes = append(s.Wakes, when)
	}
	return s.byClock
}

// yieldTo lets decisions on the open tasks of a proposal win over this clock, if they are on their way.
func (s *story) yieldTo(name string) {
	for _, t := range s.Tasks {
		if _, rest, _ := strings.Cut(t.Key, "/"); rest == name || strings.HasPrefix(rest, name+"/") {
			s.t.YieldTo = append(s.t.YieldTo, t.ID)
		}
	}
}

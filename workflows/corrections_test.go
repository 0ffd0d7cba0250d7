package workflows

import (
	"slices"
	"strings"
	"testing"
	"time"

	"connex/casework"
)

// moves lets the case officer move the deadline of a task that waits in the request or in one of its activities.
func (r *tester) moves(t casework.Task, days int) *casework.Refusal {
	r.t.Helper()
	return r.tries(officer, casework.MoveDeadline, casework.MoveOut,
		values{"task": casework.Deadline{Task: t.ID, Activity: t.Activity}.Name(), "dueOn": r.date(days)})
}

func TestRemindersFollowADeadlineThatMoved(t *testing.T) {
	r := aRequest(t)
	r.does(officer, casework.AssessEligibility, casework.Eligible, values{"country": "NA"})
	r.days(16) // discuss-scope was due yesterday
	if r.happened("reminder-sent discuss-scope") != 1 {
		t.Fatalf("the trail says %q", r.trail())
	}
	task := *r.open(casework.DiscussScope)
	if refusal := r.moves(task, 20); refusal != nil {
		t.Fatal(refusal.Why.ID)
	}
	now := r.open(casework.DiscussScope)
	if !r.trailHas("deadline-moved 2027-03-16/2027-04-06") || casework.DateOf(now.Clock.Due) != "2027-04-06" {
		t.Errorf("due %s; the trail says %q", casework.DateOf(now.Clock.Due), r.trail())
	}
	r.days(19)
	if r.happened("reminder-sent discuss-scope") != 1 {
		t.Error("it was reminded of before its new date")
	}
	r.days(2)
	if r.happened("reminder-sent discuss-scope") != 2 {
		t.Error("nobody was reminded on the new date")
	}
	r.days(20)
	if r.happened("escalated discuss-scope") != 1 {
		t.Error("it was not escalated after the new date")
	}
}

func (r *tester) trailHas(entry string) bool { return slices.Contains(r.trail(), entry) }

func TestATaskThatEscalatedTwiceIsToldOfTwice(t *testing.T) {
	r := aRequest(t)
	r.does(officer, casework.AssessEligibility, casework.Eligible, values{"country": "NA"})
	r.days(40)
	if refusal := r.moves(*r.open(casework.DiscussScope), 10); refusal != nil {
		t.Fatal(refusal.Why.ID)
	}
	r.days(60)
	if n := r.happened("escalated discuss-scope"); n != 2 {
		t.Errorf("escalated %d times, the trail says %q", n, r.trail())
	}
	keys := map[string]int{}
	for _, each := range r.all {
		for _, m := range each.Mails {
			if m.Template == "escalated" {
				keys[m.Key]++
			}
		}
	}
	if len(keys) != 2 {
		t.Errorf("the mails' keys are %v: the second would not be queued", keys)
	}
}

func TestWhatCannotBeMoved(t *testing.T) {
	for name, tt := range map[string]struct {
		on      func(*tester) casework.Task
		days    int
		refused string
	}{
		"a task without a date": {on: func(r *tester) casework.Task {
			r.does(officer, casework.DiscussScope, casework.Proceed)
			r.does(officer, casework.PrepareRequestLetter, casework.Send)
			return *r.open(casework.SubmitRequestLetter)
		}, days: 5, refused: "refusal.not-movable"},
		"a standing task": {on: func(r *tester) casework.Task { return *r.open(casework.Withdraw) }, days: 5, refused: "refusal.not-movable"},
		"a task that is done": {on: func(r *tester) casework.Task {
			task := *r.open(casework.DiscussScope)
			r.does(officer, casework.DiscussScope, casework.Proceed)
			return task
		}, days: 5, refused: "refusal.not-movable"},
		"to a day that has passed":   {on: scope, days: -1, refused: "invalid.day-passed"},
		"by more than a year":        {on: scope, days: 400, refused: "invalid.day-too-far"},
		"to where it is":             {on: scope, days: 15, refused: "invalid.same-day"},
		"of an activity that is not": {on: func(r *tester) casework.Task { return casework.Task{ID: "x", Activity: 3} }, days: 5, refused: "refusal.not-movable"},
		"while all clocks stand still": {on: func(r *tester) casework.Task {
			r.does(head, casework.Suspend, casework.SuspendOut)
			return scope(r)
		}, days: 30, refused: "refusal.suspended"},
	} {
		t.Run(name, func(t *testing.T) {
			r := aRequest(t)
			r.does(officer, casework.AssessEligibility, casework.Eligible, values{"country": "NA"})
			task := tt.on(r)
			before := mustJSON(r.s.Tasks)
			if refusal := r.moves(task, tt.days); refusal == nil || refusal.Why.ID != tt.refused {
				t.Errorf("refused: %+v, want %q", refusal, tt.refused)
			}
			if mustJSON(r.s.Tasks) != before {
				t.Error("a clock moved all the same")
			}
		})
	}
}

func scope(r *tester) casework.Task { return *r.open(casework.DiscussScope) }

func TestAnActivityMovesItsOwnDeadline(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.days(18)
	part := r.parts[1]
	task := *part.open(casework.CheckIn)
	if refusal := r.moves(task, 30); refusal != nil {
		t.Fatal(refusal.Why.ID)
	}
	last := part.all[len(part.all)-1]
	if last.Because == "" || !strings.HasPrefix(last.Entries[0].Outcome, casework.DateOf(task.Clock.Due)+"/") {
		t.Errorf("the activity notes %+v because of %q", last.Entries, last.Because)
	}
	if due := part.open(casework.CheckIn).Clock.Due; due.Before(r.now.AddDate(0, 0, 29)) {
		t.Errorf("the check-in is due %s", due)
	}
	part.does(officer, casework.CheckIn, casework.OnTrack)
	told := len(part.all)
	if refusal := r.moves(task, 40); refusal != nil || len(part.all) != told {
		t.Errorf("of a check-in that is done: %+v, and %d transitions more", refusal, len(part.all)-told)
	}
}

func TestADeadlineThatMovedStandsStillLikeOthers(t *testing.T) {
	r := aRequest(t)
	r.does(officer, casework.AssessEligibility, casework.Eligible, values{"country": "NA"})
	if refusal := r.moves(scope(r), 60); refusal != nil {
		t.Fatal(refusal.Why.ID)
	}
	due := scope(r).Clock.Due
	r.days(3)
	r.does(head, casework.Suspend, casework.SuspendOut)
	r.days(10)
	r.does(head, casework.Resume, casework.ResumeOut)
	if moved := scope(r).Clock.Due.Sub(due); moved != 10*24*time.Hour {
		t.Errorf("after ten days of standing still the deadline moved by %s", moved)
	}
}

// corrects lets the case officer correct the country.
func (r *tester) corrects(country string) {
	r.t.Helper()
	r.does(officer, casework.CorrectFacts, casework.CorrectOut, values{"country": country})
}

func TestAnotherCountryIsAssessedAnewWhereTheCaseIs(t *testing.T) {
	for name, reach := range map[string]func(*tester) *tester{
		"while scope is discussed": func(r *tester) *tester {
			r.does(officer, casework.AssessEligibility, casework.Eligible, values{"country": "NA"})
			return r
		},
		"while the letter is awaited": (*tester).toFormalRequest,
		"in support design":           (*tester).toSupportDesign,
		"in implementation":           func(r *tester) *tester { return r.toImplementation("leila") },
	} {
		t.Run(name, func(t *testing.T) {
			r := reach(aRequest(t))
			phase, waits := r.s.Phase, r.kinds()
			r.corrects("NA")
			if r.open(casework.AssessEligibility) != nil {
				t.Error("the same country is assessed again")
			}
			r.corrects("ZM")
			r.corrects("MZ")
			if n := r.count(casework.AssessEligibility); n != 1 || r.s.Country != "MZ" {
				t.Fatalf("%d assessments of %s", n, r.s.Country)
			}
			r.does(officer2, casework.AssessEligibility, casework.Eligible, values{"country": "MZ"})
			if r.s.Phase != phase || r.kinds() != waits || r.s.Dossier.Officer != officer {
				t.Errorf("in %s with %s of %s, want %s with %s", r.s.Phase, r.kinds(), r.s.Dossier.Officer, phase, waits)
			}
			r.corrects("DE")
			r.does(officer2, casework.AssessEligibility, casework.NotEligibleOut)
			r.ended(casework.NotEligible)
			if r.mails("answer") != 1 {
				t.Errorf("%d answers to the government", r.mails("answer"))
			}
		})
	}
}

func (r *tester) count(k casework.TaskKind) (n int) {
	for _, t := range r.s.Tasks {
		if t.Kind == k {
			n++
		}
	}
	return n
}

func TestNoApprovalGoesOutForACountryThatNobodyAssessed(t *testing.T) {
	r := aRequest(t).toAgreement()
	r.does(officer, casework.DraftApproval, casework.Ready)
	r.corrects("ZM")
	if refusal := r.tries(head, casework.SignApproval, casework.Sign); refusal == nil || refusal.Rule != casework.RuleNotAssessed {
		t.Fatalf("signing was refused with %+v", refusal)
	}
	r.does(officer, casework.AssessEligibility, casework.Eligible, values{"country": "ZM"})
	r.does(head, casework.SignApproval, casework.Sign)
	r.phase(casework.SupportDesign)
}

func TestABoardsVoteIsTheHeadsToExtend(t *testing.T) {
	if (casework.Task{Kind: casework.CastVote, Clock: casework.Clock{Due: began}}).Movable() {
		t.Error("a vote's deadline can be moved")
	}
}

package workflows

import (
	"slices"
	"testing"
	"time"

	"connex/casework"
)

func TestAHighRatingIsCounterSigned(t *testing.T) {
	r := aRequest(t).toDueDiligence()
	for i, check := range casework.Checks {
		rating := casework.Low
		if i == 2 {
			rating = casework.High
		}
		r.does(reviewer, check, casework.WithConditions, values{"rating": rating})
	}
	r.waits(casework.CounterSignRating)
	if refusal := r.tries(officer, casework.CounterSignRating, casework.Agree); refusal == nil || refusal.Rule != casework.RuleDuties {
		t.Fatalf("the request's case officer counter-signed: %v", refusal)
	}
	r.does(head, casework.CounterSignRating, casework.Return)
	r.waits(casework.CheckConflict)
	r.does("reviewer2", casework.CheckConflict, casework.WithConditions, values{"rating": casework.High})
	r.does(head, casework.CounterSignRating, casework.Agree)
	r.waits(casework.ConcludeDueDiligence)
	if r.s.Risk != casework.High {
		t.Errorf("the highest rating is %q", r.s.Risk)
	}
}

func TestWhoCounterSignedDoesNotConclude(t *testing.T) {
	r := aRequest(t).toDueDiligence()
	for _, check := range casework.Checks {
		r.does(reviewer, check, casework.WithConditions, values{"rating": casework.High})
	}
	for range casework.Checks {
		r.does(head, casework.CounterSignRating, casework.Agree)
	}
	task := *r.open(casework.ConcludeDueDiligence)
	r.decidesAs(head, casework.CaseOfficer, casework.Reassign, task, values{"to": head}, t)
	r.does("contact", casework.AskUs, casework.Asked)
	r.decidesAs(head, casework.Head, casework.Reassign, *r.open(casework.AnswerGovernment), values{"to": head}, t)
	if r.s.Dossier.Officer == head {
		t.Error("the request went to a head who counter-signed one of its ratings and would have to conclude")
	}
	r.does(officer, casework.ConcludeDueDiligence, casework.Recommend)
	d := casework.Decision{Action: "afterwards", Task: r.open(casework.AnswerGovernment).ID, Kind: casework.Reassign, Outcome: casework.ReassignOut,
		Actor: head, Role: casework.Head, At: r.now, Carried: casework.Values{"to": string(head)}}
	if refusal := r.tell(event{decision: &d}); refusal != nil {
		t.Errorf("concluded, the request can go to that head: %s", refusal.Why.ID)
	}
}

// decidesAs sends a hand-over, which must be refused.
func (r *tester) decidesAs(who casework.PersonID, role casework.Role, kind casework.TaskKind, task casework.Task, v values, t *testing.T) {
	t.Helper()
	d := casework.Decision{Action: casework.ActionID("handover-" + string(task.ID)), Task: task.ID, Kind: kind, Outcome: casework.Outcome(kind),
		Actor: who, Role: role, At: r.now, Carried: casework.Values{"to": string(v["to"].(casework.PersonID))}}
	if refusal := r.tell(event{decision: &d}); refusal == nil {
		t.Error("the hand-over was not refused")
	}
}

func TestTheGovernmentIsAskedForMore(t *testing.T) {
	r := aRequest(t).toDueDiligence()
	for _, check := range casework.Checks {
		r.does(reviewer, check, casework.Proceed, values{"rating": casework.Low})
	}
	r.days(1)
	left := r.open(casework.ConcludeDueDiligence).Clock.Due.Sub(r.now)
	r.does(officer, casework.ConcludeDueDiligence, casework.AskGovernment)
	r.waits(casework.ProvideInformation)
	r.days(15)
	r.does("contact", casework.ProvideInformation, casework.CannotProvide)
	r.waits(casework.ConcludeDueDiligence)
	if got := r.open(casework.ConcludeDueDiligence).Clock.Due.Sub(r.now); got != left {
		t.Errorf("the task opened again with %s, it had %s left", got, left)
	}
	r.does(officer, casework.ConcludeDueDiligence, casework.AdviseAgainst)
	r.phase(casework.GovernanceDecision)
}

func TestRoundsOfTheBoard(t *testing.T) {
	approve, decline, deferred := casework.Approve, casework.Decline, casework.Defer
	t.Run("whoever checked does not vote", func(t *testing.T) {
		r := aRequest(t)
		r.board = append(r.board, reviewer)
		r.toBoard()
		r.waits(casework.CastVote, casework.CastVote, casework.CastVote)
		if r.happened("recused") != 1 {
			t.Errorf("the trail does not say who is recused: %v", r.trail())
		}
	})
	t.Run("unanimity for a high rating", func(t *testing.T) {
		r := aRequest(t).toBoard(casework.High)
		r.votes(approve, approve)
		r.waits(casework.CastVote)
		r.does("board3", casework.CastVote, decline)
		r.waits(casework.CastVote, casework.CastVote, casework.CastVote) // a second round
		r.votes(approve, approve, casework.ApproveCond)
		r.phase(casework.Agreement)
	})
	t.Run("deferred twice, then no more", func(t *testing.T) {
		r := aRequest(t).toBoard()
		for range 2 {
			r.votes(approve, deferred, decline)
			r.waits(casework.AnswerBoard)
			r.does(officer, casework.AnswerBoard, casework.Answered)
		}
		if refusal := r.tries("board1", casework.CastVote, deferred); refusal == nil || refusal.Rule != casework.RuleNotOffered {
			t.Errorf("a third deferral: %v", refusal)
		}
		r.votes(decline, decline)
		r.waits(casework.DraftDeclining)
	})
	t.Run("undecided twice is declined", func(t *testing.T) {
		r := aRequest(t)
		r.board = []casework.PersonID{"board1", "board2"}
		r.toBoard()
		r.votes(approve, decline)
		r.votes(approve, decline)
		r.waits(casework.DraftDeclining)
		if r.happened("round-decided neither") != 1 || r.happened("round-decided declined") != 1 {
			t.Errorf("the trail tells it so: %v", r.trail())
		}
	})
	t.Run("recused after voting", func(t *testing.T) {
		r := aRequest(t).toBoard()
		r.does("board1", casework.CastVote, approve)
		r.does("board1", casework.DeclareConflict, casework.DeclareConfOut)
		r.waits(casework.CastVote, casework.CastVote)
		r.does("board2", casework.CastVote, decline)
		r.does("board3", casework.CastVote, decline)
		r.waits(casework.DraftDeclining)
	})
	t.Run("who steps aside by vote is in conflict for everybody", func(t *testing.T) {
		r := aRequest(t)
		r.board = []casework.PersonID{officer, "board2", "board3"}
		r.toBoard()
		r.does(officer, casework.CastVote, casework.Recuse)
		last := r.all[len(r.all)-1].Request
		if !slices.Equal(last.Conflicts, []casework.PersonID{officer}) || !slices.Equal(last.Recused, []casework.PersonID{officer}) {
			t.Errorf("the rows learn of the conflicts %v and the recused %v", last.Conflicts, last.Recused)
		}
		if r.mails("conflict") != 1 {
			t.Error("the case officer is in conflict, and no head is told")
		}
	})
}

func TestTheHeadSettlesWhatARoundCannotDecide(t *testing.T) {
	t.Run("nobody left", func(t *testing.T) {
		r := aRequest(t).toBoard()
		r.does("board1", casework.CastVote, casework.Recuse)
		r.does("board2", casework.CastVote, casework.Recuse)
		r.waits(casework.CastVote, casework.SettleVote)
		if refusal := r.tries(head, casework.SettleVote, casework.NewRound); refusal == nil || refusal.Rule != casework.RuleNobodyToDecide {
			t.Fatalf("a new round of one member: %v", refusal)
		}
		r.board = append(r.board, "board4")
		r.does(head, casework.SettleVote, casework.NewRound)
		r.waits(casework.CastVote, casework.CastVote)
		r.does("board3", casework.CastVote, casework.Approve)
		r.does("board4", casework.CastVote, casework.Approve)
		r.phase(casework.Agreement)
	})
	t.Run("undecided a week after its due date", func(t *testing.T) {
		r := aRequest(t).toBoard()
		r.does("board1", casework.CastVote, casework.Approve)
		r.days(20)
		if r.open(casework.SettleVote) != nil {
			t.Fatal("the head is asked before the week is over")
		}
		r.days(3)
		r.waits(casework.CastVote, casework.CastVote, casework.SettleVote)
		r.does(head, casework.SettleVote, casework.Extend, values{"until": r.date(10)})
		r.waits(casework.CastVote, casework.CastVote)
		r.days(11)
		r.waits(casework.CastVote, casework.CastVote, casework.SettleVote)
		r.does(head, casework.SettleVote, casework.Excuse, values{"member": "board3"})
		r.waits(casework.CastVote, casework.SettleVote)
		r.does("board2", casework.CastVote, casework.Approve)
		r.phase(casework.Agreement)
	})
	t.Run("reminded at 7, 12 and 14 days", func(t *testing.T) {
		r := aRequest(t).toBoard()
		var on []int
		for day, seen := 1, 0; day < 30; day++ {
			r.days(1)
			if r.mails("reminder") > seen {
				seen = r.mails("reminder")
				on = append(on, int(r.now.Sub(began)/(24*time.Hour)))
			}
		}
		if len(on) < 3 {
			t.Errorf("reminded on days %v", on)
		}
	})
}

package workflows

import (
	"fmt"
	"testing"
	"time"

	"connex/casework"
)

// The verbs that bring a request to a phase.

func (r *tester) toFormalRequest() *tester {
	r.t.Helper()
	r.does(officer, casework.AssessEligibility, casework.Eligible, values{"country": "NA"})
	r.does(officer, casework.DiscussScope, casework.Proceed)
	r.phase(casework.FormalRequest)
	return r
}

func (r *tester) toDueDiligence() *tester {
	r.t.Helper()
	r.toFormalRequest()
	r.does(officer, casework.PrepareRequestLetter, casework.Send)
	r.does("contact", casework.SubmitRequestLetter, casework.Submitted)
	r.phase(casework.DueDiligence)
	return r
}

func (r *tester) toBoard(ratings ...casework.Rating) *tester {
	r.t.Helper()
	r.toDueDiligence()
	for i, check := range casework.Checks {
		rating := casework.Low
		if i < len(ratings) {
			rating = ratings[i]
		}
		outcome := casework.Proceed
		if rating == casework.High {
			outcome = casework.WithConditions
		}
		r.does(reviewer, check, outcome, values{"rating": rating})
	}
	for r.open(casework.CounterSignRating) != nil {
		r.does(head, casework.CounterSignRating, casework.Agree)
	}
	r.does(officer, casework.ConcludeDueDiligence, casework.Recommend)
	r.phase(casework.GovernanceDecision)
	return r
}

func (r *tester) toAgreement() *tester {
	r.t.Helper()
	r.toBoard()
	r.votes(casework.Approve, casework.Approve)
	r.phase(casework.Agreement)
	return r
}

// votes lets the board's members vote in their order.
func (r *tester) votes(votes ...casework.Outcome) {
	r.t.Helper()
	for i, v := range votes {
		r.does(r.board[i], casework.CastVote, v)
	}
}

func (r *tester) toSupportDesign() *tester {
	r.t.Helper()
	r.toAgreement()
	r.does(officer, casework.DraftApproval, casework.Ready)
	r.does(head, casework.SignApproval, casework.Sign)
	r.phase(casework.SupportDesign)
	return r
}

// aPlan is a proposal of one activity for each expert, from the tenth to the fortieth day.
func (r *tester) aPlan(mission bool, experts ...string) values {
	plans := []casework.ActivityPlan{}
	for _, e := range experts {
		plans = append(plans, casework.ActivityPlan{Form: "advice", Stage: "during", Experts: []casework.PersonID{casework.PersonID(e)},
			Start: r.date(10), End: r.date(40), CheckInEveryDays: 7})
	}
	return values{"experts": experts, "activities": plans, "scopingMission": mission}
}

// binds lets an expert sign the Code and declare no interests.
func (r *tester) binds(experts ...casework.PersonID) {
	r.t.Helper()
	for _, e := range experts {
		if r.open(casework.SignCodeOfConduct, string(e)) != nil {
			r.does(e, casework.SignCodeOfConduct, casework.Sign, values{"version": "1"})
		}
		if r.open(casework.DeclareInterests, string(e)) != nil {
			r.does(e, casework.DeclareInterests, casework.NoInterests)
		}
	}
}

func (r *tester) toMission() *tester {
	r.t.Helper()
	r.toSupportDesign()
	r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(true, "leila", "tomas"))
	r.binds("leila", "tomas")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.phase(casework.ScopingMission)
	return r
}

func (r *tester) toImplementation(experts ...string) *tester {
	r.t.Helper()
	r.toSupportDesign()
	r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, experts...))
	for _, e := range experts {
		r.binds(casework.PersonID(e))
	}
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.phase(casework.Implementation)
	return r
}

// aLongActivity runs with leila alone, for so many days; somebody signed the Code before the request began.
func aLongActivity(t *testing.T, signer casework.PersonID, signed time.Time, days int) *tester {
	t.Helper()
	r := aRequest(t)
	r.codes[signer] = casework.CodeSignature{Version: "1", SignedAt: signed}
	r.toSupportDesign()
	plan := r.aPlan(false, "leila")
	plan["activities"].([]casework.ActivityPlan)[0].End = r.date(days)
	r.does(officer, casework.ProposeSupport, casework.Propose, plan)
	r.binds("leila")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	return r
}

// evaluated lets an activity that has ended be evaluated by everybody.
func (r *tester) evaluated(n int) {
	r.t.Helper()
	part := r.parts[n]
	part.does("contact", casework.EvaluateSupport, casework.Answered)
	for part.open(casework.SelfAssess) != nil {
		part.does(part.open(casework.SelfAssess).Holder, casework.SelfAssess, casework.Answered)
	}
	part.does("evaluator", casework.WriteEvaluation, casework.Written)
}

func (r *tester) toClosing() *tester {
	r.t.Helper()
	r.toImplementation("leila")
	r.days(41)
	r.parts[1].does(officer, casework.EndActivity, casework.Completed)
	r.evaluated(1)
	r.does(officer, casework.EndImplementation, casework.EndOut)
	r.phase(casework.Closing)
	return r
}

func TestARequestTravelsFromFirstInterestToClosed(t *testing.T) {
	r := aRequest(t).toClosing()
	r.does("contact", casework.ClosingQuestionnaire, casework.Answered)
	r.does("evaluator", casework.ClosingEvaluation, casework.Written)
	r.does(head, casework.CloseRequest, casework.CloseOut)
	r.ended(casework.Closed)
	for _, what := range []string{"request-started", "phase-entered closing", "letters-exchanged", "activity-started", "activity-ended completed",
		"request-ended closed"} {
		if r.happened(what) != 1 {
			t.Errorf("%s happened %d times in %v", what, r.happened(what), r.trail())
		}
	}
	for _, template := range []string{"request-letter", "acknowledgement", "approval", "closing"} {
		if r.mails(template) != 1 {
			t.Errorf("%d mails %s", r.mails(template), template)
		}
	}
	if got := fmt.Sprint(r.letters("evaluation-report"), r.parts[1].letters("evaluation-report")); got != "[evaluation-report] [evaluation-report-1]" {
		t.Errorf("reports on the whole and on the activity: %s", got)
	}
}

// The evaluation of the whole is written without the government's answers, and is a report all the same; a run that was told
// without one gets it where it goes on.
func TestTheEvaluationOfTheWholeIsAReport(t *testing.T) {
	r := aRequest(t).toClosing()
	r.days(60)
	r.s.Edition = reportsOnTheWhole - 1
	r.does("evaluator", casework.ClosingEvaluation, casework.Written)
	if got := r.letters("evaluation-report"); len(got) > 0 {
		t.Errorf("told as it was: %v", got)
	}
	r.s.Edition = newest
	r.does(head, casework.CloseRequest, casework.CloseOut)
	if got := r.letters("evaluation-report"); len(got) != 1 || r.mails("evaluation-report") != 2 {
		t.Errorf("reports %v, %d mails to the officer", got, r.mails("evaluation-report"))
	}
}

// Withdrawn anywhere, a request ends at once, unless activities that began are still to be evaluated.
func TestWithdrawnInEveryPhase(t *testing.T) {
	for phase, to := range map[casework.Phase]func(*tester) *tester{
		casework.FirstInterest:      func(r *tester) *tester { return r },
		casework.FormalRequest:      (*tester).toFormalRequest,
		casework.DueDiligence:       (*tester).toDueDiligence,
		casework.GovernanceDecision: func(r *tester) *tester { return r.toBoard() },
		casework.Agreement:          (*tester).toAgreement,
		casework.SupportDesign:      (*tester).toSupportDesign,
		casework.ScopingMission:     (*tester).toMission,
		casework.Implementation:     func(r *tester) *tester { return r.toImplementation("leila") },
		casework.Closing:            (*tester).toClosing,
	} {
		t.Run(string(phase), func(t *testing.T) {
			r := to(aRequest(t))
			r.phase(phase)
			r.does("contact", casework.Withdraw, casework.WithdrawOut)
			r.ended(casework.Withdrawn)
			if r.mails("withdrawn") != 1 {
				t.Error("the withdrawal was not acknowledged in writing")
			}
		})
	}
}

func TestTheWayOutOfEveryPhase(t *testing.T) {
	for outcome, ending := range politely {
		t.Run(string(outcome), func(t *testing.T) {
			r := aRequest(t)
			r.does(officer, casework.AssessEligibility, outcome)
			r.ended(ending)
			if r.mails("answer") != 1 {
				t.Error("no polite answer went out")
			}
		})
	}
	t.Run("scope dropped", func(t *testing.T) {
		r := aRequest(t)
		r.does(officer, casework.AssessEligibility, casework.Eligible)
		r.does(officer, casework.DiscussScope, casework.Drop)
		r.ended(casework.NotPursued)
	})
	t.Run("letter not prepared", func(t *testing.T) {
		r := aRequest(t).toFormalRequest()
		r.does(officer, casework.PrepareRequestLetter, casework.Drop)
		r.ended(casework.NotPursued)
	})
	t.Run("only a question", func(t *testing.T) {
		r := aRequest(t, func(s *casework.RequestStart) { s.Question = true })
		r.waits(casework.AnswerEligibilityQuestion)
		r.does(officer, casework.AnswerEligibilityQuestion, casework.Answered)
		r.ended(casework.AnsweredEnd)
	})
	t.Run("declined", func(t *testing.T) {
		r := aRequest(t).toBoard()
		r.votes(casework.Decline, casework.Decline)
		r.does(officer, casework.DraftDeclining, casework.Ready)
		r.does(head, casework.SignDeclining, casework.Return)
		r.does(officer, casework.DraftDeclining, casework.Ready)
		r.does(head, casework.SignDeclining, casework.Sign)
		r.ended(casework.Declined)
		if r.mails("declining") != 1 || r.mails("approval") != 0 {
			t.Errorf("%d declining and %d approval letters", r.mails("declining"), r.mails("approval"))
		}
	})
	t.Run("void", func(t *testing.T) {
		r := aRequest(t).toImplementation("leila")
		r.does(head, casework.VoidRequest, casework.VoidOut)
		r.ended(casework.Void)
		if len(r.living()) > 0 {
			t.Error("an activity goes on after the request is void")
		}
	})
}

// A letter that never comes: reminders at 14, 30 and 60 days, the warning at 150, and at 180 the request lapses.
func TestALetterThatNeverComes(t *testing.T) {
	r := aRequest(t).toFormalRequest()
	r.does(officer, casework.PrepareRequestLetter, casework.Send)
	r.days(181)
	r.days(3) // a weekend
	r.ended(casework.Lapsed)
	if got := fmt.Sprint(r.mails("reminder"), r.mails("lapse-warning"), r.mails("lapsed")); got != "3 1 1" {
		t.Errorf("reminders, warnings and farewells: %s, want 3 1 1", got)
	}
}

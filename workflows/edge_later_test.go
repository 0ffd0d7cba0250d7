package workflows

import (
	"slices"
	"testing"
	"time"

	"connex/casework"
)

// Edge: an expert who comes by replacement is not watched
func TestNewExpertNotWatched(t *testing.T) {
	r := aLongActivity(t, "tomas", began.AddDate(-2, 0, 50), 300)
	r.days(12)
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "leila", "by": "tomas"})
	r.binds("tomas")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.days(200)
	if r.open(casework.SignCodeOfConduct) == nil && slices.Contains(r.parts[1].s.Support.Experts, "tomas") {
		t.Errorf("tomas works %s; his Code lapsed on %s; nobody asked him", casework.DateOf(r.now), r.s.codeUntil("tomas"))
	}
}

// Edge: board member declares a conflict before the round
func TestConflictBeforeRound(t *testing.T) {
	r := aRequest(t).toDueDiligence()
	r.does("board1", casework.DeclareConflict, casework.DeclareConfOut)
	for _, check := range casework.Checks {
		r.does(reviewer, check, casework.Proceed, values{"rating": casework.Low})
	}
	r.does(officer, casework.ConcludeDueDiligence, casework.Recommend)
	hidden := false
	for _, tr := range r.all {
		hidden = hidden || slices.Contains(tr.Request.Recused, "board1")
	}
	if !hidden {
		t.Errorf("the trail says recused (%d), the file is not hidden", r.happened("recused"))
	}
}

// Edge: expert back while an older replacement is pending
func TestBackWhilePending(t *testing.T) {
	r := aRequest(t)
	r.toSupportDesign()
	plan := r.aPlan(false, "leila")
	a := &plan["activities"].([]casework.ActivityPlan)[0]
	a.End, a.Experts = r.date(300), []casework.PersonID{"leila", "third"}
	r.does(officer, casework.ProposeSupport, casework.Propose, plan)
	r.binds("leila", "third")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.days(12)
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "leila", "by": "tomas"})
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "third", "by": "leila"})
	second := r.open(casework.AgreeSupport, "replace-2")
	if ref := r.decides("contact", *second, casework.Agree); ref != nil {
		t.Fatal(ref)
	}
	r.binds("tomas")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	if !slices.Equal(r.s.Activities[0].Experts, r.parts[1].s.Support.Experts) {
		t.Errorf("the request believes %v, the activity %v", r.s.Activities[0].Experts, r.parts[1].s.Support.Experts)
	}
}

// Edge: somebody who is being replaced already
func TestReplacedTwice(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.days(12)
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "leila", "by": "tomas"})
	if refusal := r.tries(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "leila", "by": "third"}); refusal == nil {
		t.Error("one expert is replaced by two")
	}
}

// Edge: replacement by oneself through propose-change
func TestReplacedByOneself(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.days(12)
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "leila", "by": "tomas"})
	r.does("contact", casework.AgreeSupport, casework.AskForChanges)
	form := casework.FormFor(casework.FormContext{Kind: casework.ProposeChange, Replacing: true, Experts: []casework.Option{{Value: "leila"}}})
	_, err := casework.Decode(casework.FormContext{Kind: casework.ProposeChange, Replacing: true}, form, casework.Values{"outcome": "propose", "by": "leila"})
	ref := r.tries(officer, casework.ProposeChange, casework.Propose, values{"by": "leila"})
	if err == nil && ref == nil {
		t.Error("propose-change lets leila replace leila")
	}
}

// Edge: a task that opens again with the days it had left is due at the very instant of the first one. The harness
// refuses two transitions of one name.
func TestClocksHaveNamesOfTheirOwn(t *testing.T) {
	r := aRequest(t).toDueDiligence()
	for _, check := range casework.Checks {
		r.does(reviewer, check, casework.Proceed, values{"rating": casework.Low})
	}
	r.passes(r.open(casework.ConcludeDueDiligence).Clock.Due.Add(-8 * time.Hour)) // reminded at nine, an hour ago
	r.does(officer, casework.ConcludeDueDiligence, casework.AskGovernment)
	r.passes(r.now.Add(time.Hour))
	r.does("contact", casework.ProvideInformation, casework.CannotProvide)
	r.passes(r.now.Add(time.Hour))
	if r.happened("reminder-sent conclude-due-diligence") != 2 {
		t.Errorf("reminded %d times", r.happened("reminder-sent conclude-due-diligence"))
	}
}

// Edge: what had four days left when the government was asked, and is answered on a Wednesday, is due on the Monday after.
func TestWhatIsPutOffIsDueOnAWorkday(t *testing.T) {
	for edition, want := range map[edition]string{newest: "2027-03-22 18:00", offRest - 1: "2027-03-21 18:00"} {
		r := aRequest(t).toDueDiligence()
		r.s.Edition = edition
		for _, check := range casework.Checks {
			r.does(reviewer, check, casework.Proceed, values{"rating": casework.Low})
		}
		r.passes(time.Date(2027, 3, 5, 9, 0, 0, 0, time.UTC))
		r.does(officer, casework.ConcludeDueDiligence, casework.AskGovernment)
		r.passes(time.Date(2027, 3, 17, 9, 0, 0, 0, time.UTC))
		r.does("contact", casework.ProvideInformation, casework.CannotProvide)
		if got := r.open(casework.ConcludeDueDiligence).Clock.Due.In(casework.Berlin).Format("2006-01-02 15:04"); got != want {
			t.Errorf("told in edition %d, due %s, want %s", edition, got, want)
		}
	}
}

// Edge: a mission is planned again for the same day, and again its team is not bound on the eve. The harness refuses two
// transitions of one name.
func TestAMissionPlannedForTheSameDayAgain(t *testing.T) {
	r := aRequest(t).toMission()
	same := values{"from": r.date(5), "to": r.date(8), "team": []string{"third"}}
	r.does(officer, casework.PlanMission, casework.PlanOut, same)
	for range 3 {
		r.days(5)
		r.waits(casework.PlanMission)
		r.does(officer, casework.PlanMission, casework.PlanOut, same)
	}
}

// Edge: the largest plans that a form takes, proposed again and again.
func TestTheStateStaysSmall(t *testing.T) {
	r := aRequest(t).toSupportDesign()
	var experts []casework.PersonID
	for i := range 10 {
		experts = append(experts, casework.PersonID("0f8fad5b-d9cb-469f-a165-70867728950"+string(rune('a'+i))))
	}
	plans := []casework.ActivityPlan{}
	for range 20 {
		plans = append(plans, casework.ActivityPlan{Form: "advice", Stage: "during", Experts: experts, Start: r.date(10), End: r.date(100)})
	}
	for range 10 {
		r.does(officer, casework.ProposeSupport, casework.Propose, values{"experts": experts, "activities": plans})
	}
	if n := len(mustJSON(r.s)); n > 64<<10 {
		t.Errorf("%d bytes", n)
	}
}

// Edge: withdrawn while suspended; the evaluation's clock stands until the head resumes.
func TestWithdrawnWhileSuspended(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.days(12)
	r.does(head, casework.Suspend, casework.SuspendOut)
	r.does("contact", casework.Withdraw, casework.WithdrawOut)
	r.days(400)
	r.phase(casework.Implementation)
	r.does(head, casework.Resume, casework.ResumeOut)
	r.days(60)
	r.parts[1].waits(casework.WriteEvaluation)
	r.parts[1].does("evaluator", casework.WriteEvaluation, casework.Written)
	r.ended(casework.Withdrawn)
}

// Edge: the mission took place while the request was suspended; its report is not overdue when it is asked for.
func TestAMissionReportAfterASuspension(t *testing.T) {
	for name, days := range map[string]int{"in time": 1, "suspended": 60} {
		r := aRequest(t).toMission()
		r.does(officer, casework.PlanMission, casework.PlanOut, values{"from": r.date(5), "to": r.date(8), "team": []string{"tomas"}})
		r.days(8)
		want := casework.NewClock(nil, casework.ReportMission, r.now).Due
		if days > 1 {
			r.does(head, casework.Suspend, casework.SuspendOut)
			r.days(days)
			r.does(head, casework.Resume, casework.ResumeOut)
			want = casework.NewClock(nil, casework.ReportMission, r.now).Due
		} else {
			r.days(days)
		}
		for _, who := range []string{"officer", "tomas"} {
			if due := r.open(casework.ReportMission, who).Clock.Due; !due.Equal(want) {
				t.Errorf("%s: %s's report is due %s, want %s", name, who, due, want)
			}
		}
	}
}

// Edge: the case officer's report on a mission has the clock of staff.
func TestWhoReportsOnAMission(t *testing.T) {
	r := aRequest(t).toMission()
	r.does(officer, casework.PlanMission, casework.PlanOut, values{"from": r.date(5), "to": r.date(8), "team": []string{"tomas"}})
	r.days(9)
	if got, want := len(r.open(casework.ReportMission, "officer").Rhythm()), len(r.open(casework.ReportMission, "tomas").Rhythm()); got != 4 || want != 4 {
		t.Errorf("%d and %d strikes", got, want)
	}
	if last := r.open(casework.ReportMission, "officer").Rhythm()[3]; !last.Working || last.Days != 10 {
		t.Errorf("the case officer's silence escalates after %d days", last.Days)
	}
}

// Edge: the head excuses and extends where nobody is left; no option is a dead end.
func TestSettlingAStuckRound(t *testing.T) {
	r := aRequest(t).toBoard()
	r.does("board1", casework.CastVote, casework.Recuse)
	r.does("board2", casework.CastVote, casework.Recuse)
	r.does(head, casework.SettleVote, casework.Excuse, values{"member": "board3"})
	r.does(head, casework.SettleVote, casework.Extend, values{"until": r.date(10)})
	r.does(head, casework.SettleVote, casework.Extend, values{"until": r.date(10)})
	r.waits(casework.SettleVote)
	r.board = append(r.board, "board4", "board5")
	r.does(head, casework.SettleVote, casework.NewRound)
	r.does("board4", casework.CastVote, casework.Approve)
	r.does("board5", casework.CastVote, casework.Approve)
	r.phase(casework.Agreement)
}

func TestCompletedEarly(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.days(11)
	if refusal := r.parts[1].tries(officer, casework.EndActivity, casework.Completed); refusal == nil {
		t.Error("ended a month early as completed, without a reason")
	}
}

func TestTheHeadIsToldWhenTheCaseOfficerIsInConflict(t *testing.T) {
	r := aRequest(t).toDueDiligence()
	r.does(officer, casework.DeclareConflict, casework.DeclareConfOut)
	if r.mails("conflict") != 1 {
		t.Error("the case officer has declared a conflict, keeps the request, and nobody is told")
	}
}

// Edge: new decision while grace reached: no yield
func TestStopByDecision(t *testing.T) {
	r := aLongActivity(t, "leila", began.AddDate(-2, 2, 0), 300)
	stops := r.s.codeUntil("leila").AddDate(0, 0, 30)
	r.passes(stops.Add(-time.Second))
	r.at(stops.Add(time.Second)) // the clock yielded, and looks again in two seconds
	r.does("contact", casework.AskUs, casework.Asked)
	last := r.all[len(r.all)-1]
	if len(last.Cancel) > 0 && len(last.YieldTo) == 0 {
		t.Errorf("%s stops the expert and cancels the signature that is on its way, without yielding", last.ID)
	}
}

// Edge: declined: reasons of those who declined
func TestDecliningReasons(t *testing.T) {
	r := aRequest(t).toBoard()
	r.votes(casework.Decline, casework.Decline)
	if n := len(r.open(casework.DraftDeclining).About); n < 2 {
		t.Errorf("the draft of the declining letter shows %d decisions: none of the votes that declined", n)
	}
}

// Edge: second question lost
func TestSecondQuestion(t *testing.T) {
	r := aRequest(t, func(s *casework.RequestStart) { s.Question = true })
	r.does("contact", casework.AskUs, casework.Asked)
	first := *r.open(casework.AnswerEligibilityQuestion, "first")
	r.decides(officer, first, casework.Answered)
	if r.s.Ending != "" {
		t.Error("the request ended with a question that nobody answered")
	}
}

// Edge: code lapse while suspended
func TestLapseWhileSuspended(t *testing.T) {
	r := aLongActivity(t, "leila", began.AddDate(-2, 2, 0), 400)
	r.days(12)
	r.does(head, casework.Suspend, casework.SuspendOut)
	r.days(200)
	r.does(head, casework.Resume, casework.ResumeOut)
	if r.happened("expert-stopped") > 0 {
		t.Errorf("stopped in the breath in which the request was resumed, never asked: %s", r.kinds())
	}
}

// Whoever refuses to sign the Code anew stops working like whoever does not answer.
func TestRenewalRefused(t *testing.T) {
	r := aLongActivity(t, "leila", began.AddDate(-2, 0, 20), 200)
	r.does("leila", casework.SignCodeOfConduct, casework.Refuse)
	r.days(20 + 29)
	if n := r.happened(casework.TrailExpertStopped); n != 0 {
		t.Errorf("stopped %d times before the 30 days are over", n)
	}
	r.days(5)
	if n := r.happened(casework.TrailExpertStopped); n != 1 {
		t.Errorf("stopped %d times, want once", n)
	}
	r.waits(casework.ReplaceExpert)
}

// Edge: replace-expert for who does not work here
func TestReplaceStranger(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	if ref := r.tries(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "nobody", "by": "tomas"}); ref == nil {
		t.Errorf("replaced somebody who does not work here: %v", r.trail()[len(r.trail())-3:])
	}
}

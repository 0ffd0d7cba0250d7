package workflows

import (
	"slices"
	"testing"
	"time"

	"connex/casework"
)

func aWork(r *tester, from, to int, experts ...string) values {
	return values{"form": "advice", "stage": "post", "experts": experts, "start": r.date(from), "end": r.date(to)}
}

// Edge: refused code, proposed again, signs -> stuck
func TestProposeAgainAfterRefusal(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.does(officer, casework.PlanActivity, casework.PlanOut, aWork(r, 5, 20, "tomas"))
	r.does("tomas", casework.SignCodeOfConduct, casework.Refuse)
	r.does(officer, casework.ProposeChange, casework.Propose, aWork(r, 6, 21, "tomas"))
	r.waits(casework.AgreeSupport, casework.SignCodeOfConduct, casework.DeclareInterests)
	r.binds("tomas")
	if r.open(casework.AgreeSupport) != nil {
		r.does("contact", casework.AgreeSupport, casework.Agree)
	}
	if len(r.parts) != 2 {
		t.Errorf("agreed and bound, but %d activities; waits: %q", len(r.parts), r.kinds())
	}
}

// Edge: dropped change comes back to life
func TestDroppedActivityBegins(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.does(officer, casework.PlanActivity, casework.PlanOut, aWork(r, 5, 20, "tomas"))
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.does("tomas", casework.DeclareInterests, casework.NoInterests)
	r.does("tomas", casework.SignCodeOfConduct, casework.Refuse)
	r.does(officer, casework.ProposeChange, casework.Drop)
	r.waits()
	r.does(officer, casework.PlanActivity, casework.PlanOut, aWork(r, 50, 90, "tomas"))
	r.does("tomas", casework.SignCodeOfConduct, casework.Sign, values{"version": "1"})
	if len(r.parts) != 1 {
		t.Errorf("a dropped activity began: %d activities", len(r.parts))
	}
}

// Edge: done plan-change opens a sign task after lapse
func TestDoneChangeAsksAgain(t *testing.T) {
	r := aRequest(t)
	r.codes["tomas"] = casework.CodeSignature{Version: "1", SignedAt: began.AddDate(-2, 2, 0)}
	r.toImplementation("leila")
	r.does(officer, casework.PlanActivity, casework.PlanOut, aWork(r, 0, 5, "tomas"))
	r.binds("tomas")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.days(6)
	r.parts[2].does(officer, casework.EndActivity, casework.Completed)
	r.evaluated(2)
	r.days(35)
	r.parts[1].does(officer, casework.EndActivity, casework.Completed)
	r.evaluated(1)
	r.waits(casework.EndImplementation)
	r.days(40)
	r.does("contact", casework.AskUs, casework.Asked)
	if r.open(casework.SignCodeOfConduct) != nil {
		t.Errorf("asks an expert whose activity is over: %s", r.kinds())
	}
}

// atWorkForLong lets the two begin an activity of 300 days, and a hundred of these pass.
func (r *tester) atWorkForLong(first, second casework.PersonID) {
	r.toSupportDesign()
	plan := r.aPlan(false, string(first), string(second))
	for i := range plan["activities"].([]casework.ActivityPlan) {
		plan["activities"].([]casework.ActivityPlan)[i].End = r.date(300)
	}
	r.does(officer, casework.ProposeSupport, casework.Propose, plan)
	r.binds(first, second)
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.days(100)
}

// Edge: two experts stopped at once
func TestTwoStopped(t *testing.T) {
	r := aRequest(t)
	for _, e := range []casework.PersonID{"leila", "tomas"} {
		r.codes[e] = casework.CodeSignature{Version: "1", SignedAt: began.AddDate(-2, 2, 0)}
	}
	r.atWorkForLong("leila", "tomas")
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "leila", "by": "third"})
	r.binds("third")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	if x := r.open(casework.ReplaceExpert); x == nil || x.Standing {
		t.Errorf("tomas was stopped as well, but nobody waits for a replacement: %q", r.kinds())
	}
	if n := r.happened("expert-stopped"); n != 2 {
		t.Errorf("two were stopped, the trail says %d", n)
	}
}

// Edge: the activity in which somebody is missed ends, and another goes on
func TestNobodyIsMissedAnyMore(t *testing.T) {
	r := aRequest(t)
	r.codes["leila"] = casework.CodeSignature{Version: "1", SignedAt: began.AddDate(-2, 2, 0)}
	r.atWorkForLong("leila", "tomas")
	if waits := r.open(casework.ReplaceExpert); waits == nil || waits.Standing || waits.Subject != "leila" {
		t.Fatalf("nobody is asked to replace leila: %+v", waits)
	}
	r.parts[1].does(officer, casework.EndActivity, casework.EndedEarly)
	if stands := r.open(casework.ReplaceExpert); stands == nil || !stands.Standing || len(stands.Rhythm()) > 0 {
		t.Errorf("leila's activity has ended, and somebody is still to replace her: %+v", stands)
	}
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "tomas", "by": "third"})
}

// Edge: reassign loses conflicts in activities
func TestReassignLosesConflicts(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.days(18)
	part := r.parts[1]
	r.does("evaluator", casework.DeclareConflict, casework.DeclareConfOut)
	task := *part.open(casework.CheckIn)
	d := casework.Decision{Action: "handover", Task: task.ID, Kind: casework.Reassign, Outcome: casework.ReassignOut, Actor: head, Role: casework.Head, At: r.now,
		Carried: casework.Values{"to": string(officer2)}}
	_ = d
	// reassign a task of the request itself
	r.does("contact", casework.AskUs, casework.Asked)
	q := *r.open(casework.AnswerGovernment)
	d.Task = q.ID
	if ref := r.tell(event{decision: &d}); ref != nil {
		t.Fatal(ref.Why.ID)
	}
	part.does(officer2, casework.EndActivity, casework.EndedEarly)
	part.does("contact", casework.EvaluateSupport, casework.Answered)
	part.does("leila", casework.SelfAssess, casework.Answered)
	if ref := part.tries("evaluator", casework.WriteEvaluation, casework.Written); ref == nil {
		t.Error("an evaluator who declared a conflict wrote the evaluation")
	}
}

// Edge: held: nobody left in planned activity
func TestPlannedWithNobody(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "leila", "by": "tomas"})
	r.does("contact", casework.AgreeSupport, casework.AskForChanges)
	r.does(officer, casework.ProposeChange, casework.Drop)
	r.days(400)
	if r.kinds() == "" && r.parts[1].kinds() == "" {
		t.Error("nobody left in a planned activity: nothing waits for anybody, for ever")
	}
	if r.parts[1].open(casework.EndActivity) == nil {
		t.Error("no end-activity")
	}
}

// Edge: sign task of a replaced expert stays
func TestSignTaskOfReplaced(t *testing.T) {
	r := aLongActivity(t, "leila", began.AddDate(-2, 2, 0), 300)
	r.days(40)
	r.waits(casework.SignCodeOfConduct)
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "leila", "by": "tomas"})
	r.binds("tomas")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	if x := r.open(casework.SignCodeOfConduct); x != nil {
		t.Errorf("leila no longer works here, but is still asked: %s", x.Key)
	}
}

// Edge: mission long: unsigned stops at once at implementation w/o ask; even if signed elsewhere
func TestStoppedWithoutBeingAsked(t *testing.T) {
	for _, elsewhere := range []bool{false, true} {
		r := aRequest(t)
		r.codes["leila"] = casework.CodeSignature{Version: "1", SignedAt: began.AddDate(-2, 0, 20)}
		r.codes["tomas"] = casework.CodeSignature{Version: "1", SignedAt: began.AddDate(0, -1, 0)}
		r.toMission()
		r.does(officer, casework.PlanMission, casework.PlanOut, values{"from": r.date(80), "to": r.date(85), "team": []string{"tomas"}})
		r.days(60)
		if elsewhere {
			r.codes["leila"] = casework.CodeSignature{Version: "1", SignedAt: r.now}
		}
		r.days(30)
		r.does("tomas", casework.ReportMission, casework.Reported)
		r.does(officer, casework.ReviseSupport, casework.Keep)
		if n := r.happened("expert-stopped"); n != 0 {
			last := r.all[len(r.all)-1]
			t.Errorf("signed elsewhere %v: stopped in the very transition %s that would ask: %d entries; waits %s", elsewhere, last.ID, n, r.kinds())
		}
	}
}

// Edge: mission member lapses before from
func TestMissionLapse(t *testing.T) {
	r := aRequest(t)
	r.codes["tomas"] = casework.CodeSignature{Version: "1", SignedAt: began.AddDate(-2, 0, 40)}
	r.toMission()
	r.does(officer, casework.PlanMission, casework.PlanOut, values{"from": r.date(80), "to": r.date(85), "team": []string{"tomas"}})
	r.days(81)
	if r.open(casework.PlanMission) == nil {
		t.Errorf("tomas travels although the Code lapsed on %s; phase %s waits %q", r.s.codeUntil("tomas"), r.s.Phase, r.kinds())
	}
}

// Edge: signed in another case between weekly reviews
func TestSignedElsewhereBetweenReviews(t *testing.T) {
	r := aLongActivity(t, "leila", began.AddDate(-2, 2, 0), 300)
	stops := r.s.codeUntil("leila").AddDate(0, 0, 30)
	r.passes(stops.Add(-time.Hour))
	r.codes["leila"] = casework.CodeSignature{Version: "1", SignedAt: r.now}
	r.days(2)
	if r.happened("expert-stopped") > 0 {
		t.Errorf("leila signed in another case, and was stopped here; looked up last %s, stop %s", r.s.CodesAt, stops)
	}
}

// Edge: pending signature loses against another decision / mission's day
func TestNoYield(t *testing.T) {
	r := aRequest(t).toMission()
	r.does(officer, casework.PlanMission, casework.PlanOut, values{"from": r.date(5), "to": r.date(8), "team": []string{"third"}})
	sign := r.open(casework.SignCodeOfConduct).ID
	r.days(5)
	for _, tr := range r.all {
		if slices.Contains(tr.Cancel, sign) && !slices.Contains(tr.YieldTo, sign) {
			t.Errorf("%s cancels the expert's signature without yielding to it", tr.ID)
		}
	}
}

// Edge: rejoining expert is never asked for a report again
func TestRejoin(t *testing.T) {
	r := aRequest(t)
	r.toSupportDesign()
	plan := r.aPlan(false, "leila")
	plan["activities"].([]casework.ActivityPlan)[0].End = r.date(300)
	r.does(officer, casework.ProposeSupport, casework.Propose, plan)
	r.binds("leila")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.days(18)
	part := r.parts[1]
	part.waits(casework.CheckIn, casework.ReportActivity)
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "leila", "by": "tomas"})
	r.binds("tomas")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.days(10)
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "tomas", "by": "leila"})
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.days(60)
	if part.open(casework.ReportActivity, "leila") == nil {
		t.Error("leila works again but is never asked for a report")
	}
}

// Edge: a word that an expert stopped, arriving after the end.
func TestStoppedAfterEnd(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.days(12)
	part := r.parts[1]
	part.does(officer, casework.EndActivity, casework.EndedEarly)
	w := casework.Word{ID: "x", What: casework.WordStopped, Expert: "leila", At: r.now}
	part.tell(event{word: &w})
	part.waits(casework.EvaluateSupport, casework.SelfAssess)
	r.evaluated(1)
	if !part.s.Support.Done || len(part.s.Tasks) > 0 {
		t.Errorf("the activity leaves open: %s", part.kinds())
	}
}

// Edge: suspended: time left
func TestSuspendLeft(t *testing.T) {
	r := aRequest(t).toDueDiligence()
	for _, check := range casework.Checks {
		r.does(reviewer, check, casework.Proceed, values{"rating": casework.Low})
	}
	r.days(1)
	left := r.open(casework.ConcludeDueDiligence).Clock.Due.Sub(r.now)
	r.does(head, casework.Suspend, casework.SuspendOut)
	r.days(100)
	r.does(officer, casework.ConcludeDueDiligence, casework.AskGovernment)
	r.does(head, casework.Resume, casework.ResumeOut)
	r.does("contact", casework.ProvideInformation, casework.CannotProvide)
	if got := r.open(casework.ConcludeDueDiligence).Clock.Due.Sub(r.now); got != left {
		t.Errorf("opened again with %s, it had %s left when the clocks stopped", got, left)
	}
}

// Edge: suspended: woken
func TestSuspendWoken(t *testing.T) {
	r := aRequest(t).toSupportDesign()
	r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "tomas"))
	r.days(1)
	r.does(head, casework.Suspend, casework.SuspendOut)
	r.days(99)
	r.does("contact", casework.AgreeSupport, casework.AskForChanges)
	due := r.open(casework.ProposeSupport).Clock.Due
	r.days(1)
	r.does(head, casework.Resume, casework.ResumeOut)
	if got := r.open(casework.ProposeSupport).Clock.Due.Sub(due); got > 2*24*time.Hour {
		t.Errorf("it began to wait a day before the resuming, and its clock was moved by %s", got)
	}
}

// Edge: suspended: round opened
func TestSuspendRound(t *testing.T) {
	r := aRequest(t).toDueDiligence()
	for _, check := range casework.Checks {
		r.does(reviewer, check, casework.Proceed, values{"rating": casework.Low})
	}
	r.does(head, casework.Suspend, casework.SuspendOut)
	r.days(90)
	r.does(officer, casework.ConcludeDueDiligence, casework.Recommend)
	r.days(2)
	r.does(head, casework.Resume, casework.ResumeOut)
	due := r.open(casework.CastVote).Clock.Due
	if got := r.s.Rounds[0].SettleAt.Sub(due); got > 8*24*time.Hour {
		t.Errorf("the head is asked %s after the votes' due date", got)
	}
}

// Edge: both renew & held for the same expert
func TestTwoSignTasks(t *testing.T) {
	r := aRequest(t)
	r.codes["leila"] = casework.CodeSignature{Version: "1", SignedAt: began.AddDate(-2, 0, 20)}
	r.toSupportDesign()
	plan := r.aPlan(false, "leila", "leila")
	acts := plan["activities"].([]casework.ActivityPlan)
	acts[0].Start, acts[0].End = r.date(1), r.date(300)
	acts[1].Start, acts[1].End = r.date(25), r.date(300)
	r.does(officer, casework.ProposeSupport, casework.Propose, plan)
	r.binds("leila")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.days(27)
	asked := 0
	for _, task := range r.s.Tasks {
		if task.Kind == casework.SignCodeOfConduct {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("%d tasks ask for one signature: %s", asked, r.kinds())
	}
	r.does("leila", casework.SignCodeOfConduct, casework.Sign, values{"version": "1"})
	if r.open(casework.SignCodeOfConduct) != nil {
		t.Error("signed, and still asked to sign")
	}
}

// Edge: two activities are held, each by somebody else
func TestBothWhoHoldAnActivityAreAsked(t *testing.T) {
	r := aRequest(t).toImplementation("leila", "tomas")
	for i, expert := range []casework.PersonID{"leila", "tomas"} {
		r.tell(event{word: &casework.Word{ID: nth(i), What: casework.WordHeld, Activity: i + 1, Experts: []casework.PersonID{expert}}})
	}
	if want := []casework.PersonID{"leila", "tomas"}; !slices.Equal(r.s.Held, want) {
		t.Errorf("held by %v, want %v", r.s.Held, want)
	}
}

// Edge: reassign in phase with no officer task
func TestReassignImpossible(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	for _, task := range r.s.Tasks {
		d := casework.Decision{Action: casework.ActionID("h" + string(task.ID)), Task: task.ID, Kind: casework.Reassign, Outcome: casework.ReassignOut, Actor: head, Role: casework.Head, At: r.now,
			Carried: casework.Values{"to": string(officer2)}}
		if ref := r.tell(event{decision: &d}); ref == nil {
			return
		}
	}
	t.Error("no task of the request can be reassigned, so it keeps its case officer")
}

// Edge: taken by somebody who then declares a conflict
func TestTakenThenConflict(t *testing.T) {
	r := aRequest(t).toDueDiligence()
	task := *r.open(casework.CheckIntegrity)
	d := casework.Decision{Action: "take", Task: task.ID, Kind: casework.Take, Outcome: casework.TakeOut, Actor: "reviewer2", Role: casework.Reviewer, At: r.now}
	if ref := r.tell(event{decision: &d}); ref != nil {
		t.Fatal(ref)
	}
	r.does("reviewer2", casework.DeclareConflict, casework.DeclareConfOut)
	if ref := r.decides(reviewer, *r.open(casework.CheckIntegrity), casework.Proceed, values{"rating": casework.Low}); ref != nil {
		t.Errorf("nobody can do it: %s", ref.Why.ID)
	}
}

// Edge: mission plan w/o activities proposed in phase 7
func TestMissionAgain(t *testing.T) {
	r := aRequest(t).toMission()
	r.does(officer, casework.PlanMission, casework.PlanOut, values{"from": r.date(5), "to": r.date(8), "team": []string{"tomas"}})
	r.days(9)
	r.does("tomas", casework.ReportMission, casework.Reported)
	r.does(officer, casework.ReviseSupport, casework.Change, r.aPlan(false, "leila"))
	r.does("contact", casework.AgreeSupport, casework.AskForChanges)
	again := values{"experts": []string{"leila"}, "activities": []casework.ActivityPlan{}, "scopingMission": true}
	if refusal := r.tries(officer, casework.ProposeSupport, casework.Propose, again); refusal == nil {
		t.Error("a plan of a mission and nothing else was taken after the mission")
	}
}

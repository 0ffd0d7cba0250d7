package workflows

import (
	"slices"
	"testing"
	"time"

	"connex/casework"
)

func TestChangesAskedForLeadToANewProposal(t *testing.T) {
	r := aRequest(t).toSupportDesign()
	r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "tomas"))
	r.waits(casework.AgreeSupport, casework.SignCodeOfConduct, casework.DeclareInterests)
	r.does("contact", casework.AgreeSupport, casework.AskForChanges)
	r.waits(casework.ProposeSupport)
	r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "leila"))
	r.binds("leila")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.phase(casework.Implementation)
	if got := r.s.Activities[0].Experts; !slices.Equal(got, []casework.PersonID{"leila"}) {
		t.Errorf("works on it: %v", got)
	}
}

func TestMoreInformationOnAnExpert(t *testing.T) {
	r := aRequest(t).toSupportDesign()
	r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "tomas"))
	r.binds("tomas")
	r.days(20)
	r.does("contact", casework.AgreeSupport, casework.AskForInfo, values{"expert": "tomas"})
	r.waits(casework.InformOnExpert)
	r.does(officer, casework.InformOnExpert, casework.Informed)
	r.waits(casework.AgreeSupport)
	if got, want := r.open(casework.AgreeSupport).Clock.Due, casework.EndOfOffice(r.date(21)); got.Before(want) {
		t.Errorf("asked again until %s, want 21 days: %s", got, want)
	}
	if r.mails("information-on-expert") != 1 {
		t.Error("the information was not sent")
	}
}

func TestAnExpertWhoCannotBeHad(t *testing.T) {
	for name, refuses := range map[string]func(*tester){
		"refuses the Code": func(r *tester) { r.does("tomas", casework.SignCodeOfConduct, casework.Refuse) },
		"is in conflict": func(r *tester) {
			r.does("tomas", casework.DeclareInterests, casework.Disclose)
			r.does(head, casework.ReviewDisclosure, casework.Replace)
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := aRequest(t).toSupportDesign()
			r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "tomas"))
			refuses(r)
			r.waits(casework.ProposeSupport)
			r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "leila"))
			r.binds("leila")
			r.does("contact", casework.AgreeSupport, casework.Agree)
			r.phase(casework.Implementation)
		})
	}
	t.Run("disclosed and accepted", func(t *testing.T) {
		r := aRequest(t).toSupportDesign()
		r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "tomas"))
		r.does("tomas", casework.DeclareInterests, casework.Disclose)
		r.does(head, casework.ReviewDisclosure, casework.Accept)
		r.does("contact", casework.AgreeSupport, casework.Agree)
		r.waits(casework.SignCodeOfConduct) // nothing begins without
		r.does("tomas", casework.SignCodeOfConduct, casework.Sign, values{"version": "1"})
		r.phase(casework.Implementation)
	})
}

func TestANewProposalAtAnyTime(t *testing.T) {
	r := aRequest(t).toSupportDesign()
	r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "tomas"))
	if stands := r.open(casework.ProposeSupport); stands == nil || !stands.Standing {
		t.Fatal("the case officer cannot propose anew")
	}
	r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "leila"))
	r.waits(casework.AgreeSupport, casework.SignCodeOfConduct, casework.DeclareInterests)
	if r.open(casework.SignCodeOfConduct, "tomas") != nil {
		t.Error("the old proposal still asks its expert")
	}
}

// A new version of the Code is asked for within a day of everybody who works.
func TestANewVersionOfTheCodeIsNoticedAtOnce(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.days(2)
	r.code = casework.CodeVersion{Version: "2", Since: r.now}
	r.days(1)
	if r.open(casework.SignCodeOfConduct) == nil {
		t.Error("a day later, nobody is asked to sign the new version")
	}
	r.s.Edition = looksDaily - 1
	old, quick := (&story{state: r.s}).codeReviewDays(), &state{Edition: newest, Calendar: casework.Calendar{DayLength: time.Second}}
	if now := (&story{state: quick}).codeReviewDays(); old != 7 || now != 7 {
		t.Errorf("looked every %d days as told, and every %d where a day is a second", old, now)
	}
}

// A new version of the Code holds from the moment at which it is there: whoever signed the old one a moment before the work
// begins signs again, and the work waits.
func TestANewVersionOfTheCodeWhereWorkBegins(t *testing.T) {
	changes := func(r *tester) { r.code = casework.CodeVersion{Version: "2", Since: r.now} }
	signs := func(r *tester) { r.does("tomas", casework.SignCodeOfConduct, casework.Sign, values{"version": "2"}) }
	t.Run("a plan", func(t *testing.T) {
		r := aRequest(t).toSupportDesign()
		r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "tomas"))
		r.binds("tomas")
		changes(r)
		r.does("contact", casework.AgreeSupport, casework.Agree)
		r.phase(casework.SupportDesign)
		r.waits(casework.SignCodeOfConduct)
		signs(r)
		r.phase(casework.Implementation)
	})
	t.Run("an expert who joins", func(t *testing.T) {
		r := aRequest(t).toImplementation("leila")
		r.days(12)
		r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "leila", "by": "tomas"})
		r.binds("tomas")
		changes(r)
		r.does("contact", casework.AgreeSupport, casework.Agree)
		r.waits(casework.SignCodeOfConduct)
		if got := r.parts[1].s.Support.Experts; len(got) > 0 {
			t.Errorf("work without the Code that holds: %v", got)
		}
		signs(r)
		if got := r.parts[1].s.Support.Experts; !slices.Equal(got, []casework.PersonID{"tomas"}) {
			t.Errorf("signed, and these work: %v", got)
		}
	})
	t.Run("a mission", func(t *testing.T) {
		r := aRequest(t).toMission()
		r.does(officer, casework.PlanMission, casework.PlanOut, values{"from": r.date(5), "to": r.date(8), "team": []string{"tomas"}})
		r.days(2)
		changes(r)
		r.waits()
		r.days(2)
		r.waits(casework.PlanMission)
		r.does(officer, casework.PlanMission, casework.PlanOut, values{"from": r.date(5), "to": r.date(8), "team": []string{"tomas"}})
		r.waits(casework.SignCodeOfConduct)
		signs(r)
		r.days(9)
		r.waits(casework.ReportMission, casework.ReportMission)
	})
	t.Run("refused", func(t *testing.T) {
		r := aRequest(t).toSupportDesign()
		r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "tomas"))
		r.binds("tomas")
		changes(r)
		r.does("contact", casework.AgreeSupport, casework.Agree)
		r.does("tomas", casework.SignCodeOfConduct, casework.Refuse)
		r.waits(casework.ProposeSupport)
	})
}

func TestACodeSignedForAnotherCaseServesThisOne(t *testing.T) {
	r := aRequest(t)
	r.codes["leila"] = casework.CodeSignature{Version: "1", SignedAt: began.AddDate(-1, 0, 0)}
	r.toSupportDesign()
	r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "leila"))
	r.waits(casework.AgreeSupport, casework.DeclareInterests)
}

func TestTheScopingMission(t *testing.T) {
	r := aRequest(t).toMission()
	r.does(officer, casework.PlanMission, casework.PlanOut, values{"from": r.date(5), "to": r.date(8), "team": []string{"tomas"}})
	r.waits()
	if r.mails("invitation") != 2 {
		t.Errorf("%d invitations", r.mails("invitation"))
	}
	r.days(8)
	r.waits()
	r.days(1)
	r.waits(casework.ReportMission, casework.ReportMission)
	r.does("tomas", casework.ReportMission, casework.Reported)
	r.waits(casework.ReviseSupport)
	r.does(officer, casework.ReviseSupport, casework.Change, r.aPlan(false, "leila", "third"))
	r.binds("third")
	r.does("contact", casework.AgreeSupport, casework.AskForChanges)
	r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "leila"))
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.phase(casework.Implementation)
}

func TestAMissionWhoseTeamIsNotBound(t *testing.T) {
	r := aRequest(t).toMission()
	r.does(officer, casework.PlanMission, casework.PlanOut, values{"from": r.date(5), "to": r.date(8), "team": []string{"third"}})
	r.waits(casework.SignCodeOfConduct, casework.DeclareInterests)
	r.days(5)
	r.waits(casework.PlanMission)
	r.does(officer, casework.PlanMission, casework.Skip)
	r.phase(casework.Implementation)
	if r.mails("invitation") != 0 {
		t.Error("somebody was invited to a mission that did not take place")
	}
}

func TestAnActivityRuns(t *testing.T) {
	r := aRequest(t).toImplementation("leila", "tomas")
	part := r.parts[1]
	part.waits()
	part.does(officer, casework.StartActivity, casework.StartOut)
	r.days(7)
	part.waits(casework.CheckIn, casework.ReportActivity)
	r.days(30) // nothing piles up
	part.waits(casework.CheckIn, casework.ReportActivity)
	part.does(officer, casework.CheckIn, casework.OnTrack)
	part.does("leila", casework.ReportActivity, casework.Reported)
	part.waits()
	r.days(4)
	part.waits(casework.EndActivity)
	part.does(officer, casework.EndActivity, casework.Completed)
	part.waits(casework.EvaluateSupport, casework.SelfAssess)
	r.evaluated(1)
	r.waits()
	r.parts[2].does(officer, casework.EndActivity, casework.EndedEarly)
	r.evaluated(2)
	r.waits(casework.EndImplementation)
}

func TestAQuestionnaireThatIsNeverAnswered(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	part := r.parts[1]
	r.days(11)
	part.does(officer, casework.EndActivity, casework.EndedEarly)
	r.days(60)
	part.waits(casework.WriteEvaluation)
	if part.happened("given-up evaluate-support") != 1 || part.happened("given-up self-assess") != 1 {
		t.Errorf("the trail does not say what was given up: %v", part.trail())
	}
	part.does("evaluator", casework.WriteEvaluation, casework.Written)
	r.does(officer, casework.EndImplementation, casework.EndOut)
	r.days(60)
	r.waits(casework.ClosingEvaluation)
}

func TestAnExpertIsReplacedMidway(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	part := r.parts[1]
	r.days(18)
	part.waits(casework.CheckIn, casework.ReportActivity)
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "leila", "by": "tomas"})
	part.waits(casework.CheckIn)
	r.waits(casework.AgreeSupport, casework.SignCodeOfConduct, casework.DeclareInterests)
	r.binds("tomas")
	r.does("contact", casework.AgreeSupport, casework.AskForChanges)
	r.waits(casework.ProposeChange)
	r.does(officer, casework.ProposeChange, casework.Propose, values{"by": "third"})
	r.binds("third")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	r.waits()
	if got := part.s.Support.Experts; !slices.Equal(got, []casework.PersonID{"third"}) {
		t.Errorf("works on it: %v", got)
	}
	part.does(officer, casework.EndActivity, casework.EndedEarly)
	part.waits(casework.EvaluateSupport, casework.SelfAssess, casework.SelfAssess) // the replaced expert, too
}

func TestAReplacementIsOverWhenItsActivityEnds(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.days(12)
	r.does(officer, casework.ReplaceExpert, casework.Replace, values{"expert": "leila", "by": "tomas"})
	r.parts[1].does(officer, casework.EndActivity, casework.EndedEarly)
	r.waits()
	r.evaluated(1)
	r.waits(casework.EndImplementation)
}

func TestAnotherActivityNeedsTheGovernmentsAgreement(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.days(41)
	r.parts[1].does(officer, casework.EndActivity, casework.Completed)
	r.evaluated(1)
	r.waits(casework.EndImplementation)
	r.does(officer, casework.PlanActivity, casework.PlanOut, values{"form": "advice", "stage": "post", "experts": []string{"tomas"},
		"start": r.date(5), "end": r.date(20)})
	r.waits(casework.AgreeSupport, casework.SignCodeOfConduct, casework.DeclareInterests)
	r.does("tomas", casework.SignCodeOfConduct, casework.Refuse)
	r.waits(casework.ProposeChange)
	r.does(officer, casework.ProposeChange, casework.Drop)
	r.waits(casework.EndImplementation)
	r.does(officer, casework.PlanActivity, casework.PlanOut, values{"form": "advice", "stage": "post", "experts": []string{"leila"},
		"start": r.date(5), "end": r.date(20)})
	r.does("contact", casework.AgreeSupport, casework.Agree)
	if len(r.parts) != 2 || r.parts[2].s.Support.Number != 2 {
		t.Fatalf("%d activities", len(r.parts))
	}
}

func TestTheCodeLapsesWhileAnExpertWorks(t *testing.T) {
	r := aLongActivity(t, "leila", began.AddDate(-2, 2, 0), 300)
	r.days(40)
	r.waits(casework.SignCodeOfConduct)
	r.days(60)
	r.waits(casework.ReplaceExpert)
	if got := r.parts[1].s.Support.Experts; len(got) != 0 {
		t.Errorf("somebody works unsigned: %v", got)
	}
	if r.happened("expert-stopped") != 1 {
		t.Errorf("the trail does not say so: %v", r.trail())
	}
}

func TestAnActivityIsHeldUntilItsExpertSigned(t *testing.T) {
	r := aRequest(t)
	r.codes["leila"] = casework.CodeSignature{Version: "1", SignedAt: began.AddDate(-2, 0, 5)} // lapses before the start
	r.toSupportDesign()
	r.does(officer, casework.ProposeSupport, casework.Propose, r.aPlan(false, "leila"))
	r.binds("leila")
	r.does("contact", casework.AgreeSupport, casework.Agree)
	if refusal := r.parts[1].tries(officer, casework.StartActivity, casework.StartOut); refusal != nil {
		t.Logf("refused today: %s", refusal.Why.ID)
	}
	r.days(12)
	if r.parts[1].s.Support.State == casework.ActivityPlanned {
		r.waits(casework.SignCodeOfConduct)
		r.does("leila", casework.SignCodeOfConduct, casework.Sign, values{"version": "1"})
		if r.parts[1].s.Support.State != casework.ActivityRunning {
			t.Errorf("signed, but the activity is %s", r.parts[1].s.Support.State)
		}
	}
}

func TestWithdrawnWhileAnActivityRuns(t *testing.T) {
	r := aRequest(t).toImplementation("leila", "tomas")
	r.parts[1].does(officer, casework.StartActivity, casework.StartOut)
	r.does("contact", casework.Withdraw, casework.WithdrawOut)
	r.phase(casework.Implementation)
	r.parts[1].waits(casework.EvaluateSupport, casework.SelfAssess)
	r.evaluated(1)
	r.ended(casework.Withdrawn)
	if r.parts[2].happened("activity-cancelled withdrawn") != 1 {
		t.Errorf("the planned activity: %v", r.parts[2].trail())
	}
}

func TestSuspendingStopsAllClocks(t *testing.T) {
	r := aRequest(t).toImplementation("leila")
	r.days(18)
	part := r.parts[1]
	due := part.open(casework.CheckIn).Clock.Due
	r.does(head, casework.Suspend, casework.SuspendOut)
	sent := r.mails("reminder")
	r.days(100)
	if r.mails("reminder") != sent || r.mails("escalated") != 0 {
		t.Error("a clock struck while the request was suspended")
	}
	part.does(officer, casework.CheckIn, casework.OnTrack) // tasks can still be completed
	r.does(head, casework.Resume, casework.ResumeOut)
	if got := part.open(casework.ReportActivity).Clock.Due; !got.Equal(casework.OffRest(casework.ReportActivity, due.AddDate(0, 0, 100))) {
		t.Errorf("due %s, was %s: moved by %s", got, due, got.Sub(due))
	}
	part.waits(casework.ReportActivity, casework.EndActivity) // the end date was agreed with people: it stays, and is past
}

func TestTheGovernmentAsks(t *testing.T) {
	r := aRequest(t)
	r.does("contact", casework.AskUs, casework.Asked)
	r.waits(casework.AssessEligibility, casework.AnswerEligibilityQuestion)
	r.does(officer, casework.AnswerEligibilityQuestion, casework.Answered)
	r.toFormalRequest()
	r.does("contact", casework.AskUs, casework.Asked)
	r.does(officer, casework.PrepareRequestLetter, casework.Send)
	r.does("contact", casework.SubmitRequestLetter, casework.Submitted)
	r.phase(casework.DueDiligence)
	r.does(officer, casework.AnswerGovernment, casework.Answered) // it outlived its phase
	if r.mails("answer") != 2 {
		t.Errorf("%d answers", r.mails("answer"))
	}
	for n := range questionsOpen + 1 {
		refusal := r.tries("contact", casework.AskUs, casework.Asked)
		if (refusal != nil) != (n == questionsOpen) {
			t.Fatalf("question %d: %v", n+1, refusal)
		}
	}
}

func TestSilenceIsRemindedAndEscalated(t *testing.T) {
	r := aRequest(t)
	r.days(60)
	if r.mails("reminder") != 3 || r.mails("escalated") != 1 {
		t.Errorf("%d reminders, %d escalations; want 3 and 1", r.mails("reminder"), r.mails("escalated"))
	}
	r.waits(casework.AssessEligibility) // holder and task stay
}

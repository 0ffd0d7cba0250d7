package budget

import (
	"strconv"

	"connex/casework"
)

// deed is what somebody does to a task of a kind, and what follows from it beside the next tasks.
type deed struct {
	kind     casework.TaskKind
	as       string // a member of staff, "government", "first" or "second" expert
	outcome  casework.Outcome
	form     casework.Values // what is not invented
	change   func(*request, *casework.Transition)
	activity int
	waits    bool // it is no standing task here
}

func (d deed) key() string { return string(d.kind) + "/" + d.as + "/" + strconv.Itoa(d.activity) }

// stage are deeds that are possible at once; the next stage begins when all are done.
type stage struct {
	phase casework.Phase
	deeds []deed
}

// standing are what people may do all the time.
var standing = stage{deeds: []deed{
	{kind: casework.Withdraw, as: "government"}, {kind: casework.AskUs, as: "government"}, {kind: casework.ChangeContact, as: "government"},
	{kind: casework.Suspend, as: "head"}, {kind: casework.VoidRequest, as: "head"}, {kind: casework.DeclareConflict, as: "officer"},
	{kind: casework.MoveDeadline, as: "officer"}, {kind: casework.CorrectFacts, as: "officer"},
}}

// way is that of a request to which everything happens as one would wish.
var way = []stage{
	{casework.FirstInterest, []deed{{kind: casework.AssessEligibility, as: "officer", outcome: casework.Eligible, change: isRunByOfficer}}},
	{"", []deed{{kind: casework.DiscussScope, as: "officer", outcome: casework.Proceed}}},
	{casework.FormalRequest, []deed{{kind: casework.PrepareRequestLetter, as: "officer", outcome: casework.Send, change: bringsLetter("request-letter")}}},
	{"", []deed{{kind: casework.SubmitRequestLetter, as: "government", outcome: casework.Submitted, change: bringsLetter("acknowledgement")}}},
	{casework.DueDiligence, []deed{{kind: casework.CheckHumanRights, as: "reviewer", outcome: casework.WithConditions},
		{kind: casework.CheckEnvironment, as: "reviewer", outcome: casework.WithConditions}, {kind: casework.CheckConflict, as: "reviewer", outcome: casework.Proceed},
		{kind: casework.CheckPartners, as: "reviewer", outcome: casework.Proceed}, {kind: casework.CheckIntegrity, as: "reviewer", outcome: casework.Proceed}}},
	{"", []deed{{kind: casework.ConcludeDueDiligence, as: "officer", outcome: casework.RecommendCond, change: isOfMediumRisk}}},
	{casework.GovernanceDecision, []deed{{kind: casework.CastVote, as: "board1", outcome: casework.ApproveCond}, {kind: casework.CastVote, as: "board2", outcome: casework.Approve},
		{kind: casework.CastVote, as: "board3", outcome: casework.Approve, change: isApproved}}},
	{casework.Agreement, []deed{{kind: casework.DraftApproval, as: "officer", outcome: casework.Ready}}},
	{"", []deed{{kind: casework.SignApproval, as: "head", outcome: casework.Sign, change: exchangesLetters}}},
	{casework.SupportDesign, []deed{{kind: casework.ProposeSupport, as: "officer", outcome: casework.Propose, change: proposes}}},
	{"", []deed{{kind: casework.SignCodeOfConduct, as: "first", outcome: casework.Sign, change: isBound}, {kind: casework.SignCodeOfConduct, as: "second", outcome: casework.Sign, change: isBound},
		{kind: casework.DeclareInterests, as: "first", outcome: casework.NoInterests, change: declares}, {kind: casework.DeclareInterests, as: "second", outcome: casework.NoInterests, change: declares},
		{kind: casework.AgreeSupport, as: "government", outcome: casework.Agree, change: agrees}}},
	{casework.Implementation, []deed{{kind: casework.CheckIn, as: "officer", outcome: casework.OnTrack, activity: 1, change: checksIn}, {kind: casework.CheckIn, as: "officer", outcome: casework.AtRisk, activity: 2, change: checksIn},
		{kind: casework.ReportActivity, as: "first", outcome: casework.Reported, activity: 1}, {kind: casework.ReportActivity, as: "second", outcome: casework.Reported, activity: 2}}},
	{"", []deed{{kind: casework.EndActivity, as: "officer", outcome: casework.Completed, activity: 1, waits: true, change: ends}, {kind: casework.EndActivity, as: "officer", outcome: casework.Completed, activity: 2, waits: true, change: ends}}},
	{"", []deed{{kind: casework.EvaluateSupport, as: "government", outcome: casework.Answered, activity: 1}, {kind: casework.SelfAssess, as: "second", outcome: casework.Answered, activity: 2},
		{kind: casework.WriteEvaluation, as: "evaluator", outcome: casework.Written, activity: 1, change: isEvaluated}, {kind: casework.WriteEvaluation, as: "evaluator", outcome: casework.Written, activity: 2, change: isEvaluated}}},
	{casework.Closing, []deed{{kind: casework.ClosingQuestionnaire, as: "government", outcome: casework.Answered}, {kind: casework.ClosingEvaluation, as: "evaluator", outcome: casework.Written}}},
	{"", []deed{{kind: casework.CloseRequest, as: "head", outcome: casework.CloseOut, change: endsAs(casework.Closed)}}},
}

func isRunByOfficer(r *request, t *casework.Transition) {
	t.Request.Officer, t.Request.Screening = r.people["officer"].ID, true
}

func isOfMediumRisk(r *request, t *casework.Transition) {
	t.Request.Risk = casework.Medium
	t.Entries = append(t.Entries, casework.Entry{What: casework.TrailRoundOpened})
	r.about = append(r.about, t.Decision.Action)
}

func isApproved(r *request, t *casework.Transition) {
	t.Request.Decision = &casework.BoardWord{Result: casework.ResultApproved, Round: 1, Actions: append(r.about, t.Decision.Action)}
	t.Entries = append(t.Entries, casework.Entry{What: casework.TrailRoundDecided, Outcome: string(casework.ResultApproved)})
}

// bringsLetter mails a letter to the government.
func bringsLetter(kind string) func(*request, *casework.Transition) {
	return func(r *request, t *casework.Transition) {
		t.Letters = append(t.Letters, casework.Letter{Kind: kind, Key: kind, Actions: []casework.ActionID{t.Decision.Action}, Document: r.document("letter", kind)})
		t.Entries = append(t.Entries, casework.Entry{What: casework.TrailLetterRendered})
		t.Mails = append(t.Mails, casework.Mail{Template: kind, Key: kind, To: casework.Government, Action: t.Decision.Action, Letter: kind})
	}
}

func exchangesLetters(r *request, t *casework.Transition) {
	bringsLetter("approval")(r, t)
	t.Request.Agreed = true
	t.Entries = append(t.Entries, casework.Entry{What: casework.TrailExchanged})
}

func proposes(r *request, t *casework.Transition) { r.plan = t.Decision.Action }

func isBound(r *request, t *casework.Transition) {
	t.Binding = []casework.Binding{{Expert: t.Decision.Actor, Signed: true, Version: casework.CurrentCode().Version}}
}

func declares(r *request, t *casework.Transition) {
	t.Binding = []casework.Binding{{Expert: t.Decision.Actor, State: "none"}}
}

func agrees(r *request, t *casework.Transition) {
	t.Plan = &casework.PlanChange{Action: r.plan}
	for i := range 2 {
		t.Activities = append(t.Activities, casework.ActivityChange{Number: i + 1, State: casework.ActivityRunning, Action: r.plan, Index: i})
	}
}

func checksIn(r *request, t *casework.Transition) { r.changes(t, "", t.Decision.Action) }

func ends(r *request, t *casework.Transition) { r.changes(t, casework.ActivityEnded, "") }

func isEvaluated(r *request, t *casework.Transition) { r.changes(t, casework.ActivityEvaluated, "") }

// changes what is known of the activity that the decision's task belongs to.
func (r *request) changes(t *casework.Transition, state casework.ActivityState, checkIn casework.ActionID) {
	for _, task := range r.tasks {
		if task.ID == t.Decision.Task {
			t.Activities = []casework.ActivityChange{{Number: task.Activity, State: state, CheckIn: checkIn}}
		}
	}
}

func endsAs(e casework.Ending) func(*request, *casework.Transition) {
	return func(_ *request, t *casework.Transition) {
		t.Request.Ending = e
		t.Entries = append(t.Entries, casework.Entry{What: casework.TrailRequestEnded, Outcome: string(e)})
	}
}

// examples are requests that came so far, and how many there are of each. Those that ended did so by a decision in the
// stage that they had come to.
var examples = []struct {
	name   string
	stages int // that are behind it
	end    *deed
	copies int
}{
	{"fresh", 0, nil, 40}, {"eligible", 1, nil, 40}, {"asked for a letter", 3, nil, 70}, {"in due diligence", 4, nil, 60}, {"checked", 5, nil, 30},
	{"before the board", 6, nil, 40}, {"approved", 7, nil, 15}, {"to be signed", 8, nil, 15}, {"to be planned", 9, nil, 30}, {"proposed", 10, nil, 30},
	{"under way", 11, nil, 120}, {"worked", 12, nil, 20}, {"to be evaluated", 13, nil, 40}, {"closing", 14, nil, 20}, {"to be closed", 15, nil, 10},
	{"closed", 16, nil, 120},
	{"not eligible", 0, &deed{kind: casework.AssessEligibility, as: "officer", outcome: casework.NotEligibleOut, change: endsAs(casework.NotEligible)}, 210},
	{"withdrawn", 5, &deed{kind: casework.Withdraw, as: "government", outcome: casework.WithdrawOut, change: endsAs(casework.Withdrawn)}, 50},
	{"declined", 6, &deed{kind: casework.CastVote, as: "board1", outcome: casework.Decline, change: endsAs(casework.Declined)}, 40},
}

// carry takes an example of each to where it is.
func (c *crowd) carry() {
	for _, e := range examples {
		r := c.aRequest(e.stages + 2)
		c.cases[e.name] = r
		r.contact = r.link("Ndapewa Shikongo", casework.Government, contactOf(r.number), "ndapewa@ministry.example")
		for i, name := range []string{"first", "second"} {
			expert := c.experts[2*c.begun%20+i]
			r.guests[name] = r.link(expert.Name, casework.Expert, expert.ID, expert.Email)
		}
		for i := range e.stages {
			r.finishes(i)
		}
		if e.end != nil {
			r.does(*e.end)
		}
	}
}

// finishes does all that a stage asks for.
func (r *request) finishes(i int) {
	for n, d := range way[i].deeds {
		if d.kind == casework.ProposeSupport {
			d.form = r.proposal()
		}
		if n == len(way[i].deeds)-1 && i+1 < len(way) {
			r.does(d, way[i+1])
		} else {
			r.does(d)
		}
	}
}

func (r *request) proposal() casework.Values {
	first, second := string(r.guests["first"].ID), string(r.guests["second"].ID)
	activity := func(title, form, expert string) map[string]any {
		return map[string]any{"title": title, "form": form, "stage": "during", "experts": []any{expert}, "start": casework.DateOf(r.at),
			"end": casework.DateOf(r.at.AddDate(0, 1, 0)), "deliverable": "A written opinion", "checkInEveryDays": 30.0}
	}
	return casework.Values{"experts": []any{first, second}, "activities": []any{activity("Fiscal model", "advice", first), activity("Training", "capacity-development", second)}}
}

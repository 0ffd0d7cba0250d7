package workflows

import (
	"fmt"
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"

	"connex/casework"
)

// support is a support activity as its own workflow knows it.
type support struct {
	Number    int                    `json:"number"`
	State     casework.ActivityState `json:"state"`
	Start     string                 `json:"start"` // agreed dates
	End       string                 `json:"end"`
	Every     int                    `json:"every"` // days between check-ins
	Experts   []casework.PersonID    `json:"experts"`
	Former    []casework.PersonID    `json:"former,omitempty"` // who worked here and no longer does
	Began     string                 `json:"began,omitempty"`  // the day on which it began
	Next      map[string]string      `json:"next,omitempty"`   // the day of the next check-in, and of each expert's report
	Joined    int                    `json:"joined,omitempty"` // times that somebody joined later
	Withdrawn bool                   `json:"withdrawn,omitempty"`
	Done      bool                   `json:"done,omitempty"`
}

// SupportActivity carries one support activity from its plan to its evaluation.
func SupportActivity(ctx workflow.Context, carried *state) error {
	d, err := newDesk(ctx, carried, supportActivity)
	if err != nil {
		return err
	}
	if err := d.handle(event{begin: true}); err != nil {
		return err
	}
	if err := d.work(); err != nil || d.over() {
		return err
	}
	return workflow.NewContinueAsNewError(ctx, casework.SupportActivityWorkflow, d.s)
}

// supportActivity: planned, running, ended, evaluated.
func supportActivity(s *story) {
	if s.begins() && s.runs() {
		s.evaluates()
	}
}

// begins waits for the start date, or for the case officer who starts sooner. It does not start while an expert in it
// lacks a signed, current Code of Conduct or accepted interests.
func (s *story) begins() bool {
	a := s.Support
	if a.State != casework.ActivityPlanned {
		return true
	}
	if a.Withdrawn {
		return s.called("withdrawn")
	}
	if len(a.Experts) == 0 {
		return s.nobodyLeft()
	}
	s.cancelOpen(casework.EndActivity)
	early, sooner := s.allow(casework.StartActivity, nth(a.Joined+1))
	if !sooner && !s.reached(casework.StartOf(a.Start)) {
		return false
	}
	if !s.lookedUp("start/"+casework.DateOf(s.now), casework.LookUpOrder{Experts: a.Experts}) {
		return false
	}
	delete(s.Looked, "start/"+casework.DateOf(s.now))
	if unbound := s.unbound(); len(unbound) > 0 {
		return s.held(sooner && s.fresh(early), unbound)
	}
	s.cancelOpen(casework.StartActivity)
	a.Began = casework.DateOf(s.now)
	s.activityIs(casework.ActivityRunning, casework.TrailActivityBegan, "", casework.WordBegan)
	return true
}

// called off before it began: there is nothing to evaluate.
func (s *story) called(off string) bool {
	s.cancelOpen(casework.StartActivity)
	s.cancelOpen(casework.EndActivity)
	s.activityIs(casework.ActivityCancelled, casework.TrailActivityOff, off, casework.WordCancelled)
	s.Support.Done = true
	return false
}

// nobodyLeft lets the case officer end an activity that nobody works on any more; from its start date that waits.
func (s *story) nobodyLeft() bool {
	s.cancelOpen(casework.StartActivity)
	name := fmt.Sprintf("nobody-%d", s.Support.Joined)
	ended, ok := s.allow(casework.EndActivity, name)
	if ok {
		return s.called(string(ended.Outcome))
	}
	if s.reached(casework.StartOf(s.Support.Start)) {
		s.ask(casework.EndActivity, name)
	}
	return false
}

func (s *story) unbound() (experts []casework.PersonID) {
	for _, e := range s.Support.Experts {
		if !s.bound(e) {
			experts = append(experts, e)
		}
	}
	return experts
}

// held keeps the activity from starting, and asks again each day whether somebody signed, perhaps for another case.
func (s *story) held(asked bool, unbound []casework.PersonID) bool {
	if asked {
		s.refusal = casework.RefusedBy(casework.RuleNotBound, "refusal.not-bound")
		return false
	}
	if s.once("held/" + fmt.Sprint(unbound)) {
		s.entry(casework.Entry{What: casework.TrailActivityHeld, Why: casework.Say("refusal.held")})
		s.tell(0, casework.Word{What: casework.WordHeld, Activity: s.Support.Number, Experts: unbound})
	}
	s.reached(casework.StartOf(casework.DateOf(s.now)).Add(25 * time.Hour))
	return false
}

// activityIs moves the activity on, in the trail, in its row and in the request.
func (s *story) activityIs(state casework.ActivityState, what, outcome, word string) {
	s.Support.State = state
	s.entry(casework.Entry{What: what, Outcome: outcome})
	s.t.Activities = append(s.t.Activities, casework.ActivityChange{Number: s.Support.Number, State: state})
	s.tell(0, casework.Word{What: word, Activity: s.Support.Number})
}

// runs: closely monitored, until the case officer ends it.
func (s *story) runs() bool {
	a := s.Support
	if a.State != casework.ActivityRunning {
		return true
	}
	if a.Withdrawn {
		return s.ends("withdrawn")
	}
	over := s.reached(casework.StartOf(a.End))
	ended, ok := s.allow(casework.EndActivity, "1", offering(casework.EndedEarly))
	if ok {
		return s.ends(string(ended.Outcome))
	}
	if over {
		s.ask(casework.EndActivity, "1", offering(casework.Completed, casework.EndedEarly))
	}
	s.inRhythm("officer", func(name string) (casework.Decision, bool) { return s.ask(casework.CheckIn, name) })
	for _, expert := range a.Experts {
		s.inRhythm(string(expert), func(name string) (casework.Decision, bool) {
			return s.ask(casework.ReportActivity, name+"/"+string(expert), heldBy(casework.Expert, expert), subject(string(expert)))
		})
	}
	return false
}

// inRhythm opens the next check-in, or an expert's report, on the first date of the rhythm after the last was done. At
// most one is open, and none opens on or after the end date.
func (s *story) inRhythm(who string, ask func(name string) (casework.Decision, bool)) {
	a := s.Support
	if a.Next == nil {
		a.Next = map[string]string{}
	}
	if a.Next[who] == "" {
		a.Next[who] = s.rhythmAfter(s.rhythmStart())
	}
	for a.Next[who] < a.End && s.reached(casework.StartOf(a.Next[who])) {
		done, ok := ask(a.Next[who])
		if !ok {
			return
		}
		if done.Kind == casework.CheckIn {
			s.t.Activities = append(s.t.Activities, casework.ActivityChange{Number: a.Number, State: a.State, CheckIn: done.Action})
		}
		s.forgetDecided(done.Action)
		a.Next[who] = s.rhythmAfter(s.now)
	}
}

// rhythmStart is the agreed start of the activity, or the day on which it began sooner. For who joins later, the
// rhythm is the same.
func (s *story) rhythmStart() time.Time {
	if s.Support.Joined > 0 {
		return s.now
	}
	return casework.StartOf(min(s.Support.Start, s.Support.Began))
}

// rhythmAfter is the first date of the check-in rhythm after the day of t.
func (s *story) rhythmAfter(t time.Time) string {
	began, today := casework.StartOf(min(s.Support.Start, s.Support.Began)).In(casework.Berlin), casework.DateOf(t)
	for n := 1; ; n++ {
		if next := began.AddDate(0, 0, n*s.Support.Every).Format(casework.DateLayout); next > today {
			return next
		}
	}
}

// forgetDecided drops a decision that nothing asks for again, so that a long activity stays small.
func (s *story) forgetDecided(id casework.ActionID) {
	for k, d := range s.Decided { //workflowcheck:ignore at most one entry goes, whatever the order
		if d.Action == id {
			delete(s.Decided, k)
		}
	}
}

// ends closes what is open of the monitoring; the evaluation follows.
func (s *story) ends(how string) bool {
	for _, k := range []casework.TaskKind{casework.CheckIn, casework.ReportActivity, casework.EndActivity} {
		s.cancelOpen(k)
	}
	s.activityIs(casework.ActivityEnded, casework.TrailActivityEnded, how, casework.WordEnded)
	return true
}

// evaluates: whenever an activity ends. Questionnaires go to the government and to everybody who worked on it; what is
// never answered is given up, and the evaluation says so.
func (s *story) evaluates() {
	a := s.Support
	if a.Done {
		return
	}
	answers, all := s.questionnaire(casework.EvaluateSupport, "1")
	for _, expert := range unique(slices.Concat(a.Experts, a.Former)) {
		more, in := s.questionnaire(casework.SelfAssess, string(expert), heldBy(casework.Expert, expert), subject(string(expert)))
		answers, all = append(answers, more...), all && in
	}
	if !all {
		return
	}
	written, ok := s.ask(casework.WriteEvaluation, "1", about(answers...))
	if !ok {
		return
	}
	report := fmt.Sprintf("evaluation-report-%d", a.Number)
	s.letter("evaluation-report", report, false, written.Action)
	s.mail(casework.Mail{Template: "evaluation-report", Key: report, To: casework.CaseOfficer, Person: s.Dossier.Officer, Letter: report})
	s.t.Activities = append(s.t.Activities, casework.ActivityChange{Number: a.Number, State: casework.ActivityEvaluated})
	a.State = casework.ActivityEvaluated
	s.tell(0, casework.Word{What: casework.WordEvaluated, Activity: a.Number})
	a.Done = true
}

// questionnaire asks for answers; all is true once they are in or given up.
func (s *story) questionnaire(k casework.TaskKind, name string, how ...with) (answers []casework.ActionID, all bool) {
	d, ok := s.ask(k, name, how...)
	if ok {
		return []casework.ActionID{d.Action}, true
	}
	return nil, s.gaveUp(k, name)
}

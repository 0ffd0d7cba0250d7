package workflows

import (
	"fmt"
	"slices"
	"strings"

	"connex/casework"
)

// implementation: the plan's activities run, each a workflow of its own. Another activity, or another expert, needs the
// government's agreement; the case officer ends the phase when nothing is unfinished.
func implementation(s *story) casework.Phase {
	s.beginPlan()
	if s.Withdrawn {
		if s.allOver() {
			s.end(casework.Withdrawn)
		}
		return ""
	}
	unfinished := s.planned()
	s.letReplacementRest()
	if s.replaced() {
		unfinished = true
	}
	s.bindHeld()
	s.watchCodes() // last, so that whoever has just come in is watched as well
	s.awaitReplacement()
	if s.need != nil {
		return ""
	}
	if unfinished || !s.allOver() {
		s.notYet()
		return ""
	}
	if ended, ok := s.ask(casework.EndImplementation, nth(s.Ends+1)); !ok || ended.Outcome != casework.EndOut {
		return ""
	}
	return casework.Closing
}

// notYet takes back the question whether implementation ends, since something began.
func (s *story) notYet() {
	if s.waiting(key(casework.EndImplementation, nth(s.Ends+1))) != nil {
		s.cancel(key(casework.EndImplementation, nth(s.Ends+1)))
		s.Ends++
	}
}

// beginPlan numbers the agreed plan's activities and begins them.
func (s *story) beginPlan() {
	if !s.once("plan-begun") {
		return
	}
	for i, a := range s.Plan.Activities {
		s.begin(a, s.Plan.Action, i)
	}
}

// begin begins an activity's workflow under the next number.
func (s *story) begin(p casework.ActivityPlan, action casework.ActionID, index int) {
	n := len(s.Activities) + 1
	experts := unique(p.Experts)
	s.Activities = append(s.Activities, agreedActivity{Number: n, State: casework.ActivityPlanned, Experts: slices.Clone(experts)})
	s.t.Activities = append(s.t.Activities, casework.ActivityChange{Number: n, State: casework.ActivityPlanned, Action: action, Index: index,
		Start: p.Start, End: p.End, Experts: experts})
	every := p.CheckInEveryDays
	if every == 0 {
		every = s.Settings.Number(casework.CheckInEveryDays)
	}
	s.starts = append(s.starts, support{Number: n, Start: p.Start, End: p.End, Every: every, Experts: slices.Clone(experts)})
}

// planned lets the case officer plan further activities, each agreed to and bound like a plan; it tells whether one is
// under way.
func (s *story) planned() (unfinished bool) {
	for i, plan := range s.stand(casework.PlanActivity, "") {
		name := fmt.Sprintf("plan-%d", i+1)
		if s.Once[name+"/done"] {
			continue
		}
		proposal, came := s.carriedChange(name, plan, s.proposed)
		if came == underway {
			unfinished = true
			continue
		}
		s.once(name + "/done")
		if came == agreed {
			s.begin(activitiesOf(proposal)[0], proposal.Action, -1)
		}
	}
	return unfinished || !s.allOver()
}

// carriedChange takes one change, and what is proposed instead, to the government's agreement and its experts' binding.
// Rejected: it was dropped.
func (s *story) carriedChange(name string, proposal casework.Decision, experts func(casework.Decision) []casework.PersonID) (casework.Decision, way) {
	for n := 1; ; n++ {
		each := fmt.Sprintf("%s-%d", name, n)
		came := s.settleProposal(each, proposal, experts(proposal))
		if came != rejected {
			return proposal, came
		}
		change, ok := s.ask(casework.ProposeChange, each, subject(name), about(s.wordsOn(each, proposal)...))
		if !ok {
			return proposal, underway
		}
		if change.Outcome == casework.Drop {
			return proposal, rejected
		}
		proposal = change
	}
}

// replaced lets the case officer replace experts, while an activity has not ended.
func (s *story) replaced() (unfinished bool) {
	done := s.decidedOf(casework.ReplaceExpert, "")
	working := slices.ContainsFunc(s.Activities, agreedActivity.working)
	if working {
		done = s.stand(casework.ReplaceExpert, "")
	} else {
		s.cancelOpen(casework.ReplaceExpert)
	}
	for i, d := range done {
		if s.replace(fmt.Sprintf("replace-%d", i+1), i, d) {
			unfinished = true
		}
	}
	return unfinished
}

// awaitReplacement lets replace-expert wait while somebody was stopped for want of the Code and nobody came instead.
func (s *story) awaitReplacement() {
	s.Unsigned = s.missed()
	for i := range s.Tasks {
		if t := &s.Tasks[i]; t.Kind == casework.ReplaceExpert && len(s.Unsigned) > 0 {
			s.wake(t, []with{subject(string(s.Unsigned[0]))})
		}
	}
}

// missed are those who were stopped for want of the Code in an activity that goes on, and not replaced.
func (s *story) missed() []casework.PersonID {
	return slices.DeleteFunc(slices.Clone(s.Unsigned), func(e casework.PersonID) bool {
		return !slices.ContainsFunc(s.Activities, func(a agreedActivity) bool { return a.working() && slices.Contains(a.Stopped, e) })
	})
}

// letReplacementRest takes replace-expert back where it waits for somebody who is not missed any more: it stands anew.
func (s *story) letReplacementRest() {
	if s.Edition < sleepsAgain {
		return
	}
	for _, t := range slices.Clone(s.Tasks) {
		if t.Kind == casework.ReplaceExpert && !t.Standing && !slices.Contains(s.missed(), casework.PersonID(t.Subject)) {
			s.cancel(t.Key)
		}
	}
}

func (s *story) cancelOpen(k casework.TaskKind) {
	for _, t := range slices.Clone(s.Tasks) {
		if t.Kind == k {
			s.cancel(t.Key)
		}
	}
}

// replace stops the old expert's work at once; the new one is in the activities when the Code, the declaration and the
// government's agreement are all there. What is still open when the activities end is cancelled.
func (s *story) replace(name string, i int, d casework.Decision) (unfinished bool) {
	if len(s.Replaced) <= i {
		old := casework.PersonID(d.Carried.String("expert"))
		leaving := replacement{Expert: old}
		for _, a := range s.Activities {
			if a.working() {
				leaving.Activities = append(leaving.Activities, a.Number)
			}
		}
		leaving.Activities = slices.DeleteFunc(leaving.Activities, func(n int) bool { return !s.had(n, old) })
		if len(leaving.Activities) == 0 {
			s.refusal = casework.RefusedBy(casework.RuleNotOffered, "refusal.nothing-to-replace")
			return false
		}
		s.Unsigned = without(s.Unsigned, old)
		s.Replaced = append(s.Replaced, leaving)
		s.stop(old)
	}
	if s.Once[name+"/done"] {
		return false
	}
	still := s.stillWorking(s.Replaced[i].Activities)
	if len(still) == 0 {
		s.once(name + "/done")
		s.cancelChange(name)
		return false
	}
	proposal, came := s.carriedChange(name, d, func(p casework.Decision) []casework.PersonID {
		return []casework.PersonID{casework.PersonID(p.Carried.String("by"))}
	})
	if proposal.Carried.String("by") == string(s.Replaced[i].Expert) && s.fresh(proposal) {
		s.refusal = casework.RefusedBy(casework.RuleNotOffered, "refusal.same-expert")
	}
	if came == underway {
		return true
	}
	s.once(name + "/done")
	if came == agreed {
		s.comes(casework.PersonID(proposal.Carried.String("by")), s.Replaced[i].Expert, still)
	}
	return false
}

// had tells whether an expert works on an activity, or did until the Code stopped them.
func (s *story) had(number int, expert casework.PersonID) bool {
	a := s.Activities[number-1]
	return slices.Contains(a.Experts, expert) || slices.Contains(s.Unsigned, expert) && slices.Contains(a.Stopped, expert)
}

func (s *story) stillWorking(numbers []int) (still []int) {
	for _, n := range numbers {
		if s.Activities[n-1].working() {
			still = append(still, n)
		}
	}
	return still
}

// comes lets the new expert work.
func (s *story) comes(expert, instead casework.PersonID, numbers []int) {
	s.entry(casework.Entry{What: casework.TrailExpertReplaced, Person: expert})
	for _, n := range numbers {
		a := &s.Activities[n-1]
		a.Experts = unique(append(a.Experts, expert))
		s.tell(n, casework.Word{What: casework.WordReplaced, Expert: instead, By: expert,
			Code: map[casework.PersonID]casework.CodeSignature{expert: s.Codes[expert]}})
	}
}

// cancelChange takes back what is open of a change, whichever proposal it belongs to.
func (s *story) cancelChange(name string) {
	for _, t := range slices.Clone(s.Tasks) {
		if _, rest, _ := strings.Cut(t.Key, "/"); strings.HasPrefix(rest, name+"-") {
			s.cancel(t.Key)
		}
	}
}

// bindHeld asks the experts of an activity that could not start on its date for the Code.
func (s *story) bindHeld() {
	for _, expert := range s.Held {
		if !slices.Contains(s.atWork(), expert) || s.Edition >= asksOnce && !s.startsWith(expert) {
			continue
		}
		name := "held-" + casework.DateOf(s.codeUntil(expert))
		if s.now.Before(s.codeUntil(expert)) {
			continue
		}
		s.askToSign(name+"/"+string(expert), expert)
	}
}

// startsWith tells whether an activity that has not begun has this expert.
func (s *story) startsWith(expert casework.PersonID) bool {
	return slices.ContainsFunc(s.Activities, func(a agreedActivity) bool {
		return a.State == casework.ActivityPlanned && slices.Contains(a.Experts, expert)
	})
}

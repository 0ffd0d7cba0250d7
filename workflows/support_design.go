package workflows

import (
	"fmt"
	"slices"
	"time"

	"connex/casework"
)

// supportDesign: suggestions and recommended experts; the government's needs guide, and nothing proceeds without its
// agreement. Every expert in the plan signs the Code of Conduct and declares interests before any work.
func supportDesign(s *story) casework.Phase {
	proposal, ok := s.ask(casework.ProposeSupport, "1")
	if !ok || !s.carried(proposal) {
		return ""
	}
	return casework.ScopingMission
}

// way is how far a proposal has come.
type way int

const (
	underway way = iota
	agreed       // by the government, and everybody in it is bound
	rejected     // changes were asked for, or an expert cannot be had
)

// carried takes a proposal, and as many new ones as it needs, to a plan that the government agreed to and whose experts
// are all bound; false while it waits.
func (s *story) carried(proposal casework.Decision) bool {
	for n := 1; ; n++ {
		newer, again := s.allow(casework.ProposeSupport, nth(n+1), about(proposal.Action))
		if !again {
			switch s.settleProposal(nth(n), proposal, s.proposed(proposal)) {
			case agreed:
				s.cancel(key(casework.ProposeSupport, nth(n+1)))
				s.adopt(proposal)
				return true
			case underway:
				return false
			}
			// The proposal that may be made at any time is now awaited.
			s.ask(casework.ProposeSupport, nth(n+1), about(s.wordsOn(nth(n), proposal)...))
			return false
		}
		if s.refusal = s.unfit(newer); s.refusal != nil {
			return false
		}
		s.withdrawProposal(nth(n))
		s.forgetPlan(proposal)
		proposal = newer
	}
}

// unfit says why a new proposal cannot be carried: once the mission is over, there is nothing left but activities.
func (s *story) unfit(d casework.Decision) *casework.Refusal {
	if s.Phase == casework.ScopingMission && s.fresh(d) && len(activitiesOf(d)) == 0 {
		return casework.RefusedBy(casework.RuleNotOffered, "refusal.no-activity")
	}
	return nil
}

// proposed are the experts of a proposal, those of its activities included.
func (s *story) proposed(d casework.Decision) (experts []casework.PersonID) {
	for _, e := range d.Carried.Strings("experts") {
		experts = append(experts, casework.PersonID(e))
	}
	for _, a := range activitiesOf(d) {
		experts = append(experts, a.Experts...)
	}
	return unique(experts)
}

func unique(people []casework.PersonID) (once []casework.PersonID) {
	for _, p := range people {
		if !slices.Contains(once, p) {
			once = append(once, p)
		}
	}
	return once
}

// activitiesOf are the activities of a proposal, without their texts; plan-activity and propose-change hold just one.
func activitiesOf(d casework.Decision) (plans []casework.ActivityPlan) {
	if d.Carried.String("start") != "" {
		one := casework.ActivityPlan{Form: d.Carried.String("form"), Stage: d.Carried.String("stage"), Start: d.Carried.String("start"), End: d.Carried.String("end")}
		for _, e := range d.Carried.Strings("experts") {
			one.Experts = append(one.Experts, casework.PersonID(e))
		}
		if every, ok := d.Carried["checkInEveryDays"].(float64); ok {
			one.CheckInEveryDays = int(every)
		}
		return []casework.ActivityPlan{one}
	}
	if d.Carried.Into("activities", &plans) != nil {
		return nil // Record refuses a decision that does not say what its row says, and that one was checked
	}
	return plans
}

// settleProposal asks the government to agree and the experts to bind themselves, in parallel.
// What was rejected stays so, whatever becomes of its experts later.
func (s *story) settleProposal(name string, proposal casework.Decision, experts []casework.PersonID) way {
	if s.Once["rejected/"+name] {
		return rejected
	}
	word := s.agreement(name, proposal)
	all := underway
	if word != casework.AskForChanges {
		all = s.bindAll(name, experts, time.Time{})
	}
	if word == casework.Agree && all == agreed {
		all = s.boundNow(name, experts)
	}
	switch {
	case word == casework.AskForChanges || all == rejected:
		s.once("rejected/" + name)
		s.withdrawProposal(name)
		return rejected
	case word == casework.Agree && all == agreed:
		return agreed
	}
	return underway
}

// agreement is the government's word on a proposal, "" while it is out. More information on an expert comes first, if it
// is asked for; then the government is asked again, with 21 days.
func (s *story) agreement(name string, proposal casework.Decision) casework.Outcome {
	shown := about(proposal.Action)
	for n := 1; ; n++ {
		each := fmt.Sprintf("%s/%d", name, n)
		word, ok := s.ask(casework.AgreeSupport, each, shown)
		if !ok {
			return ""
		}
		if word.Outcome != casework.AskForInfo {
			return word.Outcome
		}
		told, ok := s.ask(casework.InformOnExpert, each, subject(word.Carried.String("expert")), about(word.Action))
		if !ok {
			return ""
		}
		if s.fresh(told) {
			s.government("information-on-expert", "information/"+string(told.Action), told.Action, "")
		}
		shown = about(proposal.Action, told.Action)
	}
}

// wordsOn are the proposal and what was said to it, for whoever proposes anew.
func (s *story) wordsOn(name string, proposal casework.Decision) []casework.ActionID {
	actions := []casework.ActionID{proposal.Action}
	for n := 1; ; n++ {
		word, ok := s.Decided[key(casework.AgreeSupport, fmt.Sprintf("%s/%d", name, n))]
		if !ok {
			return actions
		}
		actions = append(actions, word.Action)
	}
}

// withdrawProposal cancels what is open of a proposal.
func (s *story) withdrawProposal(name string) {
	s.cancel(key(casework.AgreeSupport, name), key(casework.InformOnExpert, name), key(casework.SignCodeOfConduct, name),
		key(casework.DeclareInterests, name), key(casework.ReviewDisclosure, name))
}

// forgetPlan drops what a superseded proposal planned; that it was made is remembered.
func (s *story) forgetPlan(old casework.Decision) {
	for k, d := range s.Decided { //workflowcheck:ignore at most one entry changes, whatever the order
		if d.Action == old.Action {
			d.Carried = nil
			s.Decided[k] = d
		}
	}
}

// adopt makes an agreed proposal the plan.
func (s *story) adopt(d casework.Decision) {
	s.Plan = plan{Action: d.Action, Experts: s.proposed(d), Activities: activitiesOf(d), Mission: d.Carried.Bool("scopingMission")}
	s.t.Plan = &casework.PlanChange{Action: d.Action}
}

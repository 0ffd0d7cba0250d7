package workflows

import (
	"connex/casework"
)

// onlyQuestion marks a request that began with the public page's question form.
const onlyQuestion = "only-a-question"

// started begins a request: the first interest itself is the form of the action that started it.
func (s *story) started(start casework.RequestStart) {
	s.phaseBegins(casework.FirstInterest)
	s.decision = &casework.Decision{Action: start.Action, Kind: casework.StartRequest, Outcome: casework.RequestStartOut,
		Actor: start.Actor, Role: start.Role, At: start.At}
	s.t.Decision = s.decision
	s.handle(start.Action)
	s.entry(casework.Entry{What: casework.TrailRequestStarted})
	s.entry(casework.Entry{What: casework.TrailPhaseEntered, Outcome: string(s.Phase)})
	if start.Question {
		s.Once[onlyQuestion] = true
	}
	if start.Role == casework.Anyone { // whom nobody has spoken to yet
		template := "first-interest"
		if start.Question {
			template = "first-question"
		}
		s.government(template, template, start.Action, "")
	}
}

// firstInterest: an informal mail or call is enough to start. Eligibility is checked, scope and content are discussed.
func firstInterest(s *story) casework.Phase {
	if s.Once[onlyQuestion] {
		if _, ok := s.ask(casework.AnswerEligibilityQuestion, "first"); ok && !s.standing(casework.AnswerEligibilityQuestion) {
			s.end(casework.AnsweredEnd)
		}
		return ""
	}
	assessed, ok := s.ask(casework.AssessEligibility, "1")
	if !ok {
		return ""
	}
	if ending, ends := politely[assessed.Outcome]; ends {
		return s.endPolitely(ending, assessed)
	}
	discussed, ok := s.ask(casework.DiscussScope, "1", about(assessed.Action))
	if !ok {
		return ""
	}
	if discussed.Outcome == casework.Drop {
		return s.endPolitely(casework.NotPursued, discussed)
	}
	return casework.FormalRequest
}

// politely are the outcomes of the eligibility check that end a request with an answer.
var politely = map[casework.Outcome]casework.Ending{
	casework.NotEligibleOut: casework.NotEligible, casework.Refer: casework.Referred,
	casework.Answered: casework.AnsweredEnd, casework.Drop: casework.NotPursued,
}

// endPolitely sends the decision's answer to the government and ends the request.
func (s *story) endPolitely(as casework.Ending, d casework.Decision) casework.Phase {
	s.government("answer", "answer/"+string(d.Action), d.Action, "")
	s.end(as)
	return ""
}

package workflows

import (
	"fmt"

	"connex/casework"
)

// dueDiligence: the checks run in parallel, prepared by what country data says. Once all are in, a high rating is
// counter-signed; then comes the conclusion. Recommend or advise against: the board decides.
func dueDiligence(s *story) casework.Phase {
	if s.once("screened") {
		s.t.Request.Screening = true
	}
	checks, all := s.checks()
	if !all {
		return ""
	}
	if !s.counterSigned(checks) {
		return ""
	}
	s.rate(checks)
	var actions []casework.ActionID
	for _, c := range checks {
		actions = append(actions, c.decision.Action)
	}
	concluded, ok := s.askGovernment(casework.ConcludeDueDiligence, "1", about(actions...))
	if !ok {
		return ""
	}
	s.Conclusion = concluded.Action
	return casework.GovernanceDecision
}

// check is a due-diligence check that was completed, for the n-th time.
type check struct {
	kind     casework.TaskKind
	n        int
	decision casework.Decision
}

func (c check) rating() casework.Rating { return casework.Rating(c.decision.Carried.String("rating")) }

func (c check) name() string { return fmt.Sprintf("%s-%d", c.kind, c.n) }

// checks asks for all checks at once; one whose rating the head returned is asked for again.
func (s *story) checks() (done []check, all bool) {
	all = true
	for _, kind := range casework.Checks {
		for c := (check{kind: kind, n: 1}); ; c.n++ {
			decision, ok := s.ask(kind, nth(c.n), about(c.decision.Action))
			if !ok {
				all = false
				break
			}
			c.decision = decision
			if s.Decided[key(casework.CounterSignRating, c.name())].Outcome != casework.Return {
				done = append(done, c)
				break
			}
		}
	}
	return done, all
}

// counterSigned asks the head for each high rating; a rating that is returned reopens its check.
func (s *story) counterSigned(checks []check) bool {
	signed := true
	for _, c := range checks {
		if c.rating() != casework.High {
			continue
		}
		answer, ok := s.ask(casework.CounterSignRating, c.name(), subject(string(c.kind)), about(c.decision.Action))
		if ok && answer.Outcome == casework.Return {
			s.ask(c.kind, nth(c.n+1), about(c.decision.Action, answer.Action))
		}
		signed = signed && ok && answer.Outcome == casework.Agree
	}
	return signed
}

// rate notes the highest of the five ratings with the request.
func (s *story) rate(checks []check) {
	var ratings []casework.Rating
	for _, c := range checks {
		ratings = append(ratings, c.rating())
	}
	s.Risk = casework.Highest(ratings...)
	s.t.Request.Risk = s.Risk
}

package workflows

import (
	"fmt"
	"slices"

	"connex/casework"
)

// governanceDecision: the board votes, in as many rounds as the rules allow: some deferrals, one second round.
func governanceDecision(s *story) casework.Phase {
	for n := 1; ; n++ {
		if !s.opened(n) {
			return ""
		}
		switch s.vote(n) {
		case casework.ResultApproved:
			return s.boardSaid(casework.ResultApproved, n)
		case casework.ResultDeclined:
			return s.boardSaid(casework.ResultDeclined, n)
		case casework.ResultNeither: // a second round
		case casework.ResultDeferred:
			if _, answered := s.askGovernment(casework.AnswerBoard, nth(n), about(s.votesOf(n, casework.Defer)...)); !answered {
				return ""
			}
		case startedAnew:
		default:
			return ""
		}
	}
}

// opened opens the n-th round with the board as it then is: all members who are neither barred nor in conflict.
func (s *story) opened(n int) bool {
	if len(s.Rounds) >= n {
		return true
	}
	if !s.lookedUp(fmt.Sprintf("board/%d", n), casework.LookUpOrder{Board: true}) {
		return false
	}
	next := round{Round: casework.Round{HighRating: s.Risk == casework.High, NoDefer: s.deferrals() >= s.Settings.Number(casework.Deferrals),
		Second: s.isSecond(n)}}
	for _, member := range s.Board {
		if refusal := casework.Barred(casework.CastVote, s.Dossier, member); refusal != nil {
			s.entry(casework.Entry{What: casework.TrailRecused, Person: member, Why: refusal.Why})
			if refusal.Rule == casework.RuleConflict {
				s.t.Request.Recused = append(s.t.Request.Recused, member)
			}
			continue
		}
		next.Members = append(next.Members, member)
	}
	s.entry(casework.Entry{What: casework.TrailRoundOpened, Outcome: nth(n)})
	next.Opened = s.now
	next.Due = s.Settings.Due(casework.CastVote).After(s.now)
	next.SettleAt = casework.StartOf(casework.DateOf(next.Due)).AddDate(0, 0, s.Settings.Number(casework.SettleAfterDays))
	s.Rounds = append(s.Rounds, next)
	return true
}

// isSecond: after a round that came to nothing, and on from there; a deferral or a new round is a fresh one of its kind.
func (s *story) isSecond(n int) bool {
	return n > 1 && (s.Rounds[n-2].Second || s.Rounds[n-2].Came == casework.ResultNeither)
}

func (s *story) deferrals() (n int) {
	for _, r := range s.Rounds {
		if r.Came == casework.ResultDeferred {
			n++
		}
	}
	return n
}

// vote asks for the round's votes until it is decided, and the head to settle what it cannot decide.
func (s *story) vote(n int) casework.Result {
	if s.Rounds[n-1].Came != "" {
		return s.Rounds[n-1].Came
	}
	result := casework.Tally(s.Settings, s.Rounds[n-1].Round)
	if result == casework.ResultOpen || result == casework.ResultStuck {
		s.askForVotes(n)
		if !s.settle(n, result == casework.ResultStuck) {
			return casework.ResultOpen
		}
		if s.Rounds[n-1].Came != startedAnew {
			return s.vote(n) // excused or extended: the round looks different now
		}
		result = startedAnew
	}
	if result == casework.ResultNeither && s.Rounds[n-1].Second {
		result = casework.ResultDeclined
	}
	s.Rounds[n-1].Came = result
	s.cancel(key(casework.CastVote, nth(n)), key(casework.SettleVote, nth(n)))
	s.entry(casework.Entry{What: casework.TrailRoundDecided, Outcome: string(result)})
	return result
}

func (s *story) askForVotes(n int) {
	r := s.Rounds[n-1]
	offers := []casework.Outcome{casework.Approve, casework.ApproveCond, casework.Decline, casework.Defer, casework.Recuse}
	if r.NoDefer {
		offers = slices.DeleteFunc(offers, func(o casework.Outcome) bool { return o == casework.Defer })
	}
	for _, member := range r.Waiting() {
		s.ask(casework.CastVote, fmt.Sprintf("%d/%s", n, member), heldBy(casework.BoardMember, member), subject(string(member)),
			offering(offers...), about(s.Conclusion), about(s.answersTo(n)...))
	}
}

// answersTo are the answers to what the board asked in earlier rounds.
func (s *story) answersTo(n int) (actions []casework.ActionID) {
	for i := 1; i < n; i++ {
		for m := 1; ; m++ {
			d, ok := s.Decided[key(casework.AnswerBoard, fmt.Sprintf("%d-%d", i, m))]
			if !ok {
				break
			}
			actions = append(actions, d.Action)
		}
	}
	return actions
}

// votesOf are the actions of a round that voted so.
func (s *story) votesOf(n int, outcomes ...casework.Outcome) (actions []casework.ActionID) {
	for _, member := range s.Rounds[n-1].Present() {
		d := s.Decided[key(casework.CastVote, fmt.Sprintf("%d/%s", n, member))]
		if slices.Contains(outcomes, d.Outcome) {
			actions = append(actions, d.Action)
		}
	}
	return actions
}

// settle asks the head where a round cannot decide: too few members are left, or its time has passed. It tells
// whether the head changed the round; the head decides nothing by it.
func (s *story) settle(n int, stuck bool) bool {
	r := &s.Rounds[n-1]
	name := fmt.Sprintf("%d/%d", n, r.Settled+1)
	if !stuck && !r.Excused && !s.reached(r.SettleAt) && s.waiting(key(casework.SettleVote, name)) == nil {
		if _, decided := s.Decided[key(casework.SettleVote, name)]; !decided {
			return false
		}
	}
	offers := []casework.Outcome{casework.NewRound}
	if r.Extended < s.Settings.Number(casework.VoteExtensions) {
		offers = append(offers, casework.Extend)
	}
	if len(r.Waiting()) > 0 {
		offers = append(offers, casework.Excuse)
	}
	d, ok := s.ask(casework.SettleVote, name, subject(nth(n)), offering(offers...))
	if !ok {
		return false
	}
	return s.settled(n, d)
}

func (s *story) settled(n int, d casework.Decision) bool {
	r := &s.Rounds[n-1]
	switch d.Outcome {
	case casework.Extend:
		s.extend(n, d.Carried.String("until"))
	case casework.Excuse:
		member := casework.PersonID(d.Carried.String("member"))
		if !slices.Contains(r.Waiting(), member) {
			s.refusal = casework.RefusedBy(casework.RuleNotOffered, "refusal.vote-not-awaited")
			return false
		}
		r.Leave(member)
		r.Excused = true
		s.cancel(key(casework.CastVote, fmt.Sprintf("%d/%s", n, member)))
		s.entry(casework.Entry{What: casework.TrailExcused, Person: member})
	case casework.NewRound:
		return s.newRound(n)
	}
	r.Settled++
	return true
}

// extend gives the round and its open votes a new due date; the votes ring no more.
func (s *story) extend(n int, until string) {
	r := &s.Rounds[n-1]
	r.Extended++
	r.Excused = false
	r.SettleAt = casework.StartOf(until)
	r.Due = r.SettleAt
	for i := range s.Tasks {
		if t := &s.Tasks[i]; t.Kind == casework.CastVote {
			t.Clock.Due = casework.EndOfOffice(until)
			s.changed(*t)
		}
	}
}

// newRound begins anew with the board as it is, if as many may vote as votes are needed at least.
func (s *story) newRound(n int) bool {
	if !s.lookedUp(fmt.Sprintf("board/%d", n+1), casework.LookUpOrder{Board: true}) {
		return false
	}
	may := 0
	for _, member := range s.Board {
		if casework.Barred(casework.CastVote, s.Dossier, member) == nil {
			may++
		}
	}
	if least := s.Settings.Number(casework.LeastVotes); may < least {
		s.refusal = casework.RefusedBy(casework.RuleNobodyToDecide, "refusal.too-few-members", "Least", least)
		return false
	}
	s.Rounds[n-1].Came = startedAnew
	return true
}

// boardSaid notes the board's decision. The conditions of the conclusion and of the votes in favour become the letter's;
// where it declines, the votes against give the reasons.
func (s *story) boardSaid(result casework.Result, n int) casework.Phase {
	if s.Verdict == nil {
		votes := s.votesOf(n, casework.Approve, casework.ApproveCond)
		if result == casework.ResultDeclined {
			votes = s.votesOf(n, casework.Decline, casework.Defer)
		}
		actions := append([]casework.ActionID{s.Conclusion}, votes...)
		s.Verdict = &casework.BoardWord{Result: result, Round: n, Actions: actions}
		s.t.Request.Decision = s.Verdict
	}
	return casework.Agreement
}

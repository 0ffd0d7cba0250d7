package casework

import (
	"slices"
	"time"
)

// Result is what a round of votes comes to.
type Result string

// The results. Open: votes are still out that can change it. Stuck: fewer members are left than votes are needed at least.
const (
	ResultOpen     Result = "open"
	ResultApproved Result = "approved"
	ResultDeclined Result = "declined"
	ResultDeferred Result = "deferred"
	ResultNeither  Result = "neither"
	ResultStuck    Result = "stuck"
)

// Round is one round of votes. Its members are fixed when it opens; who is recused or excused is no longer counted.
type Round struct {
	Members    []PersonID           `json:"members"`
	Votes      map[PersonID]Outcome `json:"votes,omitempty"`
	Left       []PersonID           `json:"left,omitempty"` // recused or excused
	HighRating bool                 `json:"highRating,omitempty"`
	NoDefer    bool                 `json:"noDefer,omitempty"` // two deferrals were had
	Second     bool                 `json:"second,omitempty"`
	Due        time.Time            `json:"due"`
	Extended   int                  `json:"extended,omitempty"`
	Excused    bool                 `json:"excused,omitempty"` // after an excuse the head settles at once
}

// Quorum is how many votes a round needs of the members left: a share of them, rounded up, and never fewer than the least.
func Quorum(s Settings, left int) int { return quorumIn(s).of(left) }

// quorum is a share of the members, and the least number of votes.
type quorum struct{ votes, members, least int }

func quorumIn(s Settings) quorum {
	votes, members, ok := share(s.Text(VoteQuorum))
	if !ok {
		votes, members, _ = share(settingNamed(VoteQuorum).Default)
	}
	return quorum{votes, members, s.Number(LeastVotes)}
}

func (q quorum) of(left int) int { return max(q.least, (q.votes*left+q.members-1)/q.members) }

// Leave takes a member out of the round, with the vote, if it was cast.
func (r *Round) Leave(m PersonID) {
	if slices.Contains(r.Members, m) && !slices.Contains(r.Left, m) {
		r.Left = append(r.Left, m)
		delete(r.Votes, m)
	}
}

// Cast notes a member's vote.
func (r *Round) Cast(m PersonID, vote Outcome) {
	if r.Votes == nil {
		r.Votes = map[PersonID]Outcome{}
	}
	r.Votes[m] = vote
}

// Present are the members who are neither recused nor excused.
func (r Round) Present() []PersonID {
	return slices.DeleteFunc(slices.Clone(r.Members), func(m PersonID) bool { return slices.Contains(r.Left, m) })
}

// Waiting are the members whose vote is still out.
func (r Round) Waiting() []PersonID {
	return slices.DeleteFunc(r.Present(), func(m PersonID) bool { _, voted := r.Votes[m]; return voted })
}

// tally counts votes; it is all that a result depends on, so the order of votes cannot matter.
type tally struct {
	approve, decline, deferred, waiting int
	quorum                              quorum
}

func (r Round) tally(s Settings) (t tally) {
	t.quorum = quorumIn(s)
	for _, m := range r.Present() {
		switch r.Votes[m] {
		case Approve, ApproveCond:
			t.approve++
		case Decline:
			t.decline++
		case Defer:
			t.deferred++
		default:
			t.waiting++
		}
	}
	return t
}

// result of the votes as they are, were nobody else to vote.
func (t tally) result(high bool) Result {
	cast := t.approve + t.decline + t.deferred
	left := cast + t.waiting
	switch {
	case left < t.quorum.least:
		return ResultStuck
	case cast < t.quorum.of(left):
		return ResultNeither
	case high && t.approve == cast, !high && 2*t.approve > cast:
		return ResultApproved
	case 2*t.decline > cast:
		return ResultDeclined
	case t.deferred > 0:
		return ResultDeferred
	}
	return ResultNeither
}

// settled tells whether every way in which the open votes can still fall, recusal included, has the same result.
func (t tally) settled(high, noDefer bool) bool {
	want := t.result(high)
	for recused := 0; recused <= t.waiting; recused++ {
		for approve := 0; approve <= t.waiting-recused; approve++ {
			for decline := 0; decline <= t.waiting-recused-approve; decline++ {
				defers := t.waiting - recused - approve - decline
				if noDefer && defers > 0 {
					continue
				}
				end := tally{approve: t.approve + approve, decline: t.decline + decline, deferred: t.deferred + defers, quorum: t.quorum}
				if end.result(high) != want {
					return false
				}
			}
		}
	}
	return true
}

// Tally is the round's result: decided as soon as its quorum of votes is cast and nothing that its open votes can
// still become changes it, else when nobody's vote is open any more. ResultOpen until then.
func Tally(s Settings, r Round) Result {
	t := r.tally(s)
	now := t.result(r.HighRating)
	if t.waiting == 0 || now == ResultStuck {
		return now
	}
	if cast := t.approve + t.decline + t.deferred; cast >= t.quorum.of(cast+t.waiting) && t.settled(r.HighRating, r.NoDefer) {
		return now
	}
	return ResultOpen
}

// MergedConditions are those of the due diligence and of the votes in favour, each once, in the order of the forms.
func MergedConditions(decisive []Values) (conditions []string) {
	for _, form := range decisive {
		for _, text := range form.Strings("conditions") {
			if !slices.Contains(conditions, text) {
				conditions = append(conditions, text)
			}
		}
	}
	return conditions
}

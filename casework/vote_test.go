package casework_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"connex/casework"
)

// aRound is a round in which the members voted so, in their order; "" is a vote that is out.
func aRound(votes ...casework.Outcome) casework.Round {
	var r casework.Round
	for i, v := range votes {
		m := casework.PersonID(fmt.Sprintf("board%d", i+1))
		r.Members = append(r.Members, m)
		switch v {
		case "":
		case casework.Recuse:
			r.Leave(m)
		default:
			r.Cast(m, v)
		}
	}
	return r
}

func TestTally(t *testing.T) {
	const (
		yes, if_, no, later, out, gone = casework.Approve, casework.ApproveCond, casework.Decline, casework.Defer, casework.Outcome(""), casework.Recuse
	)
	for name, tt := range map[string]struct {
		votes []casework.Outcome
		high  bool
		want  casework.Result
	}{
		"nobody yet":                          {votes: []casework.Outcome{out, out, out}, want: casework.ResultOpen},
		"one of three":                        {votes: []casework.Outcome{yes, out, out}, want: casework.ResultOpen},
		"two of three agree":                  {votes: []casework.Outcome{yes, if_, out}, want: casework.ResultApproved},
		"two of three differ":                 {votes: []casework.Outcome{yes, no, out}, want: casework.ResultOpen},
		"the third decides":                   {votes: []casework.Outcome{yes, no, if_}, want: casework.ResultApproved},
		"declined early":                      {votes: []casework.Outcome{no, no, out}, want: casework.ResultDeclined},
		"a high rating wants all":             {votes: []casework.Outcome{yes, yes, out}, high: true, want: casework.ResultOpen},
		"a high rating has all":               {votes: []casework.Outcome{yes, yes, yes}, high: true, want: casework.ResultApproved},
		"a high rating lacks one":             {votes: []casework.Outcome{yes, yes, no}, high: true, want: casework.ResultNeither},
		"somebody asked for it":               {votes: []casework.Outcome{yes, no, later}, want: casework.ResultDeferred},
		"a majority beats a deferral":         {votes: []casework.Outcome{yes, yes, later}, want: casework.ResultApproved},
		"neither":                             {votes: []casework.Outcome{yes, yes, no, no}, want: casework.ResultNeither},
		"one left":                            {votes: []casework.Outcome{gone, gone, yes}, want: casework.ResultStuck},
		"a board of one":                      {votes: []casework.Outcome{out}, want: casework.ResultStuck},
		"two left, both needed":               {votes: []casework.Outcome{gone, yes, out}, want: casework.ResultOpen},
		"two left, both there":                {votes: []casework.Outcome{gone, yes, yes}, want: casework.ResultApproved},
		"four of six differ too much to fall": {votes: []casework.Outcome{yes, yes, yes, yes, out, out}, want: casework.ResultApproved},
	} {
		t.Run(name, func(t *testing.T) {
			r := aRound(tt.votes...)
			r.HighRating = tt.high
			if got := casework.Tally(nil, r); got != tt.want {
				t.Errorf("%v: %s, want %s", tt.votes, got, tt.want)
			}
		})
	}
}

func TestQuorum(t *testing.T) {
	for left, want := range map[int]int{0: 2, 1: 2, 2: 2, 3: 2, 4: 3, 5: 4, 6: 4, 7: 5, 9: 6} {
		if got := casework.Quorum(nil, left); got != want {
			t.Errorf("quorum of %d is %d, want %d", left, got, want)
		}
	}
}

var votes = []casework.Outcome{casework.Approve, casework.ApproveCond, casework.Decline, casework.Defer, casework.Recuse, ""}

func drawRound(t *rapid.T) casework.Round {
	r := aRound(rapid.SliceOfN(rapid.SampledFrom(votes), 0, 8).Draw(t, "votes")...)
	r.HighRating = rapid.Bool().Draw(t, "high")
	return r
}

// drawQuorum is any quorum that staff may set.
func drawQuorum(t *rapid.T) casework.Settings {
	return casework.Settings{casework.VoteQuorum: rapid.SampledFrom(casework.Shares).Draw(t, "quorum"),
		casework.LeastVotes: strconv.Itoa(rapid.IntRange(2, 5).Draw(t, "least"))}
}

func TestTheRecusedMightAsWellNotExist(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, r := drawQuorum(t), drawRound(t)
		without := r
		without.Members, without.Left = r.Present(), nil
		if got, want := casework.Tally(s, r), casework.Tally(s, without); got != want {
			t.Fatalf("%s with the recused in the room, %s without them", got, want)
		}
	})
}

func TestTheOrderOfVotesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, r := drawQuorum(t), drawRound(t)
		turned := r
		turned.Members = rapid.Permutation(slices.Clone(r.Members)).Draw(t, "order")
		if casework.Tally(s, r) != casework.Tally(s, turned) {
			t.Fatalf("%s in one order, %s in another", casework.Tally(s, r), casework.Tally(s, turned))
		}
	})
}

// Whatever the open votes become, recusals included, an announced result stays.
func TestAnAnnouncedResultNeverChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, r := drawQuorum(t), drawRound(t)
		announced := casework.Tally(s, r)
		if announced == casework.ResultOpen || announced == casework.ResultStuck {
			return
		}
		for _, m := range r.Waiting() {
			switch v := rapid.SampledFrom(votes[:5]).Draw(t, "later"); v {
			case casework.Recuse:
				r.Leave(m)
			default:
				r.Cast(m, v)
			}
			if now := casework.Tally(s, r); now != announced {
				t.Fatalf("announced %s, then %s", announced, now)
			}
		}
	})
}

// inFavour is how many votes approve, with or without conditions.
func inFavour(r casework.Round) (n int) {
	for _, v := range r.Votes {
		if v == casework.Approve || v == casework.ApproveCond {
			n++
		}
	}
	return n
}

func TestNoApprovalWithoutAQuorumInFavour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, r := drawQuorum(t), drawRound(t)
		if casework.Tally(s, r) == casework.ResultApproved && 2*inFavour(r) <= len(r.Votes) {
			t.Fatalf("approved by %d of %d votes", inFavour(r), len(r.Votes))
		}
	})
}

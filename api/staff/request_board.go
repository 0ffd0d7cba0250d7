package staff

import (
	"slices"
	"strconv"
	"time"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// board is what the board was asked and said, round by round.
type board struct {
	Rounds     []voteRound
	Hidden     bool // from this reader, whose own vote is out
	Decision   string
	Conditions []string
	Recused    []string
	Agreed     bool
}

// voteRound is a round with the votes that this reader may see.
type voteRound struct {
	Number  int
	Opened  time.Time
	Votes   []voteLine
	Waiting []string
	Result  string
}

type voteLine struct {
	ID                 string
	Who, Outcome, Mark string
	At                 time.Time
	Reasons            []web.Line
}

func (r reading) board() (b board) {
	b.Agreed = r.file.Agreed
	for _, e := range r.file.Story {
		switch e.What {
		case casework.TrailRoundOpened:
			b.Rounds = append(b.Rounds, voteRound{Number: len(b.Rounds) + 1, Opened: e.At})
		case casework.TrailRoundDecided:
			if len(b.Rounds) > 0 {
				b.Rounds[len(b.Rounds)-1].Result = r.w.T("page.case.result." + e.Outcome)
			}
		case casework.TrailRecused:
			if name := r.names[e.Person]; name != "" && !slices.Contains(b.Recused, name) {
				b.Recused = append(b.Recused, name)
			}
		}
	}
	for _, d := range r.file.Decided {
		if d.Kind == casework.CastVote {
			b.add(d.Opened, func(round *voteRound) { round.Votes = append(round.Votes, r.vote(d)) })
		}
	}
	for _, t := range r.file.Open {
		if t.Kind != casework.CastVote {
			continue
		}
		b.Hidden = b.Hidden || t.Holder == r.p.ID
		b.add(t.OpenedAt, func(round *voteRound) { round.Waiting = append(round.Waiting, t.HolderName) })
	}
	if r.file.Decision != nil {
		b.Decision, b.Conditions = r.w.T("page.case.result."+string(r.file.Decision.Result)), r.conditions()
	}
	slices.Reverse(b.Rounds)
	return b
}

// add changes the round that was open at that time, and makes the first one where the trail tells of none.
func (b *board) add(at time.Time, change func(*voteRound)) {
	if len(b.Rounds) == 0 {
		b.Rounds = []voteRound{{Number: 1, Opened: at}}
	}
	i := 0
	for j, round := range b.Rounds {
		if !round.Opened.After(at) {
			i = j
		}
	}
	change(&b.Rounds[i])
}

func (r reading) vote(d store.Decided) voteLine {
	said := r.place(d, "vote")
	return voteLine{ID: said.ID, Who: d.ActorName, Outcome: said.Outcome, Mark: string(d.Outcome), At: said.At, Reasons: said.Lines}
}

// conditions of the due diligence and of the votes in favour, each once.
func (r reading) conditions() (conditions []string) {
	for _, d := range r.file.Decided {
		if !slices.Contains(r.file.Decision.Actions, d.ID) {
			continue
		}
		for _, text := range d.Form.Strings("conditions") {
			if !slices.Contains(conditions, text) {
				conditions = append(conditions, text)
			}
		}
	}
	return conditions
}

// Anchor of a round, which the trail leads to.
func (v voteRound) Anchor() string { return "round-" + strconv.Itoa(v.Number) }

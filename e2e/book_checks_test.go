package e2e

import (
	"strings"
	"testing"
)

// The book must notice when the system breaks its word; else all that is held against it shows nothing.
func TestTheBookNoticesBrokenWords(t *testing.T) {
	inTurn(t)
	one := task{ID: "1", Kind: "cast-vote"}
	effect := func(what, outcome string) trailEntry {
		return trailEntry{What: what, Task: &one.ID, Outcome: &outcome}
	}
	vote := effect("cast-vote", "approve")
	for name, tt := range map[string]struct {
		told  []int
		trail []trailEntry
		wrong string
	}{
		"as it should be":             {[]int{200}, []trailEntry{vote}, ""},
		"refused, and nothing came":   {[]int{409}, nil, ""},
		"done once, refused later":    {[]int{200, 409}, []trailEntry{vote}, ""},
		"a yes without effect":        {[]int{200}, nil, "took effect 0 times"},
		"a yes with two effects":      {[]int{200}, []trailEntry{vote, vote}, "took effect 2 times"},
		"a yes with another effect":   {[]int{200}, []trailEntry{effect("cast-vote", "decline")}, "the trail has cast-vote decline"},
		"two people were told yes":    {[]int{200, 200}, []trailEntry{vote}, "told yes twice"},
		"a no that took effect":       {[]int{422}, []trailEntry{vote}, "nobody was told so"},
		"an effect nobody asked for":  {nil, []trailEntry{vote}, "nobody was told so"},
		"somebody was never answered": {[]int{0}, nil, "nobody was told what became"},
	} {
		t.Run(name, func(t *testing.T) {
			var b book
			for _, status := range tt.told {
				b.close(b.open(one, "approve", ""), answer{status: status})
			}
			err := b.compare(tt.trail)
			if (err == nil) != (tt.wrong == "") || err != nil && !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("noticed %v, want %q", err, tt.wrong)
			}
		})
	}
}

func TestABrokenChainIsNoticed(t *testing.T) {
	inTurn(t)
	entry := func(seq int, prev, hash string) trailEntry {
		e := trailEntry{Seq: seq, What: "cast-vote", Hash: hash, PrevHash: prev}
		e.Actor.Role = "board_member"
		return e
	}
	for name, trail := range map[string][]trailEntry{
		"one is missing":     {entry(1, "", "a"), entry(3, "b", "c")},
		"one was changed":    {entry(1, "", "a"), entry(2, "x", "b")},
		"one has no author":  {{Seq: 1, What: "cast-vote"}},
		"two were swapped":   {entry(2, "a", "b"), entry(1, "", "a")},
		"one is there twice": {entry(1, "", "a"), entry(1, "", "a")},
	} {
		if chained(trail) == nil {
			t.Errorf("%s, and nobody notices", name)
		}
	}
}

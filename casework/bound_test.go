package casework_test

import (
	"slices"
	"testing"
	"time"

	"connex/casework"
)

func TestWhoKeepsAnActivityFromBeginning(t *testing.T) {
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	signed := casework.CodeSignature{Version: casework.CurrentCode().Version, SignedAt: now.AddDate(0, -1, 0)}
	lapsed := casework.CodeSignature{Version: signed.Version, SignedAt: now.AddDate(-9, 0, 0)}
	for name, tt := range map[string]struct {
		team []casework.TeamMember
		want []string
	}{
		"nobody":                 {[]casework.TeamMember{{Name: "Ana", Code: signed, Interests: "none"}, {Name: "Ben", Code: signed, Interests: "accepted"}}, nil},
		"who never signed":       {[]casework.TeamMember{{Name: "Ana", Interests: "none"}}, []string{"refusal.unbound.code"}},
		"whose Code lapsed":      {[]casework.TeamMember{{Name: "Ana", Code: lapsed, Interests: "none"}}, []string{"refusal.unbound.code"}},
		"who never declared":     {[]casework.TeamMember{{Name: "Ana", Code: signed}}, []string{"refusal.unbound.interests"}},
		"what waits for a head":  {[]casework.TeamMember{{Name: "Ana", Code: signed, Interests: "disclosed"}}, []string{"refusal.unbound.disclosed"}},
		"who did neither":        {[]casework.TeamMember{{Name: "Ana"}}, []string{"refusal.unbound.both"}},
		"each for another cause": {[]casework.TeamMember{{Name: "Ana", Code: signed}, {Name: "Ben", Interests: "none"}}, []string{"refusal.unbound.interests", "refusal.unbound.code"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			if refusal := casework.Unbound(tt.team, nil, now); refusal != nil {
				for _, s := range refusal.Why.With["Who"].([]casework.Sentence) {
					got = append(got, s.ID)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

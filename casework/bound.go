package casework

import "time"

// TeamMember is an expert of an activity, with what must be there before it begins.
type TeamMember struct {
	Name      string        `json:"name"`
	Code      CodeSignature `json:"code,omitzero"`
	Interests string        `json:"interests"` // as Binding has it; empty: never declared
}

// Unbound says who keeps an activity from beginning, and by what, or nil. A workflow asks the same of what it looked up.
func Unbound(team []TeamMember, by Settings, now time.Time) *Refusal {
	var who []Sentence
	for _, m := range team {
		signed, declared := m.Code.Current(by, now), m.Interests == "none" || m.Interests == "accepted"
		switch {
		case !signed && !declared:
			who = append(who, Say("refusal.unbound.both", "Name", m.Name))
		case !signed:
			who = append(who, Say("refusal.unbound.code", "Name", m.Name))
		case m.Interests == "":
			who = append(who, Say("refusal.unbound.interests", "Name", m.Name))
		case !declared:
			who = append(who, Say("refusal.unbound.disclosed", "Name", m.Name))
		}
	}
	if len(who) == 0 {
		return nil
	}
	return RefusedBy(RuleNotBound, "refusal.unbound.activity", "Who", who)
}

package casework

import (
	"testing"

	"pgregory.net/rapid"
)

func TestEligibility(t *testing.T) {
	good := EligibilityAnswers{Country: "GN", LargeContract: Yes, SeeksAssistance: Yes, NegotiationPhase: "during"}
	with := func(change func(*EligibilityAnswers)) EligibilityAnswers { a := good; change(&a); return a }
	for name, tt := range map[string]struct {
		answers EligibilityAnswers
		verdict string
		because string
		refers  string
	}{
		"all fits":                        {good, Likely, "country-listed", ""},
		"Kosovo":                          {with(func(a *EligibilityAnswers) { a.Country = "XK" }), Likely, "country-listed", ""},
		"Palestine":                       {with(func(a *EligibilityAnswers) { a.Country = "PS" }), Likely, "country-listed", ""},
		"before the negotiation":          {with(func(a *EligibilityAnswers) { a.NegotiationPhase = "pre" }), Likely, "negotiationPhase-yes", ""},
		"after it":                        {with(func(a *EligibilityAnswers) { a.NegotiationPhase = "post" }), Likely, "negotiationPhase-yes", ""},
		"the list knows better":           {with(func(a *EligibilityAnswers) { a.DevelopingCountry = No }), Likely, "country-listed", ""},
		"Chile, not on the list":          {with(func(a *EligibilityAnswers) { a.Country = "CL" }), Unclear, "country-not-listed", ""},
		"not on the list, but says so":    {with(func(a *EligibilityAnswers) { a.Country, a.DevelopingCountry = "BG", Yes }), Unclear, "country-not-listed", ""},
		"not on the list, and says no":    {with(func(a *EligibilityAnswers) { a.Country, a.DevelopingCountry = "CL", No }), Unlikely, "country-no", "nsp"},
		"no country, says yes":            {with(func(a *EligibilityAnswers) { a.Country, a.DevelopingCountry = "", Yes }), Likely, "country-yes", ""},
		"no country, says nothing":        {with(func(a *EligibilityAnswers) { a.Country = "" }), Unclear, "country-unclear", ""},
		"no large contract":               {with(func(a *EligibilityAnswers) { a.LargeContract = No }), Unlikely, "largeContract-no", "nsp"},
		"no contract, a law":              {with(func(a *EligibilityAnswers) { a.LargeContract, a.Need = No, "policy-or-law" }), Unlikely, "largeContract-no", "igf"},
		"perhaps a contract":              {with(func(a *EligibilityAnswers) { a.LargeContract = Unclear }), Unclear, "largeContract-unclear", ""},
		"wants no assistance":             {with(func(a *EligibilityAnswers) { a.SeeksAssistance = No }), Unlikely, "seeksAssistance-no", "nsp"},
		"says nothing":                    {EligibilityAnswers{}, Unclear, "largeContract-unclear", ""},
		"says what is no answer":          {with(func(a *EligibilityAnswers) { a.SeeksAssistance = "'; DROP TABLE" }), Unclear, "seeksAssistance-unclear", ""},
		"fits, but a lawyer alone is it":  {with(func(a *EligibilityAnswers) { a.Need = "lawyer-only" }), Likely, "country-listed", "alsf"},
		"no, and a need that there isn't": {with(func(a *EligibilityAnswers) { a.LargeContract, a.Need = No, "x" }), Unlikely, "largeContract-no", "nsp"},
	} {
		got := Eligibility(tt.answers)
		if got.Verdict != tt.verdict || !gives(got, tt.because) {
			t.Errorf("%s: %s, because of %+v", name, got.Verdict, got.Reasons)
		}
		if first := firstReferral(got); first != tt.refers {
			t.Errorf("%s: referred to %q, want %q", name, first, tt.refers)
		}
	}
}

func gives(v Verdict, key string) bool {
	for _, reason := range v.Reasons {
		if reason.Key == key {
			return true
		}
	}
	return false
}

func firstReferral(v Verdict) string {
	if len(v.Referrals) == 0 {
		return ""
	}
	return v.Referrals[0].Key
}

// Whatever is answered, there are four reasons and a next step.
func TestTheSelfCheckAlwaysAnswers(t *testing.T) {
	answer := rapid.SampledFrom([]string{"", Yes, No, Unclear, "pre", "x"})
	rapid.Check(t, func(t *rapid.T) {
		v := Eligibility(EligibilityAnswers{
			Country: rapid.SampledFrom([]string{"", "GN", "CL", "XK", "??"}).Draw(t, "country"), DevelopingCountry: answer.Draw(t, "developing"),
			LargeContract: answer.Draw(t, "contract"), SeeksAssistance: answer.Draw(t, "assistance"), NegotiationPhase: answer.Draw(t, "phase"),
			Need: rapid.SampledFrom(append(supportNeeds(), "")).Draw(t, "need"),
		})
		if len(v.Reasons) != len(Criteria) {
			t.Fatalf("reasons: %+v", v.Reasons)
		}
		for i, said := range append(v.Reasons, v.NextStep) {
			if said.Key == "" || i < len(Criteria) && said.Criterion != Criteria[i] {
				t.Fatalf("nothing is said: %+v", said)
			}
		}
	})
}

package casework

import "cmp"

// EligibilityAnswers are those of the public self-check. Nothing is stored, and nothing is decided by them: only
// assess-eligibility decides.
type EligibilityAnswers struct {
	Country           string `json:"country,omitempty"`           // a code; where it is in the list, the first criterion is answered
	DevelopingCountry string `json:"developingCountry,omitempty"` // yes, no, unclear, as all four; empty counts as unclear
	LargeContract     string `json:"largeContract,omitempty"`     // ongoing or upcoming (re)negotiation of a large extractives contract
	SeeksAssistance   string `json:"seeksAssistance,omitempty"`   // international and regional, in that negotiation
	NegotiationPhase  string `json:"negotiationPhase,omitempty"`  // also pre, during or post: any of them fits
	Need              string `json:"need,omitempty"`              // one of SupportNeeds, where somebody else may fit better
}

// The answers to a criterion.
const (
	Yes     = "yes"
	No      = "no"
	Unclear = "unclear"
)

// The verdicts of the self-check. «Not eligible» is none of them: that is said by a person, and in other words.
const (
	Likely   = "likely"
	Unlikely = "unlikely"
)

// Verdict is what the self-check answers.
type Verdict struct {
	Verdict   string   // likely, unclear, unlikely
	Reasons   []Reason // one for each criterion
	NextStep  Reason
	Referrals []Partner
}

// Reason is a sentence of the self-check, in the words that one uses to a guest, and what it is about.
type Reason struct {
	Criterion string
	Key       string // by which programs tell sentences apart
}

// Sentence is what the reason says.
func (r Reason) Sentence() Sentence { return Say("self-check." + r.Key) }

// Eligibility answers the self-check. A country outside the list is unclear, not unlikely: whether an economy is in
// transition is for a person to judge.
func Eligibility(a EligibilityAnswers) Verdict {
	v := Verdict{Verdict: Likely}
	for _, criterion := range Criteria {
		answer, key := a.answer(criterion)
		v.Reasons = append(v.Reasons, Reason{criterion, key})
		v.Verdict = worse(v.Verdict, map[string]string{Yes: Likely, No: Unlikely}[answer])
	}
	v.NextStep = Reason{Key: "next-" + v.Verdict}
	v.Referrals = Referrals(a.Need, a.Country)
	if v.Verdict == Unlikely && len(v.Referrals) == 0 {
		v.Referrals = Referrals("self-help", a.Country)
	}
	return v
}

// worse takes unclear for an answer that is neither yes nor no.
func worse(a, b string) string {
	order := map[string]int{Likely: 1, Unclear: 2, Unlikely: 3}
	b = cmp.Or(b, Unclear)
	if order[b] > order[a] {
		return b
	}
	return a
}

// answer is the answer to a criterion and the key of the sentence about it.
func (a EligibilityAnswers) answer(criterion string) (answer, key string) {
	switch criterion {
	case "developingCountry":
		return a.aboutCountry()
	case "largeContract":
		answer = a.LargeContract
	case "seeksAssistance":
		answer = a.SeeksAssistance
	case "negotiationPhase":
		answer = a.NegotiationPhase
		if InList(Stages, answer) {
			answer = Yes
		}
	}
	if answer != Yes && answer != No {
		answer = Unclear
	}
	return answer, criterion + "-" + answer
}

func (a EligibilityAnswers) aboutCountry() (answer, key string) {
	country, known := CountryByCode(a.Country)
	switch {
	case known && country.ODA.Value != "":
		return Yes, "country-listed"
	case a.DevelopingCountry == No:
		return No, "country-no"
	case known:
		return Unclear, "country-not-listed"
	case a.DevelopingCountry == Yes:
		return Yes, "country-yes"
	}
	return Unclear, "country-unclear"
}

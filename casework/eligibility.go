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
	Verdict   string    `json:"verdict"` // likely, unclear, unlikely
	Reasons   []Reason  `json:"reasons"` // one for each criterion
	NextStep  Reason    `json:"nextStep"`
	Referrals []Partner `json:"referrals,omitempty"`
}

// Reason is a sentence, and the key under which the catalogue has it in other languages (reason.<key>).
type Reason struct {
	Criterion string `json:"criterion,omitempty"`
	Key       string `json:"key"`
	Text      string `json:"text"`
}

// Eligibility answers the self-check. A country outside the list is unclear, not unlikely: whether an economy is in
// transition is for a person to judge.
func Eligibility(a EligibilityAnswers) Verdict {
	v := Verdict{Verdict: Likely}
	for _, criterion := range Criteria {
		answer, key := a.answer(criterion)
		v.Reasons = append(v.Reasons, reasonFor(criterion, key))
		v.Verdict = worse(v.Verdict, map[string]string{Yes: Likely, No: Unlikely}[answer])
	}
	v.NextStep = reasonFor("", "next-"+v.Verdict)
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

func reasonFor(criterion, key string) Reason {
	return Reason{Criterion: criterion, Key: key, Text: selfCheck[key]}
}

// selfCheck has the sentences of the self-check, in the words that one uses to a guest.
var selfCheck = map[string]string{
	"country-listed":     "Your country is on the OECD list for development co-operation, which is where CONNEX works.",
	"country-yes":        "CONNEX works with countries on the OECD list for development co-operation and with economies in transition. Please tell us which country it is.",
	"country-not-listed": "Your country is not on the OECD list for development co-operation. CONNEX also works with economies in transition; we will look at this with you.",
	"country-no":         "CONNEX works with countries on the OECD list for development co-operation and with economies in transition.",
	"country-unclear":    "Please name your country: CONNEX works with those on the OECD list for development co-operation and with economies in transition.",

	"largeContract-yes":     "You are negotiating, or about to negotiate, a large contract in the extractive sector. That is what CONNEX is for.",
	"largeContract-no":      "CONNEX supports the negotiation of large contracts in the extractive sector, ongoing or to come.",
	"largeContract-unclear": "Whether a contract is large enough, or a negotiation near enough, is best seen together.",

	"seeksAssistance-yes":     "You look for international or regional assistance in these negotiations.",
	"seeksAssistance-no":      "CONNEX comes only where a government wishes for assistance in its negotiations.",
	"seeksAssistance-unclear": "What kind of assistance would help is something that we are glad to discuss with you.",

	"negotiationPhase-yes":     "Support is possible before, during and after the negotiations.",
	"negotiationPhase-no":      "Support is possible before, during and after the negotiations, as long as it has to do with them.",
	"negotiationPhase-unclear": "Support is possible before, during and after the negotiations, so the stage does not stand in the way.",

	"next-likely":   "CONNEX can probably support you. An informal mail or telephone call is enough to start, or leave us a message here.",
	"next-unclear":  "Please get in touch: an informal mail or telephone call is enough, and we will look at it with you at once.",
	"next-unlikely": "What you describe may lie outside what CONNEX can support. Those named here may be able to help; if you are not sure, please ask us.",
}

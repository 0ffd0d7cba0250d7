package casework

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLeastRating(t *testing.T) {
	for name, tt := range map[string]struct {
		kind TaskKind
		with Values
		want Rating
		stop bool
	}{
		"nothing":                         {CheckHumanRights, Values{}, Low, false},
		"no displacement":                 {CheckHumanRights, Values{"hr-displaced-known": "yes", "hr-displaced": 0.0}, Low, false},
		"one person":                      {CheckHumanRights, Values{"hr-displaced-known": "yes", "hr-displaced": 1.0}, Medium, false},
		"199":                             {CheckHumanRights, Values{"hr-displaced-known": "yes", "hr-displaced": 199.0}, Medium, false},
		"200":                             {CheckHumanRights, Values{"hr-displaced-known": "yes", "hr-displaced": 200.0}, High, false},
		"a number nobody knows":           {CheckHumanRights, Values{"hr-displaced-known": "unknown"}, Medium, false},
		"999 miners":                      {CheckConflict, Values{"con-asm-known": "yes", "con-asm": 999.0}, Medium, false},
		"1000 miners":                     {CheckConflict, Values{"con-asm-known": "yes", "con-asm": 1000.0}, High, false},
		"unknown":                         {CheckHumanRights, Values{"hr-groups": "unknown"}, Medium, false},
		"the worst counts":                {CheckIntegrity, Values{"int-agents": "yes", "int-pep": "yes", "int-owners": "partly"}, High, false},
		"a World Heritage site":           {CheckEnvironment, Values{"env-protected": "world-heritage"}, High, true},
		"a confirmed counterparty":        {CheckIntegrity, Values{"int-sanctions": "confirmed-counterparty", "int-agents": "no"}, High, true},
		"a confirmed person":              {CheckIntegrity, Values{"int-sanctions": "confirmed-person"}, High, false},
		"what is no answer":               {CheckIntegrity, Values{"int-sanctions": "whatever", "int-pep": 3.0}, Low, false},
		"an evaluation raises nothing":    {SelfAssess, Values{"exp-pressure": "unknown"}, Low, false},
		"without a questionnaire":         {CastVote, Values{"outcome": "approve"}, Low, false},
		"Burkina Faso, in the sample":     {CheckConflict, Values{"con-level": "project-area", "con-asm-known": "yes", "con-asm": 4000.0}, High, false},
		"a shared rail, in the sample":    {CheckPartners, Values{"par-same": "exclusive"}, High, false},
		"talks under way, in the sample":  {CheckHumanRights, Values{"hr-indigenous": "in-progress"}, Medium, false},
		"a gas field, in the sample":      {CheckEnvironment, Values{"env-climate": "gas"}, Medium, false},
		"a mandate denied, in the sample": {CheckIntegrity, Values{"int-mandate": "contradicted", "int-owners": "not-known"}, High, false},
	} {
		if got, stop := LeastRating(tt.kind, tt.with); got != tt.want || stop != tt.stop {
			t.Errorf("%s: %s, stop %v; want %s, %v", name, got, stop, tt.want, tt.stop)
		}
	}
}

func TestCheckQuestionnaire(t *testing.T) {
	for name, tt := range map[string]struct {
		kind  TaskKind
		with  Values
		field string
		says  string
	}{
		"rated lower than the answers":    {CheckEnvironment, Values{"env-category": "a", "rating": "low"}, "rating", "invalid.rating.low-below-medium"},
		"proceeding where it is high":     {CheckEnvironment, Values{"rating": "high", "outcome": "proceed"}, "outcome", "invalid.high-risk"},
		"conditions where all stops":      {CheckIntegrity, Values{"int-sanctions": "confirmed-counterparty", "rating": "high", "outcome": "proceed-with-conditions"}, "outcome", "invalid.stop"},
		"a measure that one asks for":     {CheckConflict, Values{"con-finance": "yes"}, "mitigation-oecd-ddg", "invalid.no-measure"},
		"a measure for what is unknown":   {CheckConflict, Values{"con-finance": "unknown"}, "mitigation-oecd-ddg", "invalid.no-measure"},
		"a measure for either: the first": {CheckConflict, Values{"con-territory": "yes"}, "mitigation-legal-opinion", "invalid.no-measure"},
		"a measure for either: the other": {CheckConflict, Values{"con-authority": "contested"}, "mitigation-legal-opinion", "invalid.no-measure"},
		"a measure for a number":          {CheckConflict, Values{"con-asm-known": "yes", "con-asm": 1.0}, "mitigation-asm-plan", "invalid.no-measure"},
		"a measure of blanks":             {CheckConflict, Values{"con-finance": "yes", "mitigation-oecd-ddg": " \n"}, "mitigation-oecd-ddg", "invalid.no-measure"},
		"half a person":                   {CheckConflict, Values{"con-asm-known": "yes", "con-asm": 0.5}, "con-asm", "invalid.whole-number"},
		"fewer than nobody":               {CheckConflict, Values{"con-asm-known": "yes", "con-asm": -1.0}, "con-asm", "invalid.whole-number"},
		"more than there are":             {CheckConflict, Values{"con-asm-known": "yes", "con-asm": 1e300}, "con-asm", "invalid.whole-number"},
		"no number at all":                {CheckConflict, Values{"con-asm-known": "yes", "con-asm": math.NaN()}, "con-asm", "invalid.whole-number"},
		"known and unknown":               {CheckConflict, Values{"con-asm-known": "unknown", "con-asm": 3.0}, "con-asm", "invalid.known-after-all"},
		"nobody and somebody":             {CheckPartners, Values{"par-active": []any{"none", "igf"}}, "par-active", "invalid.not-alone"},
		"more days than a life has":       {SelfAssess, Values{"exp-days": 100000.0}, "exp-days", "invalid.number"},
	} {
		got := CheckQuestionnaire(tt.kind, tt.with)[tt.field]
		if got.ID != tt.says {
			t.Errorf("%s: %+v, want %q", name, got, tt.says)
		}
	}
}

func TestARatingMayBeHigher(t *testing.T) {
	values := harmless(CheckEnvironment)
	values["rating"], values["outcome"] = "medium", "proceed-with-conditions"
	if wrong := CheckQuestionnaire(CheckEnvironment, values); len(wrong) > 0 {
		t.Errorf("a reviewer who is more careful than the answers hears %v", wrong)
	}
}

func TestMeasuresConfirmedOrWaivedAreEnough(t *testing.T) {
	values := Values{"con-authority": "contested", "rating": "high", "outcome": "proceed-with-conditions",
		"mitigation-legal-opinion": "Counsel is asked.", "mitigation-funder-position": "Waived: the funder has spoken."}
	if wrong := CheckQuestionnaire(CheckConflict, values); len(wrong) > 0 {
		t.Error(wrong)
	}
}

func TestMoreWorryingAnswersNeverLowerTheRating(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(Checks).Draw(t, "kind")
		values := drawAnswers(t, kind)
		before, stopped := LeastRating(kind, values)
		question := drawRaising(t, kind)
		was := question.raised(values)
		drawAnswer(t, question, values)
		if is := question.raised(values); graver(was, is) != is {
			return // less worrying
		}
		if after, stop := LeastRating(kind, values); after.Below(before) || stopped && !stop {
			t.Fatalf("%s became %s with %s = %v", before, after, question.Key, values[question.Key])
		}
	})
}

func drawRaising(t *rapid.T, kind TaskKind) QuestionRule {
	q, _ := QuestionnaireOf(kind)
	raising := slices.DeleteFunc(slices.Clone(q.Questions), func(r QuestionRule) bool { return len(r.Measures) == 0 })
	return rapid.SampledFrom(raising).Draw(t, "question")
}

func TestALargerNumberNeverLowersTheRating(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		few := rapid.Float64Range(0, 1e7).Draw(t, "few")
		many := rapid.Float64Range(few, 1e7).Draw(t, "many")
		with := func(n float64) Rating {
			least, _ := LeastRating(CheckConflict, Values{"con-asm-known": "yes", "con-asm": n})
			return least
		}
		if with(many).Below(with(few)) {
			t.Fatalf("%v miners are %s, %v are %s", few, with(few), many, with(many))
		}
	})
}

func TestWhatTheAnswersLeaveOpen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(Checks).Draw(t, "kind")
		values := drawAnswers(t, kind)
		least, stop := LeastRating(kind, values)
		rating := rapid.SampledFrom([]Rating{Low, Medium, High}).Draw(t, "rating")
		outcome := rapid.SampledFrom([]Outcome{Proceed, WithConditions, AdviseAgainst}).Draw(t, "outcome")
		values["rating"], values["outcome"] = string(rating), string(outcome)
		allowed := !rating.Below(least) && (outcome == AdviseAgainst || !stop && (outcome == WithConditions || rating != High))
		if wrong := CheckQuestionnaire(kind, values); (len(wrong) == 0) != allowed {
			t.Fatalf("%s, rated %s (least %s, stop %v), %s: %v", kind, rating, least, stop, outcome, wrong)
		}
	})
}

// The measures that raising answers ask for are exactly those that the form misses.
func TestEveryMeasureIsMissed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(Checks).Draw(t, "kind")
		values := drawAnswers(t, kind)
		wanted := MeasuresFor(kind, values)
		for name := range values {
			if strings.HasPrefix(name, "mitigation-") {
				delete(values, name)
			}
		}
		wrong := CheckQuestionnaire(kind, values)
		for _, measure := range wanted {
			if wrong["mitigation-"+measure].ID == "" {
				t.Fatalf("%s is not missed", measure)
			}
		}
		if len(wrong) != len(wanted) {
			t.Fatalf("missed %v, wanted %v", wrong, wanted)
		}
	})
}

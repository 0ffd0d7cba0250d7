package casework

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func card(relevance, coherence, effectiveness, efficiency, impact, sustainability Grade) ScoreCard {
	all := []Grade{relevance, coherence, effectiveness, efficiency, impact, sustainability}
	c := ScoreCard{}
	for i, criterion := range EvaluationCriteria {
		if all[i] > 0 {
			c[criterion] = all[i]
		}
	}
	return c
}

func TestOverall(t *testing.T) {
	for name, tt := range map[string]struct {
		card ScoreCard
		want Overall
		word string
	}{
		"all best":                       {card(1, 1, 1, 1, 1, 1), Overall{1, 1, false, Yes}, "very-successful"},
		"the sample that is closed":      {card(1, 2, 2, 2, 2, 2), Overall{1.8, 2, false, Yes}, "successful"},
		"all three":                      {card(3, 3, 3, 3, 3, 3), Overall{3, 3, false, Yes}, "rather-successful"},
		"good, but nothing lasts":        {card(1, 1, 1, 1, 1, 4), Overall{4, 4, true, No}, "rather-unsuccessful"},
		"good, but without effect":       {card(1, 1, 5, 1, 1, 1), Overall{4, 4, true, No}, "rather-unsuccessful"},
		"not relevant: no cap":           {card(6, 2, 2, 2, 2, 2), Overall{2.7, 3, false, Yes}, "rather-successful"},
		"worse than the cap":             {card(5, 5, 5, 5, 5, 5), Overall{5, 5, false, No}, "unsuccessful"},
		"all worst":                      {card(6, 6, 6, 6, 6, 6), Overall{6, 6, false, No}, "very-unsuccessful"},
		"half way is on the worse side":  {card(6, 6, 3, 3, 3, 0), Overall{4.2, 4, false, No}, "rather-unsuccessful"},
		"three and a half":               {card(4, 5, 3, 3, 3, 3), Overall{3.5, 4, false, No}, "rather-unsuccessful"},
		"one cannot be said":             {card(2, 0, 2, 1, 2, 2), Overall{1.8, 2, false, Yes}, "successful"},
		"a decisive one cannot be said":  {card(2, 2, 2, 2, 0, 2), Overall{2, 2, false, CannotSay}, "successful"},
		"not said, but another is bad":   {card(1, 1, 4, 1, 0, 1), Overall{4, 4, true, No}, "rather-unsuccessful"},
		"nothing can be said":            {card(0, 0, 0, 0, 0, 0), Overall{0, 0, false, CannotSay}, CannotSay},
		"only relevance":                 {card(1, 0, 0, 0, 0, 0), Overall{1, 1, false, CannotSay}, "very-successful"},
		"one third is rounded to tenths": {card(1, 1, 2, 0, 0, 0), Overall{1.3, 1, false, CannotSay}, "very-successful"},
	} {
		got := tt.card.Overall()
		if diff := cmp.Diff(tt.want, got); diff != "" || got.Grade.Word() != tt.word {
			t.Errorf("%s: %s %s", name, got.Grade.Word(), diff)
		}
	}
}

func drawCard(t *rapid.T) ScoreCard {
	g := func(name string) Grade { return Grade(rapid.IntRange(0, 6).Draw(t, name)) }
	return card(g("relevance"), g("coherence"), g("effectiveness"), g("efficiency"), g("impact"), g("sustainability"))
}

func TestAWorseGradeNeverBettersTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := drawCard(t)
		after := maps.Clone(before)
		criterion := rapid.SampledFrom(EvaluationCriteria).Draw(t, "criterion")
		if before[criterion] == 0 {
			return
		}
		after[criterion] = Grade(rapid.IntRange(int(before[criterion]), 6).Draw(t, "worse"))
		was, is := before.Overall(), after.Overall()
		if is.Mean < was.Mean || was.Success == No && is.Success != No {
			t.Fatalf("%v became %v", was, is)
		}
	})
}

func TestSuccessNeedsTheDecisiveThree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCard(t)
		good := func(criterion string) bool { return c[criterion] >= 1 && c[criterion] <= 3 }
		all := !slices.ContainsFunc(decisive, func(d string) bool { return !good(d) })
		if o := c.Overall(); o.Success == Yes && !all || c.worstDecisive() >= 4 && (o.Mean < 4 || o.Success != No) {
			t.Fatalf("%v comes to %+v", c, o)
		}
	})
}

func TestScoreCardOfAForm(t *testing.T) {
	got := ScoreCardOf(map[string]any{"relevance": 2.0, "coherence": nil, "impact": 7.0, "efficiency": 0.0, "effectiveness": 2.5, "sustainability": "2", "beauty": 1.0})
	if diff := cmp.Diff(ScoreCard{"relevance": 2}, got); diff != "" {
		t.Error(diff)
	}
	if got := ScoreCardOf("nonsense"); len(got) != 0 {
		t.Errorf("nonsense is %v", got)
	}
}

func TestGradesAndTheirWords(t *testing.T) {
	for g := Grade(1); g <= 6; g++ {
		if got := g.Word(); got != gradeWords()[g-1] {
			t.Errorf("%d is called %s", g, got)
		}
	}
	for _, g := range []Grade{-1, 0, 7} {
		if g.Word() != CannotSay {
			t.Errorf("%d is called %s", g, g.Word())
		}
	}
}

func TestWhoMustHearOfAnAnswer(t *testing.T) {
	for name, tt := range map[string]struct {
		kind TaskKind
		with Values
		want []Concern
	}{
		"nothing":               {EvaluateSupport, Values{}, nil},
		"independent":           {EvaluateSupport, Values{"gov-independent": "yes"}, nil},
		"not independent":       {EvaluateSupport, Values{"gov-independent": "no"}, []Concern{{"gov-independent", Head, false}}},
		"a new risk":            {SelfAssess, Values{"exp-risk": []any{"rights", "conflict"}}, []Concern{{"exp-risk", CaseOfficer, false}}},
		"pressure":              {SelfAssess, Values{"exp-pressure": "yes"}, []Concern{{"exp-pressure", Head, true}}},
		"a check has its rules": {CheckConflict, Values{"con-finance": "yes"}, nil},
	} {
		if diff := cmp.Diff(tt.want, Concerns(tt.kind, tt.with)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

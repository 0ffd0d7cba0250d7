package casework_test

import (
	"slices"
	"strings"
	"testing"

	"connex/casework"
	"connex/words"
)

var english = words.In("en")

func TestEveryQuestionAndAnswerHasWords(t *testing.T) {
	for _, q := range casework.Questionnaires() {
		form := casework.Form{Fields: casework.QuestionnaireFields(q.Kind)}
		english.FillForm(&form, string(q.Kind))
		labels := map[string]string{}
		for _, f := range form.Fields {
			if f.Label == "" || strings.Contains(f.Label+f.Help, "⟦") {
				t.Errorf("%s %s reads %q", q.Kind, f.Name, f.Label)
			}
			if twin := labels[f.Label]; twin != "" {
				t.Errorf("%s: %s and %s read the same", q.Kind, twin, f.Name)
			}
			labels[f.Label] = f.Name
			hasWords(t, string(q.Kind)+" "+f.Name, f.Options)
		}
	}
}

// Words for a question that there is not would be translated for nothing, or hide a misspelt key.
func TestNoWordsWithoutAQuestion(t *testing.T) {
	for _, q := range casework.Questionnaires() {
		form := casework.Form{Fields: casework.FieldsOf(q.Kind)}
		for _, key := range words.Keys("en") {
			rest, of := strings.CutPrefix(key, "form."+string(q.Kind)+".")
			name, part, _ := strings.Cut(rest, ".")
			if !of {
				continue
			}
			f := form.Field(name)
			value, option := strings.CutPrefix(part, "option.")
			if f == nil || option && !slices.ContainsFunc(f.Options, func(o casework.Option) bool { return o.Value == value }) {
				t.Errorf("%s has words, but nothing asks it", key)
			}
		}
	}
}

func TestEveryValueOfAListHasWords(t *testing.T) {
	for _, list := range everyList {
		form := casework.Form{Fields: []casework.Field{{Name: "x", Label: "x", Options: casework.Options(list)}}}
		english.FillForm(&form, "x")
		hasWords(t, list, form.Fields[0].Options)
	}
	for _, region := range []string{"africa", "americas", "asia", "europe", "oceania"} {
		has(t, "option."+region)
	}
}

var everyList = []string{casework.Sectors, casework.Resources, casework.Languages, casework.ContactLanguages, casework.Disciplines,
	casework.Channels, casework.Stages, casework.Steps, casework.SupportForms, casework.Deliverables, casework.Countries,
	casework.PartnerNames, casework.SupportNeeds}

func hasWords(t *testing.T, where string, options []casework.Option) {
	t.Helper()
	for _, o := range options {
		if o.Label == "" || strings.Contains(o.Label, "⟦") {
			t.Errorf("%s: the option %s reads %q", where, o.Value, o.Label)
		}
	}
}

func has(t *testing.T, key string) {
	t.Helper()
	if !english.Has(key) {
		t.Errorf("%s is missing", key)
	}
}

func TestACountryIsCalledTheSameEverywhere(t *testing.T) {
	for _, code := range casework.ListValues(casework.Countries) {
		country, _ := casework.CountryByCode(code)
		if got := english.T("option." + code); got != country.Name {
			t.Errorf("%s is %q in the catalogue, %q in the data", code, got, country.Name)
		}
	}
}

func TestGradesCriteriaAndRatingsHaveWords(t *testing.T) {
	for g := casework.Grade(1); g <= 6; g++ {
		has(t, "option."+g.Word())
		has(t, "grade-meaning."+g.Word())
	}
	has(t, "option."+casework.CannotSay)
	for _, key := range slices.Concat(casework.EvaluationCriteria, []string{"low", "medium", "high", "yes", "no", "unclear", "unknown"}) {
		has(t, "option."+key)
	}
}

func TestEveryHintHasWords(t *testing.T) {
	for _, code := range casework.ListValues(casework.Countries) {
		for _, kind := range append(slices.Clone(casework.Checks), casework.AssessEligibility) {
			for _, hint := range casework.Hints(code, kind) {
				has(t, "indicator."+hint.Indicator)
				if hint.Value != "" {
					has(t, "indicator-value."+hint.Indicator+"."+hint.Value)
				}
			}
		}
	}
}

func TestTheSelfCheckIsPolite(t *testing.T) {
	for _, id := range words.Keys("en") {
		if text := english.T(id); strings.HasPrefix(id, "self-check.") && strings.Contains(strings.ToLower(text), "eligible") {
			t.Errorf("the public reads %q", text)
		}
	}
}

func TestEveryReasonToMatchHasWords(t *testing.T) {
	experts := []casework.ExpertProfile{
		{Name: "Leila Haddad", Disciplines: []string{"tax"}, Languages: []string{"fr"}, Countries: []string{"NA"}, Commodities: []string{"lithium"}, Available: true, Code: casework.CodeSigned},
		{Name: "Amina Beispiel", Disciplines: []string{"tax"}, Code: casework.CodeLapsed},
		{Name: "Jean Exemple", Disciplines: []string{"tax"}},
	}
	need := casework.Need{Disciplines: []string{"tax"}, Languages: []string{"fr"}, Country: "NA", Commodity: "lithium", Named: "Leila Haddad"}
	for _, m := range casework.Match(need, experts) {
		for _, reason := range m.Reasons {
			if text := english.T("match."+reason.Key, "Values", "…"); strings.Contains(text, "⟦") {
				t.Errorf("%s reads %q", reason.Key, text)
			}
		}
	}
}

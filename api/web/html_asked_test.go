package web_test

import (
	"slices"
	"testing"

	"connex/api/pagetest"
	"connex/api/web"
	"connex/casework"
	"connex/words"
)

// stepWith is the step in which a field of a form is asked; nil where none asks it.
func stepWith(t *testing.T, kind casework.TaskKind, field string, typed casework.Values) (*pagetest.Page, *web.HTMLField) {
	t.Helper()
	for n := 1; ; n++ {
		step := atStep(kind, n, typed)
		if i := slices.IndexFunc(step.Fields, func(f web.HTMLField) bool { return f.Name == field }); i >= 0 {
			return drawn(t, step).Sound(), &step.Fields[i]
		}
		if step.Steps.Next == "" {
			return nil, nil
		}
	}
}

// A measure is needed as soon as an answer of an earlier step asks for it, and its step says which; nobody is asked for one
// that nothing asks for.
func TestAMeasureThatAnAnswerAsksForIsNeeded(t *testing.T) {
	for name, tt := range map[string]struct {
		kind  casework.TaskKind
		field string
		typed casework.Values
		when  string // empty: it is not asked
	}{
		"one question asks":     {casework.CheckIntegrity, "mitigation-ownership-disclosure", casework.Values{"int-owners": "partly"}, "You answered “Are the investor's beneficial owners known?” with «In part»."},
		"either of two asks":    {casework.CheckIntegrity, "mitigation-integrity-clauses", casework.Values{"int-cases": "none", "int-agents": "yes"}, "You answered “Are there intermediaries or success fees?” with «Yes»."},
		"neither of the two":    {casework.CheckIntegrity, "mitigation-integrity-clauses", casework.Values{"int-cases": "none", "int-agents": "no"}, ""},
		"a number asks":         {casework.CheckHumanRights, "mitigation-resettlement", casework.Values{"hr-displaced-known": "yes", "hr-displaced": 1200.0}, "You answered “How many people would lose home, land or livelihood?” with «1200»."},
		"a number nobody knows": {casework.CheckHumanRights, "mitigation-resettlement", casework.Values{"hr-displaced-known": "unknown"}, "You answered “Is it known how many people would lose home, land or livelihood?” with «Not known»."},
		"nobody loses a home":   {casework.CheckHumanRights, "mitigation-resettlement", casework.Values{"hr-displaced-known": "yes", "hr-displaced": 0.0}, ""},
	} {
		page, field := stepWith(t, tt.kind, tt.field, tt.typed)
		switch {
		case field == nil && tt.when == "":
		case field == nil || tt.when == "":
			t.Errorf("%s: asked %v", name, field)
		case !field.Required || field.Optional || field.When != tt.when:
			t.Errorf("%s: required %v, optional %v, and it says %q, not %q", name, field.Required, field.Optional, field.When, tt.when)
		default:
			page.Says("To confirm it, write", "To waive it, write “Waived:” and why.").SaysNot(field.Label + " (optional)")
		}
	}
	whole := drawn(t, web.Filling{Form: formOf(casework.CheckIntegrity), Words: words.In("en")}.HTML("/here", "key")).Sound()
	whole.Says("Measure: clauses on integrity", "Needed if your answer to “Are there corruption, tax or fraud matters about the parties?” or “Are there intermediaries or success fees?” raises the rating.").
		SaysNot("Measure: clauses on integrity (optional)", "You answered")
}

func TestBesideARatingStandsWhatTheAnswersAllow(t *testing.T) {
	for says, typed := range map[string]casework.Values{
		"From your answers: any rating. A high rating is counter-signed by a head.":                                                {"int-owners": "documented"},
		"From your answers: at least Medium. A high rating is counter-signed by a head.":                                           {"int-owners": "partly"},
		"From your answers: at least High. A high rating is counter-signed by a head.":                                             {"int-owners": "partly", "int-pep": "yes"},
		"From your answers: nothing is left but to advise against, with a high rating. A high rating is counter-signed by a head.": {"int-sanctions": "confirmed-counterparty"},
	} {
		page, _ := stepWith(t, casework.CheckIntegrity, "rating", typed)
		page.Says(says)
	}
	whole := web.Filling{Form: formOf(casework.CheckIntegrity), Words: words.In("en")}
	drawn(t, whole.HTML("/here", "key")).SaysNot("From your answers")
	whole.Typed = casework.Values{"int-owners": "partly"}
	drawn(t, whole.HTML("/here", "key")).Says("From your answers as they were kept: at least Medium.")
}

package casework_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"connex/casework"
)

func decode(k casework.TaskKind, v casework.Values, how ...func(*casework.FormContext)) (casework.Values, casework.Faults) {
	c := casework.FormContext{Kind: k, Today: "2027-03-01", Experts: []casework.Option{{Value: "e1", Label: "Leila Haddad"}, {Value: "e2", Label: "Tomás Ibáñez Ruiz"}}}
	for _, change := range how {
		change(&c)
	}
	kept, err := casework.Decode(c, casework.FormFor(c), v)
	var wrong *casework.FormError
	if errors.As(err, &wrong) {
		return nil, wrong.Fields
	}
	return kept, nil
}

func plan(change ...func(map[string]any)) map[string]any {
	p := map[string]any{"title": "Fiscal model", "form": "advice", "stage": "during", "experts": []any{"e1"}, "start": "2027-04-01",
		"end": "2027-05-01", "deliverable": "A model", "checkInEveryDays": 7.0}
	for _, c := range change {
		c(p)
	}
	return p
}

func TestFormsThatAreWrong(t *testing.T) {
	type v = casework.Values
	proposal := func(p ...any) v {
		return v{"outcome": "propose", "suggestions": "A model first.", "experts": []any{"e1"}, "activities": p}
	}
	onBehalf := func(c *casework.FormContext) { c.OnBehalf = true }
	for name, tt := range map[string]struct {
		kind   casework.TaskKind
		sent   v
		how    func(*casework.FormContext)
		fields string // names that must be wrong, comma-separated; "" for none
	}{
		"nothing at all":                     {casework.CloseRequest, v{}, nil, "outcome"},
		"an outcome of another kind":         {casework.CloseRequest, v{"outcome": "sign"}, nil, "outcome"},
		"an unknown field":                   {casework.CloseRequest, v{"outcome": "close", "remark": "x"}, nil, "remark"},
		"right":                              {casework.CloseRequest, v{"outcome": "close", "remarks": "Well done."}, nil, ""},
		"a number for a text":                {casework.CloseRequest, v{"outcome": "close", "remarks": 7.0}, nil, "remarks"},
		"an outcome as a list":               {casework.CloseRequest, v{"outcome": []any{"close"}}, nil, "outcome"},
		"too long":                           {casework.CloseRequest, v{"outcome": "close", "remarks": strings.Repeat("x", 20_001)}, nil, "remarks"},
		"eligible, one answer unclear":       {casework.AssessEligibility, eligible(func(m v) { m["largeContract"] = "unclear" }), nil, "largeContract"},
		"eligible without a country":         {casework.AssessEligibility, eligible(func(m v) { delete(m, "country") }), nil, "country"},
		"eligible":                           {casework.AssessEligibility, eligible(), nil, ""},
		"not eligible needs an answer":       {casework.AssessEligibility, v{"outcome": "not-eligible", "reasons": "High income."}, nil, "answer"},
		"a letter of next week":              {casework.SubmitRequestLetter, v{"outcome": "submitted", "letterDocument": "d", "letterDate": "2027-03-08", "signatory": "X"}, nil, "letterDate"},
		"a letter of tomorrow":               {casework.SubmitRequestLetter, v{"outcome": "submitted", "letterDocument": "d", "letterDate": "2027-03-02", "signatory": "X"}, nil, ""},
		"a date that is none":                {casework.SubmitRequestLetter, v{"outcome": "submitted", "letterDocument": "d", "letterDate": "2027-02-30", "signatory": "X"}, nil, "letterDate"},
		"needed until before from":           {casework.SubmitRequestLetter, v{"outcome": "submitted", "letterDocument": "d", "letterDate": "2027-03-01", "signatory": "X", "neededFrom": "2027-05-01", "neededUntil": "2027-04-01"}, nil, "neededUntil"},
		"on behalf, without proof":           {casework.AgreeSupport, v{"outcome": "agree"}, onBehalf, "noteOfCall"},
		"on behalf, with a note":             {casework.AgreeSupport, v{"outcome": "agree", "noteOfCall": "Dr N. said so today."}, onBehalf, ""},
		"on behalf, the letter itself":       {casework.SubmitRequestLetter, v{"outcome": "submitted", "letterDocument": "d1", "letterDate": "2027-03-01", "signatory": "Dr N."}, onBehalf, ""},
		"another contact, by telephone":      {casework.ChangeContact, v{"outcome": "change-contact", "contactName": "Bo", "contactEmail": "bo@m.example", "noteOfCall": "Dr N. said so."}, onBehalf, "document"},
		"proof where nobody is on behalf":    {casework.AgreeSupport, v{"outcome": "agree", "noteOfCall": "x"}, nil, "noteOfCall"},
		"a plan":                             {casework.ProposeSupport, proposal(plan()), nil, ""},
		"a plan without activities":          {casework.ProposeSupport, proposal(), nil, "activities"},
		"a plan that ends first":             {casework.ProposeSupport, proposal(plan(func(p map[string]any) { p["end"] = "2027-03-01" })), nil, "activities"},
		"a plan with a foreign field":        {casework.ProposeSupport, proposal(plan(func(p map[string]any) { p["price"] = 1.0 })), nil, "activities"},
		"an activity that is a text":         {casework.ProposeSupport, proposal("activity"), nil, "activities"},
		"an expert nobody recommended":       {casework.ProposeSupport, proposal(plan(func(p map[string]any) { p["experts"] = []any{"e1", "e2"} })), nil, "activities"},
		"a recommended one in no activity":   {casework.ProposeSupport, v{"outcome": "propose", "suggestions": "x", "experts": []any{"e1", "e2"}, "activities": []any{plan()}}, nil, ""},
		"an unknown expert":                  {casework.ProposeSupport, v{"outcome": "propose", "suggestions": "x", "experts": []any{7.0}, "activities": []any{plan()}}, nil, "experts"},
		"the named expert, not answered for": {casework.ProposeSupport, proposal(plan()), func(c *casework.FormContext) { c.NamedExpert = "Somebody Else" }, "namedExpertAnswer"},
		"the named expert, proposed":         {casework.ProposeSupport, proposal(plan()), func(c *casework.FormContext) { c.NamedExpert = "leila haddad" }, ""},
		"a vote without its reasons":         {casework.CastVote, v{"outcome": "decline"}, nil, "reasons"},
		"a plain yes":                        {casework.CastVote, v{"outcome": "approve"}, nil, ""},
		"a deferral that is not offered":     {casework.CastVote, v{"outcome": "defer", "reasons": "x", "question": "y"}, func(c *casework.FormContext) { c.Offers = []casework.Outcome{"approve", "decline"} }, "outcome"},
		"scores that miss one":               {casework.WriteEvaluation, v{"outcome": "written", "scores": map[string]any{"relevance": 2.0}}, nil, "scores"},
		"a score of seven":                   {casework.WriteEvaluation, v{"outcome": "written", "scores": scores(7.0)}, nil, "scores"},
		"scores, one cannot be said":         {casework.WriteEvaluation, v{"outcome": "written", "scores": scores(nil)}, nil, ""},
		"an expert instead of herself":       {casework.ReplaceExpert, v{"outcome": "replace", "expert": "e1", "by": "e1", "reason": "x"}, nil, "by"},
	} {
		t.Run(name, func(t *testing.T) {
			how := tt.how
			if how == nil {
				how = func(*casework.FormContext) {}
			}
			_, wrong := decode(tt.kind, tt.sent, how)
			for _, name := range strings.Split(tt.fields, ",") {
				if name != "" && wrong[name].ID == "" {
					t.Errorf("%s is not named wrong: %v", name, wrong)
				}
			}
			if tt.fields == "" && len(wrong) > 0 {
				t.Errorf("wrong: %v", wrong)
			}
		})
	}
}

// All that is wrong with activities is said at once, each fault under its field, and in a sentence under their list.
func TestWhatIsWrongWithActivities(t *testing.T) {
	late := plan(func(p map[string]any) {
		p["end"], p["deliverable"], p["checkInEveryDays"], p["experts"] = "2027-03-01", "", "often", []any{"e2"}
	})
	c := casework.FormContext{Kind: casework.ProposeSupport, Today: "2027-03-01"}
	_, err := casework.Decode(c, casework.FormFor(c), casework.Values{"outcome": "propose", "suggestions": "x", "experts": []any{"e1"},
		"activities": []any{plan(), late}})
	var wrong *casework.FormError
	if !errors.As(err, &wrong) || len(wrong.Fields) != 1 || wrong.Fields["activities"].ID != "invalid.activities" {
		t.Fatalf("got %+v", err)
	}
	for name, want := range map[string]string{"end": "invalid.activity-order", "deliverable": "invalid.missing",
		"checkInEveryDays": "invalid.no-number", "experts": "invalid.not-recommended"} {
		if got := wrong.Within["activities.1."+name].ID; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if len(wrong.Within) != 4 {
		t.Errorf("what is right is wrong: %v", wrong.Within)
	}
}

func eligible(change ...func(casework.Values)) casework.Values {
	v := casework.Values{"outcome": "eligible", "country": "NA"}
	for _, c := range casework.Criteria {
		v[c] = "yes"
	}
	for _, c := range change {
		c(v)
	}
	return v
}

func scores(impact any) map[string]any {
	all := map[string]any{}
	for _, c := range casework.EvaluationCriteria {
		all[c] = 2.0
	}
	all["impact"] = impact
	return all
}

// What the signatory reads is what goes out, also where the drafter left it as it was proposed.
func TestALetterIsWhatItsDrafterLeaves(t *testing.T) {
	proposed := func(c *casework.FormContext) { c.Known = casework.Values{"paragraphs": []any{"Dear all."}} }
	for name, tt := range map[string]struct {
		kind  casework.TaskKind
		sent  casework.Values
		keeps []string
		wrong string
	}{
		"left as proposed":         {casework.DraftApproval, casework.Values{"outcome": "ready"}, []string{"Dear all."}, ""},
		"written anew":             {casework.DraftApproval, casework.Values{"outcome": "ready", "paragraphs": []any{"Dear you."}}, []string{"Dear you."}, ""},
		"emptied":                  {casework.DraftApproval, casework.Values{"outcome": "ready", "paragraphs": []any{}}, nil, "invalid.empty-letter"},
		"a request letter emptied": {casework.PrepareRequestLetter, casework.Values{"outcome": "send", "paragraphs": []any{}}, nil, "invalid.empty-letter"},
		"no letter, and emptied":   {casework.PrepareRequestLetter, casework.Values{"outcome": "drop", "reasons": "x", "answer": "y", "paragraphs": []any{}}, nil, ""},
	} {
		kept, wrong := decode(tt.kind, tt.sent, proposed)
		if wrong["paragraphs"].ID != tt.wrong || !slices.Equal(kept.Strings("paragraphs"), tt.keeps) || tt.wrong == "" && len(wrong) > 0 {
			t.Errorf("%s: kept %v, wrong %v", name, kept, wrong)
		}
	}
}

func TestWhatTheOutcomeDoesNotUseIsNotKept(t *testing.T) {
	kept, wrong := decode(casework.SignApproval, casework.Values{"outcome": "sign", "comment": "Nothing to add."})
	if wrong != nil || len(kept) != 1 {
		t.Errorf("kept %v, wrong %v", kept, wrong)
	}
}

// Whatever is sent: either a sentence for each wrong field, or values of the form alone. Nothing panics.
func TestAnythingMayBeSent(t *testing.T) {
	anything := rapid.OneOf(rapid.Just[any](nil), rapid.Map(rapid.String(), toAny), rapid.Map(rapid.Float64(), toAny), rapid.Map(rapid.Bool(), toAny),
		rapid.Map(rapid.SliceOf(rapid.String()), func(s []string) any {
			list := []any{}
			for _, x := range s {
				list = append(list, x)
			}
			return list
		}), rapid.Map(rapid.MapOf(rapid.String(), rapid.Float64()), func(m map[string]float64) any {
			object := map[string]any{}
			for k, x := range m {
				object[k] = x
			}
			return object
		}))
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(casework.AllKinds()).Draw(t, "kind")
		sent := casework.Values{}
		for _, f := range casework.FieldsOf(k) {
			if rapid.Bool().Draw(t, "sent") {
				sent[f.Name] = anything.Draw(t, f.Name)
			}
		}
		if o := casework.FieldsOf(k)[0].Options; rapid.Bool().Draw(t, "outcome") {
			sent["outcome"] = rapid.SampledFrom(o).Draw(t, "chosen").Value
		}
		kept, wrong := decode(k, sent)
		for name, sentence := range english.SayAll(wrong) {
			if name == "" || sentence == "" || strings.Contains(sentence, "⟦") {
				t.Fatalf("%q is wrong because %q", name, sentence)
			}
		}
		for name := range kept {
			if sent[name] == nil && name != "version" {
				t.Fatalf("kept %s, which was not sent", name)
			}
		}
	})
}

func toAny[T any](v T) any { return v }

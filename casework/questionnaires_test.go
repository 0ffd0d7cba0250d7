package casework

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestEveryQuestionnaireIsSound(t *testing.T) {
	if got := len(Questionnaires()); got != 8 {
		t.Errorf("%d questionnaires, want 8", got)
	}
	for _, q := range Questionnaires() {
		if _, known := KindOf(q.Kind); !known || q.Version == "" || q.Date == "" || q.Source == "" {
			t.Errorf("%s lacks kind, version, date or source", q.Kind)
		}
		for _, question := range q.Questions {
			soundQuestion(t, q, question)
		}
		soundFields(t, q.Kind)
	}
}

func soundQuestion(t *testing.T, q Questionnaire, question QuestionRule) {
	t.Helper()
	values := question.values()
	if fieldTypes[question.Type] == "" {
		t.Errorf("%s has the unknown type %q", question.Key, question.Type)
	}
	for value, raises := range question.Raises {
		if !slices.Contains(values, value) || !slices.Contains([]string{"medium", "high", "stop"}, raises) {
			t.Errorf("%s: %q raises %q", question.Key, value, raises)
		}
	}
	raises := len(question.Raises)+len(question.RaisesFrom) > 0 || q.Check != "" && question.offersUnknown()
	if raises != (len(question.Measures) > 0) {
		t.Errorf("%s raises %v, but has the measures %v", question.Key, raises, question.Measures)
	}
	if question.Type == "number" && question.Max == 0 {
		t.Errorf("%s has no highest number", question.Key)
	}
	if question.Criterion != "" && !slices.Contains(EvaluationCriteria, question.Criterion) {
		t.Errorf("%s counts to %q", question.Key, question.Criterion)
	}
	if question.Concern != nil && !question.Concern.Tells.Staff() {
		t.Errorf("%s tells %q", question.Key, question.Concern.Tells)
	}
}

func soundFields(t *testing.T, kind TaskKind) {
	t.Helper()
	seen := map[string]bool{}
	for _, f := range QuestionnaireFields(kind) {
		if seen[f.Name] || f.Value != nil {
			t.Errorf("%s %s stands twice, or is filled in", kind, f.Name)
		}
		for name := range f.RequiredWhen {
			if !seen[name] {
				t.Errorf("%s %s depends on %s, which is not asked before it", kind, f.Name, name)
			}
		}
		seen[f.Name] = true
		values := map[string]bool{}
		for _, o := range f.Options {
			if values[o.Value] || o.Value == "" {
				t.Errorf("%s %s offers %q twice", kind, f.Name, o.Value)
			}
			values[o.Value] = true
		}
		if (len(f.Options) > 0) != (f.Type == Choice || f.Type == Choices) {
			t.Errorf("%s %s is a %s with %d options", kind, f.Name, f.Type, len(f.Options))
		}
	}
}

func TestFieldsOfAQuestion(t *testing.T) {
	for name, tt := range map[string]struct {
		kind  TaskKind
		field string
		want  Field
	}{
		"yes, no, unknown": {CheckHumanRights, "hr-abuses", Field{Type: Choice, Required: true,
			Options: []Option{{Value: "yes", Raises: "high"}, {Value: "no"}, {Value: "unknown", Raises: "medium"}}}},
		"its note": {CheckHumanRights, "hr-abuses-note", Field{Type: LongText, RequiredWhen: map[string][]string{"hr-abuses": {"unknown"}}}},
		"a choice that may be unknown": {CheckConflict, "con-authority", Field{Type: Choice, Required: true,
			Options: []Option{{Value: "undisputed"}, {Value: "transitional", Raises: "medium"}, {Value: "contested", Raises: "high"}, {Value: "unknown", Raises: "medium"}}}},
		"a choice that may not": {CheckConflict, "con-harm", Field{Type: Choice, Required: true,
			Options: []Option{{Value: "no"}, {Value: "possible", Raises: "medium"}, {Value: "likely", Raises: "high"}}}},
		"before a number": {CheckConflict, "con-asm-known", Field{Type: Choice, Required: true,
			Options: []Option{{Value: "yes"}, {Value: "unknown", Raises: "medium"}}}},
		"a number":           {CheckConflict, "con-asm", Field{Type: Number, RequiredWhen: map[string][]string{"con-asm-known": {"yes"}}}},
		"a number's note":    {CheckConflict, "con-asm-note", Field{Type: LongText, RequiredWhen: map[string][]string{"con-asm-known": {"unknown"}}}},
		"the printout":       {CheckIntegrity, "int-printout", Field{Type: Document, Required: true}},
		"summary":            {CheckIntegrity, "integrity-summary", Field{Type: LongText, Required: true}},
		"evidence":           {CheckIntegrity, "integrity-evidence", Field{Type: Document}},
		"one asks for it":    {CheckConflict, "mitigation-funder-position", Field{Type: LongText, RequiredWhen: map[string][]string{"con-authority": {"transitional", "contested", "unknown"}}}},
		"either of two does": {CheckConflict, "mitigation-legal-opinion", Field{Type: LongText}},
		"a number does":      {CheckConflict, "mitigation-asm-plan", Field{Type: LongText}},
		"a choice to evaluate, without unknown": {EvaluateSupport, "gov-used", Field{Type: Choice,
			Options: []Option{{Value: "all"}, {Value: "most"}, {Value: "some"}, {Value: "none"}}}},
		"its text":             {EvaluateSupport, "gov-used-text", Field{Type: LongText}},
		"a number to evaluate": {SelfAssess, "exp-days", Field{Type: Number}},
		"yes or no to evaluate": {SelfAssess, "exp-pressure", Field{Type: Choice,
			Options: []Option{{Value: "yes"}, {Value: "no"}, {Value: "unknown"}}}},
	} {
		form := Form{Fields: QuestionnaireFields(tt.kind)}
		tt.want.Name = tt.field
		if got := form.Field(tt.field); got == nil {
			t.Errorf("%s: no field %s", name, tt.field)
		} else if diff := cmp.Diff(tt.want, *got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestGradesAreWordsAndCannotSay(t *testing.T) {
	form := Form{Fields: QuestionnaireFields(ClosingQuestionnaire)}
	var words []string
	for _, o := range form.Field("clo-relevance").Options {
		words = append(words, o.Value)
	}
	if got := strings.Join(words, " "); got != "very-successful successful rather-successful rather-unsuccessful unsuccessful very-unsuccessful cannot-say" {
		t.Errorf("a grade offers %s", got)
	}
}

func TestEvaluationsRequireNothing(t *testing.T) {
	for _, kind := range []TaskKind{EvaluateSupport, SelfAssess, ClosingQuestionnaire} {
		for _, f := range QuestionnaireFields(kind) {
			if f.Required || f.RequiredWhen != nil {
				t.Errorf("%s requires %s", kind, f.Name)
			}
		}
	}
}

func TestOtherKindsHaveNoQuestionnaire(t *testing.T) {
	if got := QuestionnaireFields(CastVote); got != nil {
		t.Errorf("cast-vote asks %v", got)
	}
}

// Who fills in the words of one form must not fill in another's.
func TestFieldsAreMadeAnew(t *testing.T) {
	QuestionnaireFields(CheckPartners)[0].Options[0].Label = "Ja"
	if got := QuestionnaireFields(CheckPartners)[0].Options[0].Label; got != "" {
		t.Errorf("the next form's option is called %q", got)
	}
}

// An outside program fills what is required with the first harmless option and 0: that is a check without risk.
func TestTheHarmlessAnswers(t *testing.T) {
	for _, kind := range Checks {
		values := harmless(kind)
		if rating, stop := LeastRating(kind, values); rating != Low || stop {
			t.Errorf("%s: at least %s, stop %v", kind, rating, stop)
		}
		for _, outcome := range []Outcome{Proceed, WithConditions, AdviseAgainst} {
			values["outcome"], values["rating"] = string(outcome), "low"
			if wrong := CheckQuestionnaire(kind, values); len(wrong) > 0 {
				t.Errorf("%s, %s: %v", kind, outcome, wrong)
			}
		}
	}
}

// harmless fills a form as such a program does.
func harmless(kind TaskKind) Values {
	values := Values{}
	for _, f := range QuestionnaireFields(kind) {
		if !f.Required && (f.RequiredWhen == nil || !f.wanted(values)) {
			continue
		}
		switch f.Type {
		case Choice:
			values[f.Name] = firstHarmless(f.Options)
		case Choices:
			values[f.Name] = []any{firstHarmless(f.Options)}
		case Number:
			values[f.Name] = 0.0
		default:
			values[f.Name] = "x"
		}
	}
	return values
}

func firstHarmless(options []Option) string {
	return options[slices.IndexFunc(options, func(o Option) bool { return o.Raises == "" && o.Value != Unknown })].Value
}

// drawAnswers fills a check at random; what is required by itself is there, and so is every measure.
func drawAnswers(t *rapid.T, kind TaskKind) Values {
	values := Values{}
	q, _ := QuestionnaireOf(kind)
	for _, question := range q.Questions {
		drawAnswer(t, question, values)
	}
	for _, measure := range q.measures() {
		values[measureName(measure)] = "It is part of the contract."
	}
	return values
}

func drawAnswer(t *rapid.T, question QuestionRule, values Values) {
	switch question.Type {
	case "number":
		values[question.known()] = rapid.SampledFrom([]string{"yes", Unknown}).Draw(t, question.known())
		if values[question.known()] == "yes" {
			values[question.Key] = float64(rapid.IntRange(0, 2000).Draw(t, question.Key))
		}
	case "multi":
		values[question.Key] = []any{rapid.SampledFrom(question.values()).Draw(t, question.Key)}
	case "text", "document":
		values[question.Key] = "x"
	default:
		values[question.Key] = rapid.SampledFrom(question.values()).Draw(t, question.Key)
	}
}

func TestTheHarmlessFormIsTaken(t *testing.T) {
	for _, kind := range Checks {
		c := FormContext{Kind: kind, Today: "2026-11-23"}
		values := harmless(kind)
		values["outcome"], values["rating"] = "proceed", "low"
		if _, err := Decode(c, FormFor(c), values); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

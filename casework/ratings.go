package casework

import (
	"maps"
	"math"
	"slices"
)

// LeastRating is the lowest rating that a check's answers allow: the highest that any of them raises, low where none
// does. Stop: nothing is left but to advise against. Answers that are missing or no answers raise nothing.
func LeastRating(kind TaskKind, values Values) (rating Rating, stop bool) {
	rating = Low
	q, _ := QuestionnaireOf(kind)
	for _, question := range q.Questions {
		switch raised := question.raised(values); raised {
		case "":
		case Stop:
			rating, stop = High, true
		default:
			rating = Highest(rating, Rating(raised))
		}
	}
	return rating, stop
}

// raised is what the answer to one question raises: "", medium, high or stop.
func (q QuestionRule) raised(values Values) (raised string) {
	if q.Type == "number" {
		return q.raisedByNumber(values)
	}
	for _, answer := range answers(values, q.Key) {
		raised = graver(raised, q.raisedBy(answer))
	}
	return raised
}

// raisedByNumber counts a number even where it is said to be unknown: the form does not pass like that, and until it
// is mended the worse of the two holds.
func (q QuestionRule) raisedByNumber(values Values) (raised string) {
	if q.check && values.String(q.known()) == Unknown {
		raised = string(Medium)
	}
	number, ok := numberIn(values, q.Key)
	for _, threshold := range q.RaisesFrom {
		if ok && number >= threshold.From {
			raised = graver(raised, threshold.Raises)
		}
	}
	return raised
}

func graver(a, b string) string {
	order := []string{"", string(Low), string(Medium), string(High), Stop}
	if slices.Index(order, b) > slices.Index(order, a) {
		return b
	}
	return a
}

// answers are the options chosen, of one or of several.
func answers(values Values, name string) []string {
	if one := values.String(name); one != "" {
		return []string{one}
	}
	return values.Strings(name)
}

func numberIn(values Values, name string) (float64, bool) {
	switch n := values[name].(type) {
	case float64:
		return n, true
	case int:
		return float64(n), true
	}
	return 0, false
}

// measures are all that the questionnaire may ask for, each once, in the order of the questions.
func (q Questionnaire) measures() (measures []string) {
	for _, question := range q.Questions {
		for _, measure := range question.Measures {
			if !slices.Contains(measures, measure) {
				measures = append(measures, measure)
			}
		}
	}
	return measures
}

// measureField is required by itself where one question with options asks for the measure. «Either of two answers»
// and «from 200 on» cannot be said by requiredWhen: CheckQuestionnaire says them.
func (q Questionnaire) measureField(measure string) Field {
	field := Field{Name: measureName(measure), Type: LongText}
	var asking []QuestionRule
	for _, question := range q.Questions {
		if slices.Contains(question.Measures, measure) {
			asking = append(asking, question)
		}
	}
	if len(asking) == 1 && asking[0].Type != "number" {
		field.RequiredWhen = map[string][]string{asking[0].Key: asking[0].raising()}
	}
	return field
}

func measureName(measure string) string { return "mitigation-" + measure }

// raising are the answers that raise anything.
func (q QuestionRule) raising() (values []string) {
	for _, value := range q.values() {
		if q.raisedBy(value) != "" {
			values = append(values, value)
		}
	}
	return values
}

// MeasuresFor are the measures that a check's answers ask for; each is confirmed with a text, or waived with the reason.
func MeasuresFor(kind TaskKind, values Values) (wanted []string) {
	q, _ := QuestionnaireOf(kind)
	for _, question := range q.Questions {
		if question.raised(values) == "" {
			continue
		}
		for _, measure := range question.Measures {
			if !slices.Contains(wanted, measure) {
				wanted = append(wanted, measure)
			}
		}
	}
	return wanted
}

// Cause is a question whose answer can ask for a measure: the field that has the answer, and whether it asks.
type Cause struct {
	Field string
	Asks  bool
}

// CausesOf are the questions that can ask for the measure of this name; none for any other field.
func CausesOf(kind TaskKind, name string, values Values) (causes []Cause) {
	q, _ := QuestionnaireOf(kind)
	for _, question := range q.Questions {
		if slices.ContainsFunc(question.Measures, func(m string) bool { return measureName(m) == name }) {
			causes = append(causes, Cause{question.answeredIn(values), question.raised(values) != ""})
		}
	}
	return causes
}

// answeredIn is the field that raises: whether a number is known, if it is not, or the number.
func (q QuestionRule) answeredIn(values Values) string {
	if q.Type == "number" && values.String(q.known()) == Unknown {
		return q.known()
	}
	return q.Key
}

// CheckQuestionnaire finds what types, options and requiredWhen of a form cannot say; nothing where all is well. It is to be asked beside the general check of the form.
func CheckQuestionnaire(kind TaskKind, values Values) Faults {
	wrong := Faults{}
	q, _ := QuestionnaireOf(kind)
	for _, question := range q.Questions {
		question.faults(values, wrong)
	}
	for _, measure := range MeasuresFor(kind, values) {
		if Empty(values[measureName(measure)]) {
			wrong[measureName(measure)] = Say("invalid.no-measure")
		}
	}
	if q.Check != "" {
		maps.Copy(wrong, checkRating(kind, values))
	}
	return wrong
}

func checkRating(kind TaskKind, values Values) Faults {
	wrong := Faults{}
	least, stop := LeastRating(kind, values)
	rating := Rating(values.String("rating"))
	if rating != "" && rating.Below(least) {
		wrong["rating"] = Say("invalid.rating." + string(rating) + "-below-" + string(least))
	}
	outcome := values.Outcome()
	switch {
	case outcome == "" || outcome == AdviseAgainst:
	case stop:
		wrong["outcome"] = Say("invalid.stop")
	case outcome == Proceed && Highest(rating, least) == High:
		wrong["outcome"] = Say("invalid.high-risk")
	}
	return wrong
}

func (q QuestionRule) faults(values Values, wrong Faults) {
	if chosen := answers(values, q.Key); q.Alone != "" && len(chosen) > 1 && slices.Contains(chosen, q.Alone) {
		wrong[q.Key] = Say("invalid.not-alone")
	}
	number, ok := numberIn(values, q.Key)
	if q.Type != "number" || !ok {
		return
	}
	switch {
	case values.String(q.known()) == Unknown:
		wrong[q.Key] = Say("invalid.known-after-all")
	case q.Whole && (number != math.Trunc(number) || number < 0 || number > q.Max):
		wrong[q.Key] = Say("invalid.whole-number", "Max", q.Max)
	case math.IsNaN(number) || number < 0 || number > q.Max:
		wrong[q.Key] = Say("invalid.number", "Max", q.Max)
	}
}

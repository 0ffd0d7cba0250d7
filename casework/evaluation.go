package casework

import (
	"math"
	"slices"
)

// Grade is an evaluation's: 1 is best, 1 to 3 successful, 4 to 6 not. People read its word, since elsewhere a high
// number is good.
type Grade int

// CannotSay is the answer that no mean counts.
const CannotSay = "cannot-say"

var grades = []string{"very-successful", "successful", "rather-successful", "rather-unsuccessful", "unsuccessful", "very-unsuccessful"}

// Word is the grade's key in the catalogue (option.<word>; what it means: grade-meaning.<word>).
func (g Grade) Word() string {
	if g < 1 || int(g) > len(grades) {
		return CannotSay
	}
	return grades[g-1]
}

func gradeWords() []string { return slices.Clone(grades) }

// ScoreCard has the grade of each criterion; one that cannot be said is not in it.
type ScoreCard map[string]Grade

// ScoreCardOf reads a field of type scores. What is no grade or no criterion is left out: the form was checked.
func ScoreCardOf(value any) ScoreCard {
	card := ScoreCard{}
	scores, _ := value.(map[string]any)
	for _, criterion := range EvaluationCriteria {
		if n, ok := scores[criterion].(float64); ok && n == math.Trunc(n) && n >= 1 && int(n) <= len(grades) {
			card[criterion] = Grade(n)
		}
	}
	return card
}

// Overall is what a score card comes to.
type Overall struct {
	Mean    float64 // one decimal; 0 where nothing can be said
	Grade   Grade   // the mean's, for its word; 0 where nothing can be said
	Capped  bool    // one of the decisive three is 4 or worse, so the whole is no better than 4.0
	Success string  // yes, no, cannot-say
}

// decisive are the criteria of which each must be 3 or better for success.
var decisive = []string{"effectiveness", "impact", "sustainability"}

// Overall reckons in tenths, so that 3.45 is the same on every machine.
func (card ScoreCard) Overall() Overall {
	var sum, n int
	for _, criterion := range EvaluationCriteria {
		if g := card[criterion]; g > 0 {
			sum, n = sum+int(g), n+1
		}
	}
	if n == 0 {
		return Overall{Success: CannotSay}
	}
	tenths := (20*sum + n) / (2 * n) // rounded half up
	capped := card.worstDecisive() >= 4 && tenths < 40
	if capped {
		tenths = 40
	}
	o := Overall{Mean: float64(tenths) / 10, Grade: Grade((tenths + 5) / 10), Capped: capped}
	o.Success = card.success(o.Grade)
	return o
}

func (card ScoreCard) worstDecisive() (worst Grade) {
	for _, criterion := range decisive {
		worst = max(worst, card[criterion])
	}
	return worst
}

// success is not known as long as one of the decisive three is not.
func (card ScoreCard) success(overall Grade) string {
	if overall > 3 {
		return No
	}
	for _, criterion := range decisive {
		if card[criterion] == 0 {
			return CannotSay
		}
	}
	return Yes
}

// Concern is an answer that somebody must hear of. Alone: nobody but them.
type Concern struct {
	Field string
	Tells Role
	Alone bool
}

// ConcernsFor are the questions of a filled questionnaire by which somebody in this role must hear of something.
func ConcernsFor(role Role, kind TaskKind, values Values) (fields []string) {
	for _, c := range Concerns(kind, values) {
		if c.Tells == role {
			fields = append(fields, c.Field)
		}
	}
	return fields
}

// Concerns are those of a filled questionnaire.
func Concerns(kind TaskKind, values Values) (concerns []Concern) {
	q, _ := QuestionnaireOf(kind)
	for _, question := range q.Questions {
		alarm := question.Concern
		if alarm == nil {
			continue
		}
		rings := func(answer string) bool { return slices.Contains(alarm.When, answer) }
		if slices.ContainsFunc(answers(values, question.Key), rings) {
			concerns = append(concerns, Concern{Field: question.Key, Tells: alarm.Tells, Alone: alarm.Alone})
		}
	}
	return concerns
}

package casework

import (
	"io/fs"
	"slices"
	"sync"
)

// Questionnaire is what a check or an evaluation asks: rules only, kept in data/questionnaires. The wording is the
// catalogue's, under form.<kind>.<field>.
type Questionnaire struct {
	Kind      TaskKind
	Check     string // the check's short name; with it, every question must be answered and measures follow
	Version   string // goes up when an answer would mean something else
	Date      string
	Source    string
	Bases     []string
	Questions []QuestionRule
}

// QuestionRule is a row of a questionnaire. Its type is one of:
//
//	ynu       yes, no or unknown
//	choice    one of the options, or unknown
//	choice!   one of the options; unknown is no answer
//	multi     several of the options
//	number    in a check preceded by <key>-known
//	grade     one of the six words of an evaluation, or cannot-say
//	text, document
type QuestionRule struct {
	Key     string
	Type    string
	Options []string
	List    string // options of a controlled list, between Options and More
	More    []string
	Alone   string // the option that goes with no other

	Raises     map[string]string // option → medium, high or stop; unknown raises medium without being named
	RaisesFrom []Threshold       `yaml:"raisesFrom"` // rising
	Max        float64
	Whole      bool
	Measures   []string // what is to be done about it, whatever it was that raised

	Hints     []string // indicators of a country that are shown beside the question, and decide nothing
	Criterion string   // to which an evaluation counts the answer
	Text      bool     // words may be added, in <key>-text
	Concern   *Alarm

	check bool // of a check: to be answered, and unknown raises
}

// Threshold is the number from which an answer raises the rating.
type Threshold struct {
	From   float64
	Raises string
}

// Alarm says which answers somebody must hear of, and whether nobody else may. The case officer gets a task; to the head
// it is a note that stands in no case, since a task would tell everybody that there is something.
type Alarm struct {
	When  []string
	Tells Role
	Alone bool
}

// asks tells whether a task follows: then the answer, which is no text, travels in history.
func (a *Alarm) asks() bool { return a != nil && a.Tells == CaseOfficer }

// Unknown is the honest answer; in a check it raises the rating to medium and needs a note.
const Unknown = "unknown"

// Questionnaires lists them all, those of the checks first.
func Questionnaires() []Questionnaire { return slices.Clone(questionnaires()) }

// QuestionnaireOf is what a kind of task asks; false where it has no questionnaire.
func QuestionnaireOf(kind TaskKind) (Questionnaire, bool) {
	i := slices.IndexFunc(questionnaires(), func(q Questionnaire) bool { return q.Kind == kind })
	if i < 0 {
		return Questionnaire{}, false
	}
	return questionnaires()[i], true
}

var questionnaires = sync.OnceValue(func() (all []Questionnaire) {
	names, err := fs.Glob(library, "data/questionnaires/*.yaml")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		var q Questionnaire
		readYAML(name[len("data/"):], &q)
		for i := range q.Questions {
			q.Questions[i].check = q.Check != ""
		}
		all = append(all, q)
	}
	slices.SortStableFunc(all, func(a, b Questionnaire) int { return place(a) - place(b) })
	return all
})

func place(q Questionnaire) int {
	if q.Check == "" {
		return len(Checks)
	}
	return slices.Index(Checks, q.Kind)
}

// QuestionnaireFields are the fields that a questionnaire adds to its form, after outcome and rating: each question
// with its notes, then the measures, then summary and evidence. They are made anew each time, for whoever fills in
// the words. None for a kind without a questionnaire.
func QuestionnaireFields(kind TaskKind) []Field {
	q, ok := QuestionnaireOf(kind)
	if !ok {
		return nil
	}
	var fields []Field
	for _, question := range q.Questions {
		fields = append(fields, question.fields()...)
	}
	for _, measure := range q.measures() {
		fields = append(fields, q.measureField(measure))
	}
	if q.Check == "" {
		return fields
	}
	return append(fields,
		Field{Name: q.Check + "-summary", Type: LongText, Required: true},
		Field{Name: q.Check + "-evidence", Type: Document})
}

func (q QuestionRule) fields() []Field {
	answer := Field{Name: q.Key, Type: fieldTypes[q.Type], Required: q.check, Options: q.options(), Carried: q.Concern.asks()}
	if !q.check {
		if q.Text {
			return []Field{answer, {Name: q.Key + "-text", Type: LongText}}
		}
		return []Field{answer}
	}
	if q.Type == "number" {
		answer.Required, answer.RequiredWhen = false, map[string][]string{q.known(): {"yes"}}
		known := Field{Name: q.known(), Type: Choice, Required: true,
			Options: []Option{{Value: "yes"}, {Value: Unknown, Raises: string(Medium)}}}
		return []Field{known, answer, q.note(q.known())}
	}
	if q.offersUnknown() {
		return []Field{answer, q.note(q.Key)}
	}
	return []Field{answer}
}

var fieldTypes = map[string]FieldType{"ynu": Choice, "choice": Choice, "choice!": Choice, "grade": Choice,
	"multi": Choices, "number": Number, "text": LongText, "document": Document}

func (q QuestionRule) known() string { return q.Key + "-known" }

// note asks why something is not known; when is the field that says so.
func (q QuestionRule) note(when string) Field {
	return Field{Name: q.Key + "-note", Type: LongText, RequiredWhen: map[string][]string{when: {Unknown}}}
}

func (q QuestionRule) offersUnknown() bool { return q.Type == "ynu" || q.Type == "choice" }

func (q QuestionRule) options() (options []Option) {
	for _, value := range q.values() {
		options = append(options, Option{Value: value, Label: partnerName(q.List, value), Raises: q.raisedBy(value)})
	}
	return options
}

func (q QuestionRule) values() []string {
	switch q.Type {
	case "ynu":
		return []string{"yes", "no", Unknown}
	case "grade":
		return append(gradeWords(), CannotSay)
	}
	values := slices.Concat(q.Options, ListValues(q.List), q.More)
	if q.offersUnknown() {
		values = append(values, Unknown)
	}
	return values
}

func (q QuestionRule) raisedBy(value string) string {
	if q.check && value == Unknown {
		return string(Medium)
	}
	return q.Raises[value]
}

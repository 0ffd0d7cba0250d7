package casework

import "slices"

// The fields of each kind's form, in the order in which they are asked; the first is always the outcome. The form that
// a person gets is made of these by FormFor.

func field(name string, t FieldType) Field { return Field{Name: name, Type: t} }

func (f Field) need() Field { f.Required = true; return f }

// when: used only for these outcomes, and required with them.
func (f Field) when(outcomes ...Outcome) Field {
	f.For = outcomes
	f.RequiredWhen = map[string][]string{"outcome": words(outcomes)}
	return f
}

// may: used only for these outcomes, never required.
func (f Field) may(outcomes ...Outcome) Field { f.For = outcomes; return f }

// needed: used for every outcome, required with these.
func (f Field) needed(outcomes ...Outcome) Field {
	f.RequiredWhen = map[string][]string{"outcome": words(outcomes)}
	return f
}

func (f Field) sent() Field    { f.Sent = true; return f }
func (f Field) carried() Field { f.Carried = true; return f }
func (f Field) paper() Field   { f.Paper = true; return f }
func (f Field) signed() Field  { f.Signed = true; return f }
func (f Field) shown() Field   { f.Shown = true; return f }
func (f Field) fact() Field    { f.Fact = true; return f }
func (f Field) ahead() Field   { f.Ahead = true; return f }

// oneOf: one at least of these is needed.
func oneOf(missing Sentence, fields ...Field) []Field {
	group := &OneOf{Missing: missing}
	for i := range fields {
		group.Names, fields[i].OneOf = append(group.Names, fields[i].Name), group
	}
	return fields
}

func (f Field) of(values ...string) Field {
	for _, v := range values {
		f.Options = append(f.Options, Option{Value: v})
	}
	return f
}

// from takes the options of a controlled list.
func (f Field) from(list string) Field { f.Options = Options(list); return f }

func words(outcomes []Outcome) []string {
	texts := make([]string, len(outcomes))
	for i, o := range outcomes {
		texts[i] = string(o)
	}
	return texts
}

// LetterLanguages are those in which letters are written.
var LetterLanguages = []string{"en", "fr", "es", "pt"}

// Criteria of eligibility: the names of their fields.
var Criteria = []string{"developingCountry", "largeContract", "seeksAssistance", "negotiationPhase"}

var (
	reasons = field("reasons", LongText)
	answer  = field("answer", LongText).sent()
	comment = field("comment", LongText)
	reason  = field("reason", LongText)

	contactEmail = field("contactEmail", Email).fact()
	language     = field("language", Choice).of(LetterLanguages...).fact()
	disciplines  = field("disciplines", Choices).from("disciplines").fact()
	neededFrom   = field("neededFrom", Date).fact().ahead()

	paragraphs = Field{Name: "paragraphs", Type: Texts, Letter: true}

	onePlan = []Field{
		field("title", Text).need().sent(),
		field("form", Choice).of("advice", "capacity-development").need().carried(),
		field("stage", Choice).of("pre", "during", "post").need().carried(),
		field("experts", Experts).need().carried(),
		field("start", Date).need().carried(),
		field("end", Date).need().carried(),
		field("deliverable", LongText).need().sent(),
		field("checkInEveryDays", Number).carried(),
	}
)

// support are the fields of a proposal, used for one outcome of its kind.
func support(o Outcome) []Field {
	return []Field{
		field("suggestions", LongText).sent().when(o),
		field("experts", Experts).carried().when(o),
		field("activities", Activities).carried().may(o),
		field("scopingMission", Bool).carried().may(o),
		field("namedExpertAnswer", LongText).sent().may(o),
	}
}

// Proposes tells whether the form of this kind proposes support to the government.
func (k TaskKind) Proposes() bool { return k == ProposeSupport || k == ReviseSupport }

// FactsFor are what whoever fills a form of this kind must know of the request: what a proposal has to meet.
func FactsFor(k TaskKind) []Field {
	if !k.Proposes() {
		return nil
	}
	return []Field{field("scope", LongText), disciplines, neededFrom, field("neededUntil", Date), field("proposedExpert", Text), field("conditions", Texts)}
}

func criteria() (fields []Field) {
	for _, c := range Criteria {
		fields = append(fields, field(c, Choice).of("yes", "no", "unclear").needed(Eligible), field(c+"Evidence", LongText))
	}
	return fields
}

var monitoring = []Field{field("progress", LongText), field("daysSpent", Number)}

// fields by kind, without the outcome, which comes from the table of kinds.
var fields = map[TaskKind][]Field{
	AnswerEligibilityQuestion: {answer.need()},
	AssessEligibility: slices.Concat(criteria(), []Field{
		field("country", Choice).from("countries").needed(Eligible).fact().carried(),
		field("institution", Text).fact(), field("sector", Choice).from("sectors").fact().carried(),
		field("resource", Choice).from("resources").fact(), field("negotiationStage", Choice).of("pre", "during", "post").fact(),
		language, contactEmail,
		field("referTo", Choice).from("partners").may(Refer, NotEligibleOut),
		reasons.when(NotEligibleOut, Refer, Answered, Drop), answer.when(NotEligibleOut, Refer, Answered, Drop),
	}),
	DiscussScope: {field("scope", LongText).fact().when(Proceed), disciplines, neededFrom, language, contactEmail,
		reasons.when(Drop), answer.when(Drop)},

	PrepareRequestLetter: {paragraphs.may(Send).sent(), reasons.when(Drop), answer.when(Drop)},
	SubmitRequestLetter: {
		field("letterDocument", Document).need().signed().fact(), field("letterDate", Date).need().fact(), field("signatory", Text).need().fact(),
		field("signatoryOffice", Text).fact(), field("background", LongText).fact(), field("backgroundDocuments", Documents),
		neededFrom, field("neededUntil", Date).fact().ahead(), field("proposedExpert", Text).fact(),
	},

	CheckHumanRights:  checkFields(),
	CheckEnvironment:  checkFields(),
	CheckConflict:     checkFields(),
	CheckPartners:     append(checkFields(), field("synergies", Texts)),
	CheckIntegrity:    checkFields(),
	CounterSignRating: {comment},
	ConcludeDueDiligence: {field("summary", LongText).when(Recommend, RecommendCond, AdviseAgainst),
		field("conditions", Texts).may(Recommend, RecommendCond, AdviseAgainst), field("questionToGovernment", LongText).sent().when(AskGovernment)},
	ProvideInformation: {answer.need(), field("documents", Documents)},

	CastVote: {reasons.needed(ApproveCond, Decline, Defer, Recuse), field("conditions", Texts).when(ApproveCond),
		field("question", LongText).when(Defer)},
	AnswerBoard: {field("answer", LongText).when(Answered), field("documents", Documents).may(Answered),
		field("questionToGovernment", LongText).sent().when(AskGovernment)},
	SettleVote: {field("until", Date).carried().when(Extend), field("member", Choice).carried().when(Excuse), reason.when(Excuse)},

	DraftApproval:  {paragraphs.sent(), field("conditions", Texts).sent()},
	SignApproval:   {field("signedDocument", Document).paper().may(Sign).carried(), comment.when(Return)},
	DraftDeclining: {reasons.sent(), paragraphs.sent(), field("referTo", Choice).from("partners").sent()},
	SignDeclining:  {field("signedDocument", Document).paper().may(Sign).carried(), comment.when(Return)},

	ProposeSupport: support(Propose),
	AgreeSupport: {field("comment", LongText).when(AskForChanges), field("wantedExpert", Text).may(AskForChanges),
		field("expert", OneExpert).carried().when(AskForInfo), field("question", LongText).when(AskForInfo)},
	InformOnExpert: {answer.need()},
	SignCodeOfConduct: {field("fullName", Text).when(Sign), field("version", Text).may(Sign).carried().shown(),
		reason.may(Refuse)},
	DeclareInterests: {field("disclosure", LongText).when(Disclose)},
	ReviewDisclosure: {comment},

	PlanMission: {field("place", Text).sent().when(PlanOut), field("from", Date).carried().when(PlanOut), field("to", Date).carried().when(PlanOut),
		field("team", Team).carried().when(PlanOut), field("purpose", LongText).sent().when(PlanOut)},
	ReportMission: append(oneOf(Say("invalid.no-findings"), field("findings", LongText), field("reportDocument", Document)),
		field("disciplines", Choices).from("disciplines")),
	ReviseSupport: support(Change),

	PlanActivity:      onePlan,
	ReplaceExpert:     {field("expert", OneExpert).need().carried(), field("by", OneExpert).need().carried(), reason.need()},
	ProposeChange:     nil, // made for what was to be changed: see FormFor
	EndImplementation: {reason},

	StartActivity: nil,
	CheckIn: append(slices.Clone(monitoring), field("problems", LongText).needed(AtRisk, Blocked),
		field("negotiationStage", Choice).of("pre", "during", "post")),
	ReportActivity: append(slices.Clone(monitoring), field("documents", Documents)),
	EndActivity: append(slices.Clone(monitoring), field("problems", LongText), field("negotiationStage", Choice).of("pre", "during", "post"),
		reason.when(EndedEarly)),
	EvaluateSupport:      nil, // the questionnaire's: see FieldsOf
	SelfAssess:           nil,
	WriteEvaluation:      evaluation(),
	ReviewConcern:        {field("found", LongText).need()},
	ClosingQuestionnaire: nil,
	ClosingEvaluation:    evaluation(),
	CloseRequest:         {field("remarks", LongText)},

	Withdraw:        {reason},
	Suspend:         {reason.need()},
	Resume:          {reason.need()},
	VoidRequest:     {reason.need()},
	DeclareConflict: {reason.need()},
	MoveDeadline:    {field("task", Choice).need().carried(), field("dueOn", Date).need().carried(), reason.need()},
	CorrectFacts:    nil, // every fact: see FieldsOf
	AskUs:           {field("message", LongText).need()},
	ChangeContact: {field("contactName", Text).need().fact(), field("contactEmail", Email).need().fact(), field("contactPhone", Text).fact(),
		field("message", LongText).sent(), reason},
	AnswerGovernment: {answer.need()},
}

// checkFields are what every check asks beside its questionnaire.
func checkFields() []Field {
	return []Field{field("rating", Choice).of("low", "medium", "high").need().carried(),
		field("mitigation", LongText).needed(WithConditions, AdviseAgainst)}
}

func evaluation() []Field {
	texts := []Field{{Name: "scores", Type: Scores, Required: true}}
	for _, c := range EvaluationCriteria {
		texts[0].Options = append(texts[0].Options, Option{Value: c})
		texts = append(texts, field(c, LongText))
	}
	return append(texts, field("lessons", LongText))
}

// EvaluationCriteria are those of OECD DAC (2019).
var EvaluationCriteria = []string{"relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability"}

// behalf is what a case officer adds who completes a government's task: one of the two, unless a signed letter is what is
// asked. That somebody else answers from now on is on paper only: the old contact cannot confirm it.
func behalf(k TaskKind, asked []Field) []Field {
	note, document := field("noteOfCall", LongText), field("document", Document)
	switch {
	case k == ChangeContact:
		return append(oneOf(Say("invalid.contact-unnamed"), document), note) // a guest's form of this kind has none, and needs none
	case slices.ContainsFunc(asked, func(f Field) bool { return f.Signed && f.Required }):
		return []Field{document, note}
	}
	both := oneOf(Say("invalid.no-voucher"), note, document)
	slices.Reverse(both)
	return both
}

// FieldsOf are the fields of a kind as the process has them, outcome first, without what is known of a request.
func FieldsOf(k TaskKind) []Field {
	outcome := field("outcome", Choice).need().carried()
	for _, o := range kinds[k].Outcomes {
		outcome.Options = append(outcome.Options, Option{Value: string(o)})
	}
	if k == CorrectFacts {
		return append([]Field{outcome}, corrections()...)
	}
	return slices.Concat([]Field{outcome}, fields[k], QuestionnaireFields(k))
}

// CarriedOf are the values of a form that travel in history. Activities go without their texts.
func CarriedOf(fields []Field, values Values) Values {
	carried := Values{}
	for _, f := range fields {
		value := values[f.Name]
		if !f.Carried || Empty(value) || f.Name == "outcome" {
			continue
		}
		if f.Type == Activities {
			value = withoutTexts(values, f.Name)
		}
		carried[f.Name] = value
	}
	return carried
}

func withoutTexts(values Values, name string) any {
	var plans []ActivityPlan
	if err := values.Into(name, &plans); err != nil {
		return nil // checked when the form was decoded
	}
	var bare []any
	for _, p := range plans {
		p.Title, p.Deliverable = "", ""
		bare = append(bare, p)
	}
	return bare
}

package casework

import "slices"

// TaskKind is a human step of the process; process.md lists them all.
type TaskKind string

// The kinds of tasks, by phase.
const (
	AssessEligibility         TaskKind = "assess-eligibility"
	DiscussScope              TaskKind = "discuss-scope"
	AnswerEligibilityQuestion TaskKind = "answer-eligibility-question"

	PrepareRequestLetter TaskKind = "prepare-request-letter"
	SubmitRequestLetter  TaskKind = "submit-request-letter"

	CheckHumanRights     TaskKind = "check-human-rights"
	CheckEnvironment     TaskKind = "check-environment"
	CheckConflict        TaskKind = "check-conflict"
	CheckPartners        TaskKind = "check-partners"
	CheckIntegrity       TaskKind = "check-integrity"
	CounterSignRating    TaskKind = "counter-sign-rating"
	ConcludeDueDiligence TaskKind = "conclude-due-diligence"
	ProvideInformation   TaskKind = "provide-information"
	CastVote             TaskKind = "cast-vote"
	AnswerBoard          TaskKind = "answer-board"
	SettleVote           TaskKind = "settle-vote"
	DraftApproval        TaskKind = "draft-approval-letter"
	SignApproval         TaskKind = "sign-approval-letter"
	DraftDeclining       TaskKind = "draft-declining-letter"
	SignDeclining        TaskKind = "sign-declining-letter"
	ProposeSupport       TaskKind = "propose-support"
	SignCodeOfConduct    TaskKind = "sign-code-of-conduct"
	DeclareInterests     TaskKind = "declare-interests"
	ReviewDisclosure     TaskKind = "review-disclosure"
	AgreeSupport         TaskKind = "agree-support"
	InformOnExpert       TaskKind = "inform-on-expert"
	PlanMission          TaskKind = "plan-mission"
	ReportMission        TaskKind = "report-mission"
	ReviseSupport        TaskKind = "revise-support"
	PlanActivity         TaskKind = "plan-activity"
	ReplaceExpert        TaskKind = "replace-expert"
	ProposeChange        TaskKind = "propose-change"
	EndImplementation    TaskKind = "end-implementation"
	StartActivity        TaskKind = "start-activity"
	CheckIn              TaskKind = "check-in"
	ReportActivity       TaskKind = "report-activity"
	EndActivity          TaskKind = "end-activity"
	EvaluateSupport      TaskKind = "evaluate-support"
	SelfAssess           TaskKind = "self-assess"
	WriteEvaluation      TaskKind = "write-evaluation"
	ReviewConcern        TaskKind = "review-concern"
	ClosingQuestionnaire TaskKind = "closing-questionnaire"
	ClosingEvaluation    TaskKind = "closing-evaluation"
	CloseRequest         TaskKind = "close-request"

	Withdraw         TaskKind = "withdraw"
	Suspend          TaskKind = "suspend"
	Resume           TaskKind = "resume"
	VoidRequest      TaskKind = "void"
	DeclareConflict  TaskKind = "declare-conflict"
	MoveDeadline     TaskKind = "move-deadline"
	CorrectFacts     TaskKind = "correct-facts"
	AskUs            TaskKind = "ask-us"
	ChangeContact    TaskKind = "change-contact"
	AnswerGovernment TaskKind = "answer-government"
)

// What people do to a task without completing it; such actions go the way of decisions, and the trail names them so.
const (
	Reassign TaskKind = "reassign"
	Take     TaskKind = "take"
	GiveBack TaskKind = "give-back"
	// StartRequest is the action that a first interest is.
	StartRequest TaskKind = "request-started"
)

// Checks are the due-diligence checks, in the order in which they are shown.
var Checks = []TaskKind{CheckHumanRights, CheckEnvironment, CheckConflict, CheckPartners, CheckIntegrity}

// IsCheck tells whether k is one of the due-diligence checks.
func IsCheck(k TaskKind) bool { return slices.Contains(Checks, k) }

// The outcomes that decide what follows.
const (
	Eligible        Outcome = "eligible"
	NotEligibleOut  Outcome = "not-eligible"
	Refer           Outcome = "refer"
	Answered        Outcome = "answered"
	Drop            Outcome = "drop"
	Proceed         Outcome = "proceed"
	WithConditions  Outcome = "proceed-with-conditions"
	AdviseAgainst   Outcome = "advise-against"
	Send            Outcome = "send"
	Submitted       Outcome = "submitted"
	Provided        Outcome = "provided"
	CannotProvide   Outcome = "cannot-provide"
	Agree           Outcome = "agree"
	Return          Outcome = "return"
	Recommend       Outcome = "recommend"
	RecommendCond   Outcome = "recommend-with-conditions"
	AskGovernment   Outcome = "ask-government"
	Approve         Outcome = "approve"
	ApproveCond     Outcome = "approve-with-conditions"
	Decline         Outcome = "decline"
	Defer           Outcome = "defer"
	Recuse          Outcome = "recuse"
	Extend          Outcome = "extend"
	Excuse          Outcome = "excuse"
	NewRound        Outcome = "new-round"
	Ready           Outcome = "ready"
	Sign            Outcome = "sign"
	Propose         Outcome = "propose"
	AskForChanges   Outcome = "ask-for-changes"
	AskForInfo      Outcome = "ask-for-information"
	Informed        Outcome = "informed"
	Refuse          Outcome = "refuse"
	NoInterests     Outcome = "none"
	Disclose        Outcome = "disclose"
	Accept          Outcome = "accept"
	Replace         Outcome = "replace"
	PlanOut         Outcome = "plan"
	Skip            Outcome = "skip"
	Reported        Outcome = "reported"
	Keep            Outcome = "keep"
	Change          Outcome = "change"
	EndOut          Outcome = "end"
	StartOut        Outcome = "start"
	OnTrack         Outcome = "on-track"
	AtRisk          Outcome = "at-risk"
	Blocked         Outcome = "blocked"
	Completed       Outcome = "completed"
	EndedEarly      Outcome = "ended-early"
	Written         Outcome = "written"
	Reviewed        Outcome = "reviewed"
	CloseOut        Outcome = "close"
	Asked           Outcome = "asked"
	WithdrawOut     Outcome = "withdraw"
	SuspendOut      Outcome = "suspend"
	ResumeOut       Outcome = "resume"
	VoidOut         Outcome = "void"
	DeclareConfOut  Outcome = "declare-conflict"
	MoveOut         Outcome = "move"
	CorrectOut      Outcome = "correct"
	ContactOut      Outcome = "change-contact"
	ReassignOut     Outcome = "reassign"
	TakeOut         Outcome = "take"
	GiveBackOut     Outcome = "give-back"
	RequestStartOut Outcome = "started"
)

// Holding says for whom a task waits.
type Holding string

// A role holds a task until somebody takes it; the others wait for one person.
const (
	ByRole    Holding = "role"    // anyone who has the role
	ByOfficer Holding = "officer" // the request's case officer in person
	ByMember  Holding = "member"  // that board member
	ByContact Holding = "contact" // the government, or the case officer on its behalf
	ByExpert  Holding = "expert"  // that expert
	ByStaff   Holding = "staff"   // every member of staff who may see the request
)

// Kind is what the process says of a kind of task: who holds it, what is due when, what can come of it.
type Kind struct {
	Role     Role
	Holding  Holding
	Outcomes []Outcome
	Due      Due
	Rhythm   rhythmName
	Standing bool // may be done at any time; where process.md lets the same task wait later, the workflow wakes it
	Code     bool // from a personal link it asks for a code by mail
	Bars     []Bar
}

func one(o ...Outcome) []Outcome { return o }

var checkKind = Kind{Role: Reviewer, Holding: ByRole, Outcomes: one(Proceed, WithConditions, AdviseAgainst), Due: workdays(10), Rhythm: staffRhythm}

// kinds is process.md's tables over again: forms, clocks, pages, OpenAPI and tests all read it.
var kinds = map[TaskKind]Kind{
	AnswerEligibilityQuestion: {Role: CaseOfficer, Holding: ByRole, Outcomes: one(Answered), Due: workdays(1), Rhythm: staffRhythm},
	AssessEligibility:         {Role: CaseOfficer, Holding: ByRole, Outcomes: one(Eligible, NotEligibleOut, Refer, Answered, Drop), Due: workdays(3), Rhythm: staffRhythm},
	DiscussScope:              {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Proceed, Drop), Due: workdays(10), Rhythm: staffRhythm},
	PrepareRequestLetter:      {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Send, Drop), Due: workdays(3), Rhythm: staffRhythm},
	SubmitRequestLetter:       {Role: Government, Holding: ByContact, Outcomes: one(Submitted), Rhythm: letterRhythm, Code: true},

	CheckHumanRights:     checkKind,
	CheckEnvironment:     checkKind,
	CheckConflict:        checkKind,
	CheckPartners:        checkKind,
	CheckIntegrity:       checkKind,
	ProvideInformation:   {Role: Government, Holding: ByContact, Outcomes: one(Provided, CannotProvide), Due: days(21), Rhythm: guestRhythm},
	CounterSignRating:    {Role: Head, Holding: ByRole, Outcomes: one(Agree, Return), Due: workdays(3), Rhythm: staffRhythm, Bars: []Bar{isItsOfficer}},
	ConcludeDueDiligence: {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Recommend, RecommendCond, AdviseAgainst, AskGovernment), Due: workdays(5), Rhythm: staffRhythm, Bars: []Bar{counterSigned}},

	CastVote:    {Role: BoardMember, Holding: ByMember, Outcomes: one(Approve, ApproveCond, Decline, Defer, Recuse), Due: days(14), Rhythm: voteRhythm, Bars: []Bar{didACheck}},
	AnswerBoard: {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Answered, AskGovernment), Due: workdays(10), Rhythm: staffRhythm},
	SettleVote:  {Role: Head, Holding: ByRole, Outcomes: one(Extend, Excuse, NewRound), Due: workdays(3), Rhythm: staffRhythm},

	DraftApproval:  {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Ready), Due: workdays(3), Rhythm: staffRhythm},
	SignApproval:   {Role: Head, Holding: ByRole, Outcomes: one(Sign, Return), Due: workdays(5), Rhythm: staffRhythm, Bars: []Bar{draftedIt}},
	DraftDeclining: {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Ready), Due: workdays(3), Rhythm: staffRhythm},
	SignDeclining:  {Role: Head, Holding: ByRole, Outcomes: one(Sign, Return), Due: workdays(5), Rhythm: staffRhythm, Bars: []Bar{draftedIt}},

	ProposeSupport:    {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Propose), Due: workdays(10), Rhythm: staffRhythm},
	SignCodeOfConduct: {Role: Expert, Holding: ByExpert, Outcomes: one(Sign, Refuse), Due: days(10), Rhythm: guestRhythm, Code: true},
	DeclareInterests:  {Role: Expert, Holding: ByExpert, Outcomes: one(NoInterests, Disclose), Due: days(10), Rhythm: guestRhythm},
	ReviewDisclosure:  {Role: Head, Holding: ByRole, Outcomes: one(Accept, Replace), Due: workdays(3), Rhythm: staffRhythm},
	AgreeSupport:      {Role: Government, Holding: ByContact, Outcomes: one(Agree, AskForChanges, AskForInfo), Due: days(21), Rhythm: guestRhythm, Code: true},
	InformOnExpert:    {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Informed), Due: workdays(3), Rhythm: staffRhythm},

	PlanMission:   {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(PlanOut, Skip), Due: workdays(10), Rhythm: staffRhythm},
	ReportMission: {Role: Expert, Holding: ByExpert, Outcomes: one(Reported), Due: days(10), Rhythm: guestRhythm},
	ReviseSupport: {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Keep, Change), Due: workdays(10), Rhythm: staffRhythm},

	PlanActivity:      {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(PlanOut), Standing: true},
	ReplaceExpert:     {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Replace), Standing: true, Due: workdays(3), Rhythm: staffRhythm},
	ProposeChange:     {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Propose, Drop), Due: workdays(10), Rhythm: staffRhythm},
	EndImplementation: {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(EndOut), Due: workdays(10), Rhythm: staffRhythm},

	StartActivity:   {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(StartOut), Standing: true},
	CheckIn:         {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(OnTrack, AtRisk, Blocked), Due: workdays(5), Rhythm: staffRhythm},
	ReportActivity:  {Role: Expert, Holding: ByExpert, Outcomes: one(Reported), Due: workdays(5), Rhythm: guestRhythm},
	EndActivity:     {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Completed, EndedEarly), Standing: true, Due: workdays(3), Rhythm: staffRhythm},
	EvaluateSupport: {Role: Government, Holding: ByContact, Outcomes: one(Answered), Due: days(21), Rhythm: questionnaireRhythm},
	SelfAssess:      {Role: Expert, Holding: ByExpert, Outcomes: one(Answered), Due: days(21), Rhythm: questionnaireRhythm},
	WriteEvaluation: {Role: Evaluator, Holding: ByRole, Outcomes: one(Written), Due: workdays(15), Rhythm: staffRhythm},
	ReviewConcern:   {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Reviewed), Due: workdays(5), Rhythm: staffRhythm},

	ClosingQuestionnaire: {Role: Government, Holding: ByContact, Outcomes: one(Answered), Due: days(21), Rhythm: questionnaireRhythm},
	ClosingEvaluation:    {Role: Evaluator, Holding: ByRole, Outcomes: one(Written), Due: workdays(15), Rhythm: staffRhythm},
	CloseRequest:         {Role: Head, Holding: ByRole, Outcomes: one(CloseOut), Due: workdays(5), Rhythm: staffRhythm},

	Withdraw:         {Role: Government, Holding: ByContact, Outcomes: one(WithdrawOut), Standing: true, Code: true},
	Suspend:          {Role: Head, Holding: ByRole, Outcomes: one(SuspendOut), Standing: true},
	Resume:           {Role: Head, Holding: ByRole, Outcomes: one(ResumeOut), Standing: true},
	VoidRequest:      {Role: Head, Holding: ByRole, Outcomes: one(VoidOut), Standing: true},
	DeclareConflict:  {Role: CaseOfficer, Holding: ByStaff, Outcomes: one(DeclareConfOut), Standing: true},
	MoveDeadline:     {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(MoveOut), Standing: true},
	CorrectFacts:     {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(CorrectOut), Standing: true},
	AskUs:            {Role: Government, Holding: ByContact, Outcomes: one(Asked), Standing: true},
	ChangeContact:    {Role: Government, Holding: ByContact, Outcomes: one(ContactOut), Standing: true, Code: true},
	AnswerGovernment: {Role: CaseOfficer, Holding: ByOfficer, Outcomes: one(Answered), Due: workdays(3), Rhythm: staffRhythm},
}

// KindOf is what the process says of k; false where k is no kind of task.
func KindOf(k TaskKind) (Kind, bool) {
	kind, known := kinds[k]
	return kind, known
}

// TakesRequestAlong tells whether reassigning a task makes somebody the request's case officer: it waits for the case
// officer in person, stands for them, or is the government's, which they complete on its behalf.
func TakesRequestAlong(k TaskKind) bool {
	holding := kinds[k].Holding
	return holding == ByOfficer || holding == ByContact
}

// ReceivingRole is the role of those to whom somebody who holds a task, or a head, can give it; empty where nobody else may
// have it. With the request goes what the case officer does in it, whoever the task waits for.
func ReceivingRole(k TaskKind) Role {
	switch kind := kinds[k]; {
	case TakesRequestAlong(k):
		return CaseOfficer
	case kind.Holding == ByRole && !kind.Standing:
		return kind.Role
	}
	return ""
}

// AllKinds lists the kinds of tasks by name.
func AllKinds() []TaskKind {
	all := make([]TaskKind, 0, len(kinds))
	for k := range kinds { //workflowcheck:ignore sorted below
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

package casework

import "time"

// TaskQueue is where all workflows and activities run.
const TaskQueue = "connex"

// The names of workflow types, activities, signals and queries. They live here, so that the workflows link no SQL and
// the API links no workflow.
const (
	SupportRequestWorkflow  = "SupportRequest"
	SupportActivityWorkflow = "SupportActivity"
	DeliverWorkflow         = "Deliver"

	RecordActivity       = "Record"
	RenderLetterActivity = "RenderLetter"
	SendMailActivity     = "SendMail"
	LookUpActivity       = "LookUp"

	CompleteTaskSignal = "complete-task" // carries a Decision
	TellSignal         = "tell"          // carries a Word, between a request and its activities
	OverviewQuery      = "overview"      // answers an Overview
)

// SearchAttributes, as the console has them.
const (
	AttrCaseNumber  = "CaseNumber"
	AttrPhase       = "Phase"
	AttrCountry     = "Country"
	AttrCaseOfficer = "CaseOfficer"
	AttrWaitingFor  = "WaitingFor"
	AttrDueAt       = "DueAt"
	AttrSuspended   = "Suspended"
)

// RequestStart is the input of a request's first run. The first interest itself is the form of the action.
type RequestStart struct {
	CaseNumber CaseNumber `json:"caseNumber"`
	Calendar   Calendar   `json:"calendar"`
	Action     ActionID   `json:"action"`
	Actor      PersonID   `json:"actor,omitempty"` // empty: somebody on the public page
	Role       Role       `json:"role"`
	At         time.Time  `json:"at"`
	Question   bool       `json:"question,omitempty"` // it is only a question about eligibility
	Country    string     `json:"country,omitempty"`
	Sector     string     `json:"sector,omitempty"`
}

// Word is what a request and its activities tell each other. ID makes a repetition harmless.
type Word struct {
	ID        string                     `json:"id"`
	What      string                     `json:"what"`
	Activity  int                        `json:"activity,omitempty"`
	At        time.Time                  `json:"at"` // process time
	Expert    PersonID                   `json:"expert,omitempty"`
	By        PersonID                   `json:"by,omitempty"`
	Officer   PersonID                   `json:"officer,omitempty"`
	Experts   []PersonID                 `json:"experts,omitempty"`
	Conflicts []PersonID                 `json:"conflicts,omitempty"`
	Code      map[PersonID]CodeSignature `json:"code,omitempty"`
	Task      TaskID                     `json:"task,omitempty"`
	Due       string                     `json:"due,omitempty"`    // a date
	Action    ActionID                   `json:"action,omitempty"` // that was decided
}

// What words say. Downwards:
const (
	WordSuspend  = "suspend"
	WordResume   = "resume"
	WordWithdraw = "withdraw" // planned activities are cancelled, running ones end early
	WordOver     = "over"     // the request has ended: stop, and write nothing
	WordReplaced = "replaced" // Expert leaves, By comes
	WordStopped  = "stopped"  // Expert's work stops
	WordSigned   = "signed"   // Code has a newer signature
	WordOfficer  = "officer"  // the request has another case officer, or conflicts
	WordMoved    = "moved"    // the deadline of Task is Due now, by Action
)

// Upwards:
const (
	WordBegan     = "began"
	WordHeld      = "held" // Experts are not bound by the Code at the start date
	WordEnded     = "ended"
	WordEvaluated = "evaluated"
	WordCancelled = "cancelled"
	WordConcern   = "concern" // by Action somebody (Expert) said what the case officer must look into
)

// LookUpOrder is what a story needs to know from the database before it can go on.
type LookUpOrder struct {
	CaseNumber CaseNumber `json:"caseNumber"`
	Board      bool       `json:"board,omitempty"`   // who the board is now
	Experts    []PersonID `json:"experts,omitempty"` // their newest signature of the Code
}

// LookedUp answers a LookUpOrder.
type LookedUp struct {
	Board []PersonID                 `json:"board,omitempty"` // active members, by name
	Code  map[PersonID]CodeSignature `json:"code,omitempty"`  // only those who ever signed
	Now   CodeVersion                `json:"now,omitzero"`    // the version of the Code that holds
}

// CodeVersion is a version of the Code of Conduct and the instant from which it holds. Workflows learn it from LookUp,
// so that a release with a new version changes no history.
type CodeVersion struct {
	Version string    `json:"version"`
	Since   time.Time `json:"since"`
}

// Lapses is when a signature is good no more in a case of this calendar: years after it was given, as the case's settings
// have it, or, where it is of an older version, when this one holds. Zero: nothing was signed.
func (v CodeVersion) Lapses(by Settings, s CodeSignature, c Calendar) time.Time {
	if s.SignedAt.IsZero() {
		return time.Time{}
	}
	end := c.Process(s.SignedAt).AddDate(by.Number(CodeYears), 0, 0)
	if since := c.Process(v.Since); v.Version != "" && s.Version != v.Version && since.Before(end) {
		return since
	}
	return end
}

// LetterOrder asks RenderLetter for one letter.
type LetterOrder struct {
	CaseNumber CaseNumber `json:"caseNumber"`
	Letter     Letter     `json:"letter"`
	Date       string     `json:"date"`               // the letter's date, in the case's calendar
	Decision   *Decision  `json:"decision,omitempty"` // what is being applied; its action is still pending
}

// LetterMade is the rendered letter's document, or why it cannot be rendered.
type LetterMade struct {
	Document string   `json:"document,omitempty"`
	Refusal  *Refusal `json:"refusal,omitempty"`
}

// Delivery is the input of Deliver.
type Delivery struct {
	CaseNumber CaseNumber `json:"caseNumber"`
	MessageID  string     `json:"messageId"`
}

// Overview answers the query of operators and of the reconciliation.
type Overview struct {
	CaseNumber CaseNumber `json:"caseNumber"`
	Phase      Phase      `json:"phase"`
	Ending     Ending     `json:"ending,omitempty"`
	Suspended  bool       `json:"suspended"`
	Tasks      []Task     `json:"tasks"`
	Next       Next       `json:"next"`
}

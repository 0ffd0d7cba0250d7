package casework

import "time"

// Transition is all that one event changes, applied by Record whole or not at all. It is data without texts: Record
// finds those in the rows of the actions that it names.
type Transition struct {
	// ID is made from the workflow's ID and the event ("…/action/<id>", "…/clock/<instant>", …), never from a run:
	// a repetition finds what the first one wrote and returns it.
	ID         string     `json:"id"`
	CaseNumber CaseNumber `json:"caseNumber"`
	Workflow   string     `json:"workflow"` // the workflow that owns the tasks
	At         time.Time  `json:"at"`       // process time

	// Decision is the action that this applies or refuses; nil where a clock or another workflow moved. Its row must
	// be there, pending, and say the same, else Record refuses and changes nothing.
	Decision *Decision `json:"decision,omitempty"`
	Refusal  *Refusal  `json:"refusal,omitempty"`
	// Completes is the task that the decision completes; empty where the action completes none (take, reassign).
	Completes TaskID `json:"completes,omitempty"`

	// YieldTo: a clock moved; where a pending action, older than this Record, waits on one of these tasks it changes
	// nothing and says Yielded: the decision wins. A clock that ends the request or begins an activity yields to any
	// action of the case.
	YieldTo []TaskID `json:"yieldTo,omitempty"`

	// Because is the action that another workflow applied and that this follows from: its actor moved, and no clock.
	Because ActionID `json:"because,omitempty"`

	// OfActivity: by a child of the request. Once the request has ended it changes nothing.
	OfActivity int `json:"ofActivity,omitempty"`

	// Settings: the sum of those that the phase which begins takes along. Where others hold, Record changes nothing and
	// answers with them. Empty: the phase does not change, or the workflow is older than settings are.
	Settings string `json:"settings,omitempty"`

	Entries    []Entry          `json:"entries,omitempty"`
	Request    RequestChange    `json:"request,omitzero"`
	Open       []Task           `json:"open,omitempty"`
	Cancel     []TaskID         `json:"cancel,omitempty"`
	GiveUp     []TaskID         `json:"giveUp,omitempty"`  // questionnaires that were never answered, letters that never came
	Changed    []Task           `json:"changed,omitempty"` // the same tasks with another clock, holder, or no longer standing
	Activities []ActivityChange `json:"activities,omitempty"`
	Plan       *PlanChange      `json:"plan,omitempty"`
	Binding    []Binding        `json:"binding,omitempty"`
	Letters    []Letter         `json:"letters,omitempty"`
	Mails      []Mail           `json:"mails,omitempty"`
	Next       Next             `json:"next,omitzero"`
}

// Entry is a line of the audit trail. The actor is the decision's where there is one, else the clock.
type Entry struct {
	What    string   `json:"what"` // a task's kind, or one of the words below
	Outcome string   `json:"outcome,omitempty"`
	Task    TaskID   `json:"task,omitempty"`
	Person  PersonID `json:"person,omitempty"` // whom it is about, such as a recused member; not the actor
	Why     Sentence `json:"why,omitzero"`     // a rule's reason; people's own are found by Record
	Reason  string   `json:"reason,omitempty"` // the same as the trail keeps it, in English: Record's to write
}

// BecomesNow stands in the trail between what a fact was and what it is.
const BecomesNow = " → "

// What the trail calls things that are no completed task.
const (
	TrailRequestStarted = "request-started"
	TrailPhaseEntered   = "phase-entered"
	TrailReminderSent   = "reminder-sent"
	TrailEscalated      = "escalated"
	TrailLapseWarned    = "lapse-warned"
	TrailLapsed         = "lapsed"
	TrailGivenUp        = "given-up"
	TrailMailQueued     = "mail-queued"
	TrailMailSent       = "mail-sent"
	TrailMailRefused    = "mail-refused"
	TrailMailCancelled  = "mail-cancelled" // it was queued and what it asked for is no longer wanted
	TrailMailFiled      = "mail-filed"
	TrailDocumentAdded  = "document-added"
	TrailNoteAdded      = "note-added"
	TrailLetterRendered = "letter-rendered"
	TrailLetterUnfit    = "letter-unfit"
	TrailExchanged      = "letters-exchanged"
	TrailRecused        = "recused"
	TrailExcused        = "excused"
	TrailRoundOpened    = "round-opened"
	TrailRoundDecided   = "round-decided"
	TrailActivityBegan  = "activity-started"
	TrailActivityEnded  = "activity-ended"
	TrailActivityHeld   = "activity-held"
	TrailActivityOff    = "activity-cancelled"
	TrailExpertStopped  = "expert-stopped"
	TrailExpertReplaced = "expert-replaced"
	TrailDeadlineMoved  = "deadline-moved" // the outcome says from which date to which: 2027-03-04/2027-03-11
	TrailFactCorrected  = "fact-corrected" // the outcome names the fact, the reason says what it was and what it is
	TrailRefused        = "action-refused"
	TrailRequestEnded   = "request-ended"
)

// RequestChange is what changes in the request's row; zero fields change nothing. The facts that a form gives (fields
// marked Fact) are Record's to copy from the action's row.
type RequestChange struct {
	Phase     Phase      `json:"phase,omitempty"`
	Ending    Ending     `json:"ending,omitempty"` // closes all open tasks of the request, its activities' included
	Officer   PersonID   `json:"officer,omitempty"`
	Suspended *bool      `json:"suspended,omitempty"`
	Risk      Rating     `json:"risk,omitempty"` // the highest of the five checks
	Decision  *BoardWord `json:"decision,omitempty"`
	Agreed    bool       `json:"agreed,omitempty"`    // the letters were exchanged
	Withdrawn bool       `json:"withdrawn,omitempty"` // withdrawn, but evaluations are still to be written
	Screening bool       `json:"screening,omitempty"` // keep today's country hints with the request
	Conflicts []PersonID `json:"conflicts,omitempty"` // who may no longer act here
	Recused   []PersonID `json:"recused,omitempty"`   // who may no longer see it

	// NewContact: the decision's form names who answers for the government from now on. All links of the government that
	// there are so far are good no more.
	NewContact bool `json:"newContact,omitempty"`
}

// BoardWord is what the board decided, and by which actions: the conclusion, then the votes in favour.
type BoardWord struct {
	Result  Result     `json:"result"`
	Round   int        `json:"round"`
	Actions []ActionID `json:"actions,omitempty"`
}

// PlanChange makes the plan of an action's form the request's agreed plan.
type PlanChange struct {
	Action ActionID `json:"action"`
}

// ActivityChange is a support activity's row. The texts of a new one are in the form of Action, at Index of its
// activities (-1: the form is of plan-activity or propose-change and holds one).
type ActivityChange struct {
	Number  int           `json:"number"`
	State   ActivityState `json:"state"`
	Action  ActionID      `json:"action,omitempty"`
	Index   int           `json:"index,omitempty"`
	Start   string        `json:"start,omitempty"`
	End     string        `json:"end,omitempty"`
	Experts []PersonID    `json:"experts,omitempty"` // who works on it now; nil: unchanged
	CheckIn ActionID      `json:"checkIn,omitempty"` // the newest check-in
}

// Binding is an expert's standing in this request.
type Binding struct {
	Expert  PersonID `json:"expert"`
	Signed  bool     `json:"signed,omitempty"`  // this decision signs the Code: Record writes the signature
	Version string   `json:"version,omitempty"` // of the Code
	State   string   `json:"state,omitempty"`   // interests: none, disclosed, accepted, replaced
}

// Letter is a letter that this transition sends. Document is filled when RenderLetter has made it.
type Letter struct {
	Kind     string     `json:"kind"`              // see package letters
	Key      string     `json:"key"`               // identity within the request: the same key is the same letter
	Actions  []ActionID `json:"actions,omitempty"` // whose forms hold its texts: draft, signature, report …
	Activity int        `json:"activity,omitempty"`
	Document string     `json:"document,omitempty"`
	Scan     bool       `json:"scan,omitempty"`  // the signed scan of the last action goes out instead
	Draft    bool       `json:"draft,omitempty"` // it is shown to whoever signs it, and goes nowhere
}

// DraftKey is the key of the letter that was drafted with an action.
func DraftKey(drafted ActionID) string { return "draft/" + string(drafted) }

// Mail is a message that this transition queues. Its words are the catalogue's under mail.<Template>.
type Mail struct {
	Template string   `json:"template"`
	Key      string   `json:"key"` // identity within the request; the same key is queued once
	To       Role     `json:"to"`
	Person   PersonID `json:"person,omitempty"` // empty: the government's contact, or everyone in the role
	Task     TaskID   `json:"task,omitempty"`   // what it asks for
	Action   ActionID `json:"action,omitempty"` // whose text marked Sent goes out
	Letter   string   `json:"letter,omitempty"` // the key of the letter that is attached

	// Former: to whoever answered for the government until this transition, where that is another address.
	Former bool `json:"former,omitempty"`
}

// Next tells everybody what happens next when nobody does anything.
type Next struct {
	What string    `json:"what,omitempty"` // a task's kind, or a strike, or a word of the story
	When time.Time `json:"when,omitzero"`  // process time
	Who  Role      `json:"who,omitempty"`
}

// Recorded is Record's answer; a repetition gets the same.
type Recorded struct {
	Refusal *Refusal `json:"refusal,omitempty"` // nothing was changed but the action, which is refused
	Yielded bool     `json:"yielded,omitempty"` // nothing was changed: a decision is on its way
	Ended   bool     `json:"ended,omitempty"`   // nothing was changed: the request had ended
	Mails   []string `json:"mails,omitempty"`   // Message-IDs to deliver
	// Settings are those that the phase which begins takes along. Where the transition was told with others it is told
	// again with these: nothing was changed, or, of a repetition, it was recorded so.
	Settings *Settings `json:"settings,omitempty"`
}

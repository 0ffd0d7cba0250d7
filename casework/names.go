package casework

import (
	"fmt"
	"regexp"
)

// CaseNumber names a request for good, such as "CNX-2026-0007"; it is also its workflow's ID.
type CaseNumber string

var caseNumber = regexp.MustCompile(`^CNX-\d{4}-\d{4,}$`)

// Valid tells whether n looks like a case number, not whether there is such a case.
func (n CaseNumber) Valid() bool { return caseNumber.MatchString(string(n)) }

// NewCaseNumber is the n-th case of a year.
func NewCaseNumber(year, n int) CaseNumber { return CaseNumber(fmt.Sprintf("CNX-%d-%04d", year, n)) }

// FindCaseNumber finds the first case number in a text, such as the subject of a mail.
func FindCaseNumber(text string) (CaseNumber, bool) {
	found := regexp.MustCompile(`\bCNX-\d{4}-\d{4,}\b`).FindString(text)
	return CaseNumber(found), found != ""
}

// ActivityWorkflowID is the workflow of a request's n-th support activity.
func (n CaseNumber) ActivityWorkflowID(number int) string {
	return fmt.Sprintf("%s/activity-%d", n, number)
}

type (
	// TaskID names a task; it is a UUID made from the workflow's ID and a counter, so that a repetition makes the same.
	TaskID string
	// ActionID names what one person did once; it comes from the page, so that a double click is one.
	ActionID string
	// PersonID is a staff account, a government contact or an expert; the roster's ID for the last.
	PersonID string
	// Outcome is the field of a form that decides what follows.
	Outcome string
	// Check is one of the due-diligence checks, named like its task.
	Check = TaskKind
)

// Role says in which capacity somebody acts.
type Role string

// The roles of people, and those of no person that the trail names.
const (
	CaseOfficer   Role = "case_officer"
	Reviewer      Role = "reviewer"
	BoardMember   Role = "board_member"
	Head          Role = "head"
	Evaluator     Role = "evaluator"
	Auditor       Role = "auditor"
	Administrator Role = "admin"
	Government    Role = "government"
	Expert        Role = "expert"
	Anyone        Role = "anyone" // the public page

	ClockRole  Role = "clock"
	MailRole   Role = "mail"
	ImportRole Role = "import"
)

// StaffRoles are the roles that an account can have.
var StaffRoles = []Role{CaseOfficer, Reviewer, BoardMember, Head, Evaluator, Auditor, Administrator}

// Staff tells whether somebody in this role signs in with an account.
func (r Role) Staff() bool {
	for _, s := range StaffRoles {
		if r == s {
			return true
		}
	}
	return false
}

// AskedByMail tells whether this role gets a mail as soon as a task waits: governments, experts, the board, heads and
// evaluators do. Case officers and reviewers begin their day with the inbox, and get mail only once something is due.
func (r Role) AskedByMail() bool { return r != CaseOfficer && r != Reviewer }

// Phase is where a request stands; each is one run of its workflow.
type Phase string

// The phases, in the order in which they happen.
const (
	FirstInterest      Phase = "first-interest"
	FormalRequest      Phase = "formal-request"
	DueDiligence       Phase = "due-diligence"
	GovernanceDecision Phase = "governance-decision"
	Agreement          Phase = "agreement"
	SupportDesign      Phase = "support-design"
	ScopingMission     Phase = "scoping-mission"
	Implementation     Phase = "implementation"
	Closing            Phase = "closing"
)

// Phases lists them in order.
var Phases = []Phase{FirstInterest, FormalRequest, DueDiligence, GovernanceDecision, Agreement, SupportDesign,
	ScopingMission, Implementation, Closing}

// Ending is how a request ended; empty while it is open.
type Ending string

// The endings, told apart everywhere.
const (
	Closed      Ending = "closed"
	Declined    Ending = "declined"
	NotEligible Ending = "not-eligible"
	Withdrawn   Ending = "withdrawn"
	Lapsed      Ending = "lapsed"
	AnsweredEnd Ending = "answered"
	Referred    Ending = "referred"
	NotPursued  Ending = "not-pursued"
	Void        Ending = "void"
)

// Endings lists them all.
var Endings = []Ending{Closed, Declined, NotEligible, Withdrawn, Lapsed, AnsweredEnd, Referred, NotPursued, Void}

// ActivityState is where a support activity stands.
type ActivityState string

// The steps of a support activity. Cancelled: it was planned and never began.
const (
	ActivityPlanned   ActivityState = "planned"
	ActivityRunning   ActivityState = "running"
	ActivityEnded     ActivityState = "ended" // its evaluation is under way
	ActivityEvaluated ActivityState = "evaluated"
	ActivityCancelled ActivityState = "cancelled"
)

// Rating is the risk that a check found.
type Rating string

// The ratings, from none to worst.
const (
	Low    Rating = "low"
	Medium Rating = "medium"
	High   Rating = "high"
)

// Stop is what an answer raises when nothing but to advise against is left.
const Stop = "stop"

// worth orders ratings.
func (r Rating) worth() int {
	return map[Rating]int{Low: 1, Medium: 2, High: 3}[r]
}

// Below tells whether r is a lesser risk than other.
func (r Rating) Below(other Rating) bool { return r.worth() < other.worth() }

// Highest is the worst of several ratings, empty for none.
func Highest(ratings ...Rating) (highest Rating) {
	for _, r := range ratings {
		if highest.Below(r) {
			highest = r
		}
	}
	return highest
}

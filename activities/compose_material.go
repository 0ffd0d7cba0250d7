package activities

import (
	"time"

	"connex/casework"
	"connex/store"
	"connex/words"
)

// person is somebody to whom we write, or who signs what we write.
type person struct {
	ID      casework.PersonID
	Role    casework.Role
	Name    string
	Address string
	Phone   string
	For     string // who is away, where this is their substitute

	// Of the staff: how they read, and in which roles they work.
	Language string
	Manner   words.Manner
	Roles    []casework.Role
}

// deed is an action, as far as its texts may be quoted.
type deed struct {
	Kind    casework.TaskKind
	Outcome casework.Outcome
	Actor   string
	Form    casework.Values
}

// undelivered is a mail that its server refused.
type undelivered struct {
	Subject, Address, Code string
	Colleague              bool // a mail to one of the staff
}

// subjectMatter is what a mail may say of the request that it is about.
type subjectMatter struct {
	CaseNumber  casework.CaseNumber
	Country     string // a code
	Institution string
	Sector      string
	Resource    string
	Language    string
	Contact     string // who speaks for the government, and from where
	ContactMail string
	Phone       string
	Evaluations bool // withdrawn, but evaluations are still asked for
	Ended       bool
}

// material is all that the words of one mail are made of: what was found about an intent of a transition and about one
// of those who get it.
type material struct {
	mail        casework.Mail
	at          time.Time // process time
	request     subjectMatter
	to          person
	officer     person
	secretariat casework.Letterhead
	link        string // {link} for guests, an address of ours for staff
	task        *casework.Task
	holder      string                       // who holds the task, in words
	struck      []casework.Task              // of a reminder: what waits for this person and has been reminded of
	late        []store.Task                 // what was escalated to this person
	taker       string                       // to whom something was passed on
	away        map[casework.PersonID]string // for whom this person stands in
	deed        *deed
	about       map[casework.ActionID]deed // what the tasks are about
	experts     map[casework.PersonID]string
	titles      map[int]string // of support activities
	refused     *undelivered
	former      store.Recipient // who spoke for the government until now
	byPhone     bool            // the government has no address: somebody reads this to it
	holderRole  casework.Role
	ofActivity  int // the activity whose workflow sends this
}

// taskID is the task with which the mail is taken back; none where it asks for others as well.
func (m *material) taskID() casework.TaskID {
	if m.task == nil || len(m.struck)+len(m.late) > 1 {
		return ""
	}
	return m.task.ID
}

// audience is for whom a mail is written. What is read to a government by telephone is written for the government.
func (m *material) audience() string {
	switch {
	case m.to.Role == casework.Government || m.byPhone:
		return "government"
	case m.to.Role == casework.Expert:
		return "expert"
	}
	return "staff"
}

// passedOn tells whether the mail is about a task that somebody gave to somebody else.
func (m *material) passedOn() bool { return m.deed != nil && m.deed.Kind == casework.Reassign }

// yours tells whether what was passed on is the reader's now.
func (m *material) yours() bool {
	return m.passedOn() && casework.PersonID(m.deed.Form.String("to")) == m.to.ID
}

// words are those of the request's language for its government, one's own for the staff, and English for an expert.
func (m *material) words() *words.Words {
	switch m.audience() {
	case "government":
		return words.In(m.request.Language)
	case "staff":
		return words.In(m.to.Language).As(m.to.Manner)
	}
	return words.In(words.Default)
}

package casework

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"time"
)

// Task is a human step that waits for somebody, as the workflow that owns it carries it.
type Task struct {
	ID       TaskID     `json:"id"`
	Kind     TaskKind   `json:"kind"`
	Key      string     `json:"key"`                // names the task within its workflow and phase: kind, subject, round
	Activity int        `json:"activity,omitempty"` // the activity's number; 0: of the request itself
	Role     Role       `json:"role"`
	Holder   PersonID   `json:"holder,omitempty"`  // the person for whom it waits; empty: anyone who has the role
	TakenBy  bool       `json:"taken,omitempty"`   // a role's task that somebody took or was given
	Subject  string     `json:"subject,omitempty"` // whom or what it is about: an expert, a check, a member
	Standing bool       `json:"standing,omitempty"`
	Opened   time.Time  `json:"opened"` // process time
	Clock    Clock      `json:"clock"`
	Outcomes []Outcome  `json:"outcomes,omitempty"` // offered here, when fewer than the kind's
	About    []ActionID `json:"about,omitempty"`    // decisions whose texts its form shows or is filled from
}

// GoBy lets the task's clock ring as settings have it. What a task was opened with it keeps, whatever changes later.
func (t *Task) GoBy(s Settings) {
	t.Clock.Rhythm = nil
	if r := RhythmOf(s, t.Kind, t.Role); !slices.Equal(r, RhythmOf(nil, t.Kind, t.Role)) {
		t.Clock.Rhythm = r
	}
}

// Rhythm is the order of strikes of the task's clock; a standing task has none.
func (t Task) Rhythm() Rhythm {
	switch {
	case t.Standing:
		return nil
	case t.Clock.Rhythm != nil:
		return t.Clock.Rhythm
	}
	return RhythmOf(nil, t.Kind, t.Role)
}

// Offers are the outcomes that the task can have.
func (t Task) Offers() []Outcome {
	if len(t.Outcomes) > 0 {
		return t.Outcomes
	}
	return kinds[t.Kind].Outcomes
}

// Decision is what a person decided, as the signal carries it: no texts, names or files, which stay in the action's
// row. Record compares it with that row, so nobody decides from the Temporal console.
type Decision struct {
	Action   ActionID  `json:"action"`
	Task     TaskID    `json:"task"`
	Kind     TaskKind  `json:"kind"` // of the task, or Reassign, Take, GiveBack, StartRequest
	Outcome  Outcome   `json:"outcome"`
	Actor    PersonID  `json:"actor"`
	Role     Role      `json:"role"`               // in which the actor acts
	OnBehalf bool      `json:"onBehalf,omitempty"` // the case officer for the government
	For      PersonID  `json:"for,omitempty"`      // in whose place, while they are away
	At       time.Time `json:"at"`                 // real instant at which the row was written
	Carried  Values    `json:"carried,omitempty"`  // the fields of the form that are Carried
}

// ActivityPlan is a support activity as a plan has it. In history it travels without its texts.
type ActivityPlan struct {
	Title            string     `json:"title,omitempty"`
	Form             string     `json:"form"` // advice or capacity-development
	Stage            string     `json:"stage"`
	Experts          []PersonID `json:"experts"`
	Start            string     `json:"start"` // dates in the case's calendar
	End              string     `json:"end"`
	Deliverable      string     `json:"deliverable,omitempty"`
	CheckInEveryDays int        `json:"checkInEveryDays,omitempty"`
}

// NewTaskID names the task of a key for good: the same workflow and key make the same ID, however often they are
// evaluated. It is a UUID (version 8: ours).
func NewTaskID(workflow, key string) TaskID {
	sum := sha256.Sum256([]byte(workflow + "\x00" + key))
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return TaskID(fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16]))
}

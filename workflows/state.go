package workflows

import (
	"encoding/json"
	"slices"
	"time"

	"connex/casework"
)

// state is all that a workflow knows; it is carried from run to run. It holds no text, name or file.
type state struct {
	CaseNumber casework.CaseNumber `json:"caseNumber"`
	Workflow   string              `json:"workflow"`
	Calendar   casework.Calendar   `json:"calendar"`
	Settings   casework.Settings   `json:"settings"` // as they were when the phase began
	Country    string              `json:"country,omitempty"`
	Sector     string              `json:"sector,omitempty"`
	Memo       memo                `json:"memo,omitzero"` // as the console has it

	Phase       casework.Phase   `json:"phase"`
	Ending      casework.Ending  `json:"ending,omitempty"`
	Dossier     casework.Dossier `json:"dossier"`
	SuspendedAt time.Time        `json:"suspendedAt,omitzero"` // process time
	Withdrawn   bool             `json:"withdrawn,omitempty"`  // evaluations are still awaited
	Corrects    bool             `json:"corrects,omitempty"`   // move-deadline and correct-facts stand here
	Edition     edition          `json:"edition,omitempty"`    // in which its stories are told

	Tasks   []casework.Task              `json:"tasks,omitempty"`   // open ones
	Decided map[string]casework.Decision `json:"decided,omitempty"` // by task key: what this phase was told, and side tasks
	Shut    map[string]bool              `json:"shut,omitempty"`    // keys of tasks that were cancelled or given up
	Left    map[string]time.Duration     `json:"left,omitempty"`    // time that a task still had when it asked somebody else
	Once    map[string]bool              `json:"once,omitempty"`    // what happened and must not happen again in this phase
	Stood   int                          `json:"stood,omitempty"`   // standing tasks of no phase that were ever opened
	Handled []casework.ActionID          `json:"handled,omitempty"` // applied or refused, newest last
	Heard   []string                     `json:"heard,omitempty"`   // IDs of words
	Looked  map[string]bool              `json:"looked,omitempty"`  // look-ups that were answered
	Board   []casework.PersonID          `json:"board,omitempty"`   // as last looked up
	Wakes   []time.Time                  `json:"wakes,omitempty"`   // instants that the story waits for, process time

	Risk       casework.Rating                              `json:"risk,omitempty"`
	Conclusion casework.ActionID                            `json:"conclusion,omitempty"`
	Rounds     []round                                      `json:"rounds,omitempty"`
	Verdict    *casework.BoardWord                          `json:"verdict,omitempty"`
	Plan       plan                                         `json:"plan,omitzero"`
	Interests  map[casework.PersonID]bool                   `json:"interests,omitempty"` // declared and accepted here
	Codes      map[casework.PersonID]casework.CodeSignature `json:"codes,omitempty"`     // newest known, real instants
	Activities []agreedActivity                             `json:"activities,omitempty"`
	Replaced   []replacement                                `json:"replaced,omitempty"`
	CodeNow    casework.CodeVersion                         `json:"codeNow,omitzero"`   // the version that holds, as last looked up
	CodesAt    time.Time                                    `json:"codesAt,omitzero"`   // when they were last looked up, process time
	Held       []casework.PersonID                          `json:"held,omitempty"`     // who keeps an activity from starting
	Unsigned   []casework.PersonID                          `json:"unsigned,omitempty"` // stopped for want of the Code, and not replaced yet
	Rang       time.Time                                    `json:"rang,omitzero"`      // the latest instant for which a clock rang
	Again      int                                          `json:"again,omitempty"`    // clocks that rang for none later than that
	Runs       int                                          `json:"runs,omitempty"`     // that were begun by continuing as new
	Ends       int                                          `json:"ends,omitempty"`     // times that end-implementation was taken back
	Support    *support                                     `json:"support,omitempty"`  // of a SupportActivity

	Pending []casework.Decision `json:"pending,omitempty"` // drained from the signals of the last run
	Words   []casework.Word     `json:"words,omitempty"`
}

// plan is the support plan that the government agreed to, without its texts.
type plan struct {
	Action     casework.ActionID       `json:"action,omitempty"`
	Experts    []casework.PersonID     `json:"experts,omitempty"`
	Activities []casework.ActivityPlan `json:"activities,omitempty"`
	Mission    bool                    `json:"mission,omitempty"`
}

// round is a round of votes and what it came to; NewRound where the head let the board begin anew.
type round struct {
	casework.Round
	Came     casework.Result `json:"came,omitempty"`
	Opened   time.Time       `json:"opened,omitzero"`
	SettleAt time.Time       `json:"settleAt,omitzero"`
	Settled  int             `json:"settled,omitempty"` // settle-vote tasks that were decided
}

const startedAnew casework.Result = "new-round"

// agreedActivity is what the request knows of a support activity.
type agreedActivity struct {
	Number  int                    `json:"number"`
	State   casework.ActivityState `json:"state"`
	Experts []casework.PersonID    `json:"experts"`
	Stopped []casework.PersonID    `json:"stopped,omitempty"` // whose work stopped before the activity ended
}

func (a agreedActivity) over() bool {
	return a.State == casework.ActivityEvaluated || a.State == casework.ActivityCancelled
}

func (a agreedActivity) working() bool {
	return a.State == casework.ActivityPlanned || a.State == casework.ActivityRunning
}

// replacement is an expert who leaves, and the activities that this is about.
type replacement struct {
	Expert     casework.PersonID `json:"expert"`
	Activities []int             `json:"activities"`
}

// clone copies a state deeply, so that a transition that Record refuses leaves no trace.
func (s *state) clone() *state {
	raw, err := json.Marshal(s)
	if err != nil {
		panic(err) // every field of state is plain data
	}
	var copied state
	if err := json.Unmarshal(raw, &copied); err != nil {
		panic(err)
	}
	copied.fill()
	return &copied
}

// fill makes the maps that an empty state lacks.
func (s *state) fill() {
	if s.Decided == nil {
		s.Decided = map[string]casework.Decision{}
	}
	if s.Shut == nil {
		s.Shut = map[string]bool{}
	}
	if s.Left == nil {
		s.Left = map[string]time.Duration{}
	}
	if s.Once == nil {
		s.Once = map[string]bool{}
	}
	if s.Looked == nil {
		s.Looked = map[string]bool{}
	}
	if s.Interests == nil {
		s.Interests = map[casework.PersonID]bool{}
	}
	if s.Codes == nil {
		s.Codes = map[casework.PersonID]casework.CodeSignature{}
	}
}

// task finds an open task by its ID.
func (s *state) task(id casework.TaskID) *casework.Task {
	i := slices.IndexFunc(s.Tasks, func(t casework.Task) bool { return t.ID == id })
	if i < 0 {
		return nil
	}
	return &s.Tasks[i]
}

// waiting finds an open task by its key.
func (s *state) waiting(key string) *casework.Task {
	i := slices.IndexFunc(s.Tasks, func(t casework.Task) bool { return t.Key == key })
	if i < 0 {
		return nil
	}
	return &s.Tasks[i]
}

func (s *state) suspended() bool { return !s.SuspendedAt.IsZero() }

// handle remembers an action, so that its repetition is harmless; Record knows those that are forgotten here.
func (s *state) handle(id casework.ActionID) {
	s.Handled = append(s.Handled, id)
	if len(s.Handled) > 100 {
		s.Handled = slices.Delete(s.Handled, 0, len(s.Handled)-100)
	}
}

func (s *state) hear(id string) {
	s.Heard = append(s.Heard, id)
	if len(s.Heard) > 100 {
		s.Heard = slices.Delete(s.Heard, 0, len(s.Heard)-100)
	}
}

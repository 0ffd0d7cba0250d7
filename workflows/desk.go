package workflows

import (
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"

	"connex/casework"
)

// desk is where one workflow works: it takes one event at a time, lets the story tell what follows, has it recorded,
// and only then believes it. There is no other coroutine, so nothing happens between two events.
type desk struct {
	ctx       workflow.Context
	s         *state
	tell      func(*story) // the story of this workflow
	decisions workflow.ReceiveChannel
	words     workflow.ReceiveChannel
	bell      bell
	begun     []func() error // starts of other workflows that must be certain before the run ends
	retry     time.Time      // real time: a clock that yielded looks again
	told      int            // events of this run, by which it learns what is newer than it is
	next      casework.Next
	shown     attributes
}

// event is what happens to a workflow: exactly one of its fields says what.
type event struct {
	decision *casework.Decision
	word     *casework.Word
	start    *casework.RequestStart
	clock    bool
	begin    bool // a run begins: nothing happened, but the code may be newer
}

func newDesk(ctx workflow.Context, s *state, tell func(*story)) (*desk, error) {
	s.fill()
	d := &desk{
		ctx: ctx, s: s, tell: tell,
		decisions: workflow.GetSignalChannel(ctx, casework.CompleteTaskSignal),
		words:     workflow.GetSignalChannel(ctx, casework.TellSignal),
	}
	return d, workflow.SetQueryHandlerWithOptions(ctx, casework.OverviewQuery, d.overview,
		workflow.QueryHandlerOptions{Description: "phase, open tasks and their clocks, what happens next"})
}

// work handles events until the phase changes, the request ends, or the history is long enough.
func (d *desk) work() error {
	phase := d.s.Phase
	if err := d.show(); err != nil {
		return err
	}
	for {
		if d.s.Phase != phase || d.over() || workflow.GetInfo(d.ctx).GetContinueAsNewSuggested() {
			return d.leave()
		}
		e, err := d.take()
		if err != nil {
			return err
		}
		if err := d.handle(e); err != nil {
			return err
		}
	}
}

// over tells whether nothing can happen any more.
func (d *desk) over() bool { return d.s.Ending != "" || d.s.Support != nil && d.s.Support.Done }

// leave makes certain what this run began and takes along what it was sent but has not handled.
func (d *desk) leave() error {
	d.bell.stop()
	for _, certain := range d.begun {
		if err := certain(); err != nil {
			return err
		}
	}
	d.begun = nil
	for d.decisions.Len() > 0 {
		if decision := receive[casework.Decision](d.ctx, d.decisions); decision != nil {
			d.s.Pending = append(d.s.Pending, *decision)
		}
	}
	for d.words.Len() > 0 {
		if word := receive[casework.Word](d.ctx, d.words); word != nil {
			d.s.Words = append(d.s.Words, *word)
		}
	}
	return nil
}

// handle tells the story of one event and has it recorded. A refusal, whoever utters it, leaves the state as it was.
// Where a phase begins and other settings hold than the workflow knew, the story is told again with those.
func (d *desk) handle(e event) error {
	if d.known(e) {
		return nil
	}
	d.told++
	d.learnToCorrect()
	d.learnEdition()
	var coming *casework.Settings
	for {
		s := d.story(e)
		s.coming = coming
		if err := d.toldToItsEnd(s, e); err != nil {
			return err
		}
		if s.refusal == nil {
			if err := d.render(s); err != nil {
				return err
			}
		}
		if s.refusal != nil {
			return d.refuse(e, s.refusal)
		}
		if s.nothing() {
			d.believe(s)
			return nil
		}
		s.t.Next = s.nextStep()
		recorded, err := d.record(s.t)
		if err != nil {
			return err
		}
		if !toldOtherwise(s, recorded) {
			return d.conclude(s, e, recorded)
		}
		coming = recorded.Settings
	}
}

// toldOtherwise tells whether the phase that begins takes other settings along than the story knew.
func toldOtherwise(s *story, recorded casework.Recorded) bool {
	return s.t.Settings != "" && recorded.Settings != nil && recorded.Settings.Sum() != s.t.Settings
}

// conclude takes over what was recorded, or why nothing was.
func (d *desk) conclude(s *story, e event, recorded casework.Recorded) error {
	switch {
	case recorded.Refusal != nil:
		if !foreign(recorded.Refusal) {
			d.forget(e)
		}
		return nil
	case recorded.Yielded:
		d.retry = workflow.Now(d.ctx).Add(yieldPause)
		return nil
	case recorded.Ended:
		d.s.Ending = casework.Void // the request is over, whatever it ended as; nobody asks an activity
		return nil
	}
	d.believe(s)
	return d.cause(s, recorded)
}

// foreign tells whether a signal said what its action's row does not: nobody decided that, and the true decision, which
// has the same ID, may still come.
func foreign(r *casework.Refusal) bool {
	return r.Rule == casework.RuleUnknownAction || r.Rule == casework.RuleOtherAction
}

// yieldPause is real time for a decision that is on its way to arrive before a clock that it may make needless.
const yieldPause = 2 * time.Second

// known tells whether the event is a repetition.
func (d *desk) known(e event) bool {
	switch {
	case e.decision != nil:
		return slices.Contains(d.s.Handled, e.decision.Action)
	case e.word != nil:
		return slices.Contains(d.s.Heard, e.word.ID)
	}
	return false
}

// toldToItsEnd tells the story, asking the database where it needs to know something first.
func (d *desk) toldToItsEnd(s *story, e event) error {
	for first := true; ; first = false {
		if first {
			s.happen(e)
		}
		if s.refusal != nil {
			return nil
		}
		s.Wakes, s.need = nil, nil
		d.tell(s)
		if s.need == nil {
			return nil
		}
		found, err := lookUp(d.ctx, s.need.order)
		if err != nil {
			return err
		}
		s.learn(*s.need, found)
	}
}

// render makes the letters of a transition. One that cannot be rendered refuses what staff decided; a guest's decision
// or a clock is not held up by it: the mail goes without, and the trail says so.
func (d *desk) render(s *story) error {
	var made []casework.Letter
	for _, letter := range s.t.Letters {
		done, err := renderLetter(d.ctx, casework.LetterOrder{CaseNumber: s.CaseNumber, Letter: letter, Date: casework.DateOf(s.now), Decision: s.decision})
		if err != nil {
			return err
		}
		if done.Refusal == nil && letter.Draft {
			continue // it is kept, and goes nowhere
		}
		if done.Refusal == nil {
			letter.Document = done.Document
			made = append(made, letter)
			s.t.Entries = slices.Insert(s.t.Entries, min(1, len(s.t.Entries)),
				casework.Entry{What: casework.TrailLetterRendered, Outcome: letter.Kind}) // after the decision, before what follows
			continue
		}
		if s.decision != nil && s.decision.Role.Staff() {
			s.refusal = done.Refusal
			return nil
		}
		s.entry(casework.Entry{What: casework.TrailLetterUnfit, Outcome: letter.Kind, Why: done.Refusal.Why, Reason: done.Refusal.English})
		for i := range s.t.Mails {
			if s.t.Mails[i].Letter == letter.Key {
				s.t.Mails[i].Letter = ""
			}
		}
	}
	s.t.Letters = made
	return nil
}

// refuse records that an action was refused and why; the person is told by its row. Where a signal said what nobody
// decided, the true decision of that ID may still come, and is taken as it comes.
func (d *desk) refuse(e event, why *casework.Refusal) error {
	if e.decision == nil {
		d.forget(e)
		workflow.GetLogger(d.ctx).Error("a story refused what nobody decided", "rule", why.Rule)
		return nil
	}
	now := d.s.Calendar.Process(workflow.Now(d.ctx))
	recorded, err := d.record(casework.Transition{
		ID: d.s.Workflow + "/refused/" + string(e.decision.Action), CaseNumber: d.s.CaseNumber, Workflow: d.s.Workflow,
		At: now, Decision: e.decision, Refusal: why,
		Entries: []casework.Entry{{What: casework.TrailRefused, Outcome: string(e.decision.Kind), Task: e.decision.Task, Why: why.Why, Reason: why.English}},
	})
	if d.s.Edition < hearsTheTrue || recorded.Refusal == nil || !foreign(recorded.Refusal) {
		d.forget(e)
	}
	return err
}

// forget remembers of an event that led to nothing only that it was.
func (d *desk) forget(e event) {
	if e.decision != nil {
		d.s.handle(e.decision.Action)
	}
	if e.word != nil {
		d.s.hear(e.word.ID)
	}
}

// believe takes over what was recorded.
func (d *desk) believe(s *story) {
	d.s = s.state
	d.next = s.t.Next
	d.retry = time.Time{}
}

// cause lets a recorded transition have its effects in other workflows.
func (d *desk) cause(s *story, recorded casework.Recorded) error {
	for _, id := range recorded.Mails {
		d.begun = append(d.begun, send(d.ctx, casework.Delivery{CaseNumber: s.CaseNumber, MessageID: id}))
	}
	for _, begins := range s.starts {
		d.begun = append(d.begun, beginActivity(d.ctx, s.state, begins))
	}
	if len(s.starts) > 0 { // a word to an activity must find it there
		for _, certain := range d.begun {
			if err := certain(); err != nil {
				return err
			}
		}
		d.begun = nil
	}
	for _, out := range s.words {
		say(d.ctx, s.state, out)
	}
	return d.show()
}

func (d *desk) overview() (casework.Overview, error) {
	return casework.Overview{CaseNumber: d.s.CaseNumber, Phase: d.s.Phase, Ending: d.s.Ending, Suspended: d.s.suspended(),
		Tasks: d.s.Tasks, Next: d.next}, nil
}

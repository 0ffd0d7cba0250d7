package workflows

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"connex/casework"
)

// house plays the activities under a real desk, and the people: whoever has an answer in script gives it as soon as the
// task is open. Like Record, it applies a transition once and returns what it wrote the first time.
type house struct {
	t        *testing.T
	mu       sync.Mutex
	written  map[string]casework.Recorded
	order    []casework.Transition
	rendered []casework.LetterOrder
	open     map[casework.TaskID]casework.Task
	script   map[casework.TaskKind]answer
	given    map[casework.TaskID]bool
	fail     int // so many calls of Record fail after they have written
	refuses  map[casework.TaskKind]bool
	yields   int
	twice    bool // every signal is sent twice
	runs     int
	longest  int // the largest state that was carried, in bytes
	nonsense bool
	forged   casework.Outcome  // that no action's row has
	holds    casework.Settings // those that a phase which begins must take along
	again    int               // transitions that had to be told again with them
	memos    []string          // that the console was given
}

type answer struct {
	who     casework.PersonID
	outcome casework.Outcome
	carried casework.Values
}

func newHouse(t *testing.T) *house {
	return &house{t: t, written: map[string]casework.Recorded{}, open: map[casework.TaskID]casework.Task{}, given: map[casework.TaskID]bool{},
		refuses: map[casework.TaskKind]bool{}, script: theWholeWay()}
}

// theWholeWay are the answers that carry a request to its closing.
func theWholeWay() map[casework.TaskKind]answer {
	low := casework.Values{"rating": "low"}
	script := map[casework.TaskKind]answer{
		casework.AssessEligibility:    {officer, casework.Eligible, nil},
		casework.DiscussScope:         {officer, casework.Proceed, nil},
		casework.PrepareRequestLetter: {officer, casework.Send, nil},
		casework.SubmitRequestLetter:  {"contact", casework.Submitted, nil},
		casework.ConcludeDueDiligence: {officer, casework.Recommend, nil},
		casework.CastVote:             {"", casework.Approve, nil},
		casework.DraftApproval:        {officer, casework.Ready, nil},
		casework.SignApproval:         {head, casework.Sign, nil},
		casework.ProposeSupport: {officer, casework.Propose, casework.Values{"experts": []any{"leila"}, "activities": []any{map[string]any{
			"form": "advice", "stage": "during", "experts": []any{"leila"}, "start": "2027-04-01", "end": "2027-05-01"}}}},
		casework.SignCodeOfConduct:    {"leila", casework.Sign, casework.Values{"version": "1"}},
		casework.DeclareInterests:     {"leila", casework.NoInterests, nil},
		casework.AgreeSupport:         {"contact", casework.Agree, nil},
		casework.EndImplementation:    {officer, casework.EndOut, nil},
		casework.ClosingQuestionnaire: {"contact", casework.Answered, nil},
		casework.ClosingEvaluation:    {"evaluator", casework.Written, nil},
		casework.CloseRequest:         {head, casework.CloseOut, nil},
	}
	for _, check := range casework.Checks {
		script[check] = answer{reviewer, casework.Proceed, low}
	}
	return script
}

func (h *house) record(_ context.Context, t casework.Transition) (casework.Recorded, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	done, before := h.written[t.ID]
	if !before && t.Settings != "" && t.Settings != h.holds.Sum() {
		h.again++
		return casework.Recorded{Settings: &h.holds}, nil
	}
	if !before {
		done = h.apply(t)
		if !done.Yielded {
			h.written[t.ID] = done
		}
	}
	if h.fail > 0 {
		h.fail--
		return casework.Recorded{}, errors.New("the answer was lost on its way")
	}
	return done, nil
}

func (h *house) apply(t casework.Transition) casework.Recorded {
	if t.Decision != nil && h.refuses[t.Decision.Kind] && t.Refusal == nil {
		h.refuses[t.Decision.Kind] = false
		return casework.Recorded{Refusal: casework.RefusedBy(casework.RuleUnknownAction, "refusal.unknown-action")}
	}
	if t.Decision != nil && h.forged != "" && t.Decision.Outcome == h.forged {
		return casework.Recorded{Refusal: casework.RefusedBy(casework.RuleOtherAction, "refusal.other-action")}
	}
	if len(t.YieldTo) > 0 && h.yields > 0 {
		h.yields--
		return casework.Recorded{Yielded: true}
	}
	h.order = append(h.order, t)
	for _, id := range append(append([]casework.TaskID{t.Completes}, t.Cancel...), t.GiveUp...) {
		delete(h.open, id)
	}
	for _, task := range append(t.Open, t.Changed...) {
		h.open[task.ID] = task
	}
	if t.Request.Ending != "" {
		clear(h.open)
	}
	if t.Settings != "" {
		return casework.Recorded{Settings: &h.holds}
	}
	return casework.Recorded{}
}

// run executes one run after the other, as the server would, until the request ends or so many hours have passed.
func (h *house) run() {
	h.t.Helper()
	start := casework.RequestStart{CaseNumber: "CNX-2027-0001", Calendar: casework.Calendar{Start: began, DayLength: 24 * time.Hour},
		Action: "start", Actor: officer, Role: casework.CaseOfficer, At: began, Country: "NA"}
	var carried *state
	now := began
	for h.runs = 1; h.runs < 40; h.runs++ {
		var suite testsuite.WorkflowTestSuite
		suite.SetLogger(quiet{})
		env := suite.NewTestWorkflowEnvironment()
		env.SetStartTime(now)
		env.SetTestTimeout(30 * time.Second)
		env.SetDetachedChildWait(false)
		h.register(env)
		h.people(env)
		env.ExecuteWorkflow(SupportRequest, start, carried)
		err := env.GetWorkflowError()
		var again *workflow.ContinueAsNewError
		if err == nil {
			return
		}
		if !errors.As(err, &again) {
			h.t.Fatalf("run %d: %v", h.runs, err)
		}
		now = env.Now()
		carried = new(state)
		if err := converter.GetDefaultDataConverter().FromPayloads(again.Input, &start, carried); err != nil {
			h.t.Fatal(err)
		}
		h.longest = max(h.longest, len(mustJSON(carried)))
	}
	h.t.Fatal("the request never ends")
}

func (h *house) register(env *testsuite.TestWorkflowEnvironment) {
	env.RegisterActivityWithOptions(h.record, activity.RegisterOptions{Name: casework.RecordActivity})
	env.RegisterActivityWithOptions(func(context.Context, casework.LookUpOrder) (casework.LookedUp, error) {
		return casework.LookedUp{Board: []casework.PersonID{"board1", "board2", "board3"}, Now: casework.CodeVersion{Version: "1"}}, nil
	}, activity.RegisterOptions{Name: casework.LookUpActivity})
	env.RegisterActivityWithOptions(func(_ context.Context, order casework.LetterOrder) (casework.LetterMade, error) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.rendered = append(h.rendered, order)
		return casework.LetterMade{Document: "document"}, nil
	}, activity.RegisterOptions{Name: casework.RenderLetterActivity})
	env.RegisterWorkflowWithOptions(SupportRequest, workflow.RegisterOptions{Name: casework.SupportRequestWorkflow})
	env.RegisterWorkflowWithOptions(func(workflow.Context, *state) error { return nil }, workflow.RegisterOptions{Name: casework.SupportActivityWorkflow})
	env.OnSignalExternalWorkflow(mock.Anything, mock.Anything, mock.Anything, casework.TellSignal, mock.Anything).Return(nil)
	env.OnUpsertMemo(mock.Anything).Run(func(given mock.Arguments) { h.memos = append(h.memos, fmt.Sprint(given.Get(0))) }).Return(nil)
}

// people look every hour for tasks that they have an answer to.
func (h *house) people(env *testsuite.TestWorkflowEnvironment) {
	env.RegisterDelayedCallback(func() {
		if env.IsWorkflowCompleted() {
			return
		}
		if h.nonsense {
			env.SignalWorkflow(casework.CompleteTaskSignal, "not a decision")
		}
		for range h.activities() {
			env.SignalWorkflow(casework.TellSignal, casework.Word{ID: "evaluated", What: casework.WordEvaluated, Activity: 1})
		}
		for _, d := range h.answers(env.Now()) {
			env.SignalWorkflow(casework.CompleteTaskSignal, d)
			if h.twice {
				env.SignalWorkflow(casework.CompleteTaskSignal, d)
			}
		}
		h.people(env)
	}, time.Hour)
}

// activities are those that began; the house has them evaluated at once.
func (h *house) activities() (began []casework.ActivityChange) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, t := range h.order {
		began = append(began, t.Activities...)
	}
	return began
}

func (h *house) answers(now time.Time) (decisions []casework.Decision) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, k := range casework.AllKinds() {
		for id, task := range h.open {
			said, ok := h.script[k]
			if task.Kind != k || task.Standing || !ok || h.given[id] {
				continue
			}
			h.given[id] = true
			who := said.who
			if task.Holder != "" {
				who = task.Holder
			}
			decisions = append(decisions, casework.Decision{Action: casework.ActionID(fmt.Sprintf("by %s on %s", who, id)), Task: id, Kind: k,
				Outcome: said.outcome, Actor: who, Role: task.Role, At: now, Carried: said.carried})
		}
	}
	return decisions
}

func (h *house) count(what string) (n int) {
	for _, t := range h.order {
		for _, e := range t.Entries {
			if e.What == what {
				n++
			}
		}
	}
	return n
}

// A first interest may come without sector, and with the wrong country; operators read what was found out.
func TestTheMemoSaysWhatIsKnown(t *testing.T) {
	for name, tt := range map[string]struct {
		found casework.Values
		want  string
	}{
		"nothing else":       {casework.Values{"country": "NA"}, "[]"},
		"country and sector": {casework.Values{"country": "GN", "sector": "mining"}, "[map[country:GN sector:mining]]"},
	} {
		h := newHouse(t)
		h.script[casework.AssessEligibility] = answer{officer, casework.Eligible, tt.found}
		h.run()
		if got := fmt.Sprint(h.memos); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func TestARequestOverAllItsRuns(t *testing.T) {
	for name, change := range map[string]func(*house){
		"as it should be":                      func(*house) {},
		"every signal comes twice":             func(h *house) { h.twice = true },
		"answers of Record are lost":           func(h *house) { h.fail = 9 },
		"signals that nobody can read":         func(h *house) { h.nonsense = true },
		"a clock yields to what is on its way": func(h *house) { h.yields = 3; delete(h.script, casework.ClosingQuestionnaire) },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			change(h)
			h.run()
			if h.count(casework.TrailRequestEnded) != 1 || h.runs < 7 {
				t.Errorf("ended %d times after %d runs", h.count(casework.TrailRequestEnded), h.runs)
			}
			for _, k := range []casework.TaskKind{casework.AssessEligibility, casework.ConcludeDueDiligence, casework.SignApproval, casework.CloseRequest} {
				if n := h.count(string(k)); n != 1 {
					t.Errorf("%s took effect %d times", k, n)
				}
			}
			if h.longest > 64<<10 {
				t.Errorf("%d bytes were carried from run to run", h.longest)
			}
		})
	}
}

// Nobody approves from the console: Record finds no action, and the request stays as it was.
func TestWhatRecordRefusesChangesNothing(t *testing.T) {
	h := newHouse(t)
	h.refuses[casework.AssessEligibility] = true
	h.script = map[casework.TaskKind]answer{casework.AssessEligibility: h.script[casework.AssessEligibility]}
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(quiet{})
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(began)
	h.register(env)
	h.people(env)
	env.RegisterDelayedCallback(env.CancelWorkflow, 48*time.Hour)
	env.ExecuteWorkflow(SupportRequest, casework.RequestStart{CaseNumber: "CNX-2027-0001",
		Calendar: casework.Calendar{Start: began, DayLength: 24 * time.Hour}, Action: "start", Actor: officer, Role: casework.CaseOfficer, At: began}, nil)
	answer, err := env.QueryWorkflow(casework.OverviewQuery)
	if err != nil {
		t.Fatal(err)
	}
	var overview casework.Overview
	if err := answer.Get(&overview); err != nil {
		t.Fatal(err)
	}
	for _, task := range overview.Tasks {
		if task.Kind == casework.AssessEligibility {
			return
		}
	}
	t.Errorf("the refused task is gone: %+v", overview)
}

// Somebody who knows the ID of an action signals what the story refuses, before the true decision comes.
func TestAForgedDecisionHidesNoTrueOne(t *testing.T) {
	h := newHouse(t)
	h.script = nil
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(quiet{})
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(began)
	h.register(env)
	h.people(env)
	env.RegisterDelayedCallback(func() {
		for id, task := range h.open {
			if task.Kind != casework.AssessEligibility {
				continue
			}
			truly := casework.Decision{Action: "assessed", Task: id, Kind: task.Kind, Outcome: casework.Eligible, Actor: officer, Role: task.Role, At: began}
			forged := truly
			forged.Outcome = "nonsense"
			h.forged = forged.Outcome
			env.SignalWorkflow(casework.CompleteTaskSignal, forged)
			env.SignalWorkflow(casework.CompleteTaskSignal, truly)
		}
	}, 90*time.Minute)
	env.RegisterDelayedCallback(env.CancelWorkflow, 48*time.Hour)
	env.ExecuteWorkflow(SupportRequest, casework.RequestStart{CaseNumber: "CNX-2027-0001",
		Calendar: casework.Calendar{Start: began, DayLength: 24 * time.Hour}, Action: "start", Actor: officer, Role: casework.CaseOfficer, At: began}, nil)
	if n := h.count(string(casework.AssessEligibility)); n != 1 {
		t.Errorf("the true decision took effect %d times", n)
	}
}

// Whoever has ended need not hear; all else that is not heard stands in the log.
func TestAWordThatIsNotHeard(t *testing.T) {
	for name, tt := range map[string]struct {
		err    error
		logged int
	}{
		"they have ended": {&temporal.UnknownExternalWorkflowExecutionError{}, 0},
		"it was lost":     {errors.New("too many signals"), 1},
	} {
		t.Run(name, func(t *testing.T) {
			var suite testsuite.WorkflowTestSuite
			log := &counted{}
			suite.SetLogger(log)
			env := suite.NewTestWorkflowEnvironment()
			env.OnSignalExternalWorkflow(mock.Anything, mock.Anything, mock.Anything, casework.TellSignal, mock.Anything).Return(tt.err)
			env.ExecuteWorkflow(func(ctx workflow.Context) error {
				say(ctx, &state{CaseNumber: "CNX-2027-0001"}, outgoing{to: 1, word: casework.Word{What: casework.WordOver}})
				return nil
			})
			if log.warnings != tt.logged {
				t.Errorf("%d warnings, want %d", log.warnings, tt.logged)
			}
		})
	}
}

// counted counts what somebody should look at.
type counted struct {
	quiet
	warnings int
}

func (c *counted) Warn(string, ...any) { c.warnings++ }

// quiet keeps the test suite's log out of the tests' output.
type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}

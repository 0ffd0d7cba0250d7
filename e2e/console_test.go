package e2e

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"connex/casework"
)

// What an operator can do at the Temporal console, on purpose or by mistake.

var consoles sync.Map // of systems, by address

// console speaks with Temporal as the console does.
func (s *system) console(t testing.TB) client.Client {
	t.Helper()
	if c, open := consoles.Load(s.temporal); open {
		return c.(client.Client) //nolint:forcetypeassert // nothing else is kept there
	}
	c, err := client.Dial(client.Options{HostPort: s.temporal, Namespace: s.namespace, Logger: silent{}})
	if err != nil {
		t.Fatal(err)
	}
	consoles.Store(s.temporal, c)
	return c
}

// silent keeps the client's log out of the tests' output.
type silent struct{}

func (silent) Debug(string, ...any) {}
func (silent) Info(string, ...any)  {}
func (silent) Warn(string, ...any)  {}
func (silent) Error(string, ...any) {}

// Nobody approves from the console: what no person has decided is refused, changes nothing, and holds nothing up.
func TestSignalsFromTheConsoleDecideNothing(t *testing.T) {
	inTurn(t)
	s := theSystem(t)
	j := s.requestUpTo(t, "declined", "check-human-rights")
	p, found, good := j.waiting(t, "reviewer", "check-human-rights", map[string]any{"outcome": "proceed", "rating": "low"})
	console, before := s.console(t), j.done(t)
	forged := casework.Decision{Action: casework.ActionID(uuid.NewString()), Task: casework.TaskID(found.ID), Kind: casework.CheckHumanRights,
		Outcome: casework.Proceed, Role: casework.Reviewer, At: time.Now(), Carried: casework.Values{"rating": "low"}}
	another := forged
	another.Action = "not even an ID"
	for _, signal := range []any{forged, another, "approve", 17, nil, []string{"a", "b"}, map[string]any{"action": map[string]any{}}, strings.Repeat("x", 100_000)} {
		if err := console.SignalWorkflow(t.Context(), j.number, "", casework.CompleteTaskSignal, signal); err != nil {
			t.Fatal(err)
		}
	}
	if a := j.taken(t, p, complete(t.Context(), p, found.ID, uuid.NewString(), good)); a.status != http.StatusOK {
		t.Fatalf("the true decision after the false ones: %s", a)
	}
	j.tookEffectOnce(t, found)
	j.unchanged(t, append(before, "check-human-rights proceed"))
}

// A decision that was made is applied where it was made: its signal, changed or sent to another case, does nothing there.
func TestTheSignalOfAnotherDecisionDecidesNothing(t *testing.T) {
	inTurn(t)
	s := theSystem(t)
	j, other := s.requestUpTo(t, "declined", "check-human-rights"), s.requestUpTo(t, "declined", "check-human-rights")
	p, found, good := j.waiting(t, "reviewer", "check-human-rights", map[string]any{"outcome": "proceed", "rating": "low"})
	_, elsewhere, _ := other.waiting(t, "reviewer", "check-human-rights", nil)
	key := uuid.NewString()
	if a := j.taken(t, p, complete(t.Context(), p, found.ID, key, good)); a.status != http.StatusOK {
		t.Fatalf("the decision itself: %s", a)
	}
	before := other.done(t)
	stolen := casework.Decision{Action: casework.ActionID(key), Task: casework.TaskID(elsewhere.ID), Kind: casework.CheckHumanRights,
		Outcome: casework.Proceed, Role: casework.Reviewer, At: time.Now(), Carried: casework.Values{"rating": "low"}}
	if err := s.console(t).SignalWorkflow(t.Context(), other.number, "", casework.CompleteTaskSignal, stolen); err != nil {
		t.Fatal(err)
	}
	_, second, alike := other.waiting(t, "reviewer", "check-environment", map[string]any{"outcome": "proceed", "rating": "low"})
	if a := other.taken(t, p, complete(t.Context(), p, second.ID, uuid.NewString(), alike)); a.status != http.StatusOK {
		t.Fatalf("a true decision after the stolen one: %s", a)
	}
	other.unchanged(t, append(before, "check-environment proceed"))
}

// Whatever comes while one phase's run ends and the next begins is not lost: each change of phase has others' decisions
// about it.
func TestDecisionsAboutAChangeOfPhaseAreNotLost(t *testing.T) {
	inTurn(t)
	s := theSystem(t)
	var all errgroup.Group
	for range 3 {
		all.Go(func() error {
			j := s.requestUpTo(t, "declined", "discuss-scope")
			return j.hurry(t.Context())
		})
	}
	if err := all.Wait(); err != nil {
		t.Error(err)
	}
}

// hurry carries a request to its end while its government asks one question after the other and heads suspend and
// resume it.
func (j *journey) hurry(ctx context.Context) error {
	busy, calm := context.WithCancel(ctx)
	var others errgroup.Group
	for _, rule := range []step{
		{As: "government", Kind: "ask-us", Standing: true, Form: map[string]any{"outcome": "asked", "message": "How is it going?"}},
		{As: "deputy", Kind: "suspend", Standing: true, Form: map[string]any{"outcome": "suspend", "reason": "A strike."}},
		{As: "head", Kind: "resume", Standing: true, Form: map[string]any{"outcome": "resume", "reason": "It is over."}},
		{As: "officer", Kind: "answer-government", Form: map[string]any{"outcome": "answered", "answer": "Well."}},
	} {
		others.Go(func() error { return j.keepDoing(busy, ctx, rule) })
	}
	own := j.companion()
	err := own.goOnFrom(ctx, "discuss-scope")
	calm()
	if failed := others.Wait(); err == nil {
		err = failed
	}
	if err != nil {
		return fmt.Errorf("%s: %w", j.number, err)
	}
	return own.arrive(ctx)
}

// companion goes the same request's way, with the same book but with eyes of its own.
func (j *journey) companion() *journey {
	return &journey{system: j.system, scenario: j.scenario, number: j.number, contact: j.contact, roster: j.roster, book: j.book, tasks: map[string][]task{}}
}

func (j *journey) goOnFrom(ctx context.Context, kind string) error {
	from := slices.IndexFunc(j.Steps, func(s step) bool { return s.Kind == kind })
	for _, next := range j.Steps[from:] {
		if err := j.do(ctx, next); err != nil {
			return err
		}
	}
	return nil
}

// keepDoing does a task whenever it is there. What has begun is brought to its answer, so it ends only between two.
func (j *journey) keepDoing(busy, ctx context.Context, rule step) error {
	own := j.companion()
	own.Whenever = []step{rule}
	for busy.Err() == nil {
		if err := own.meanwhile(ctx, step{}); err != nil {
			return fmt.Errorf("%s: %w", rule.Kind, err)
		}
		time.Sleep(30 * time.Millisecond)
		clear(own.tasks)
	}
	return nil
}

// reset has the server replay a run up to its last task, after which the later signals come again.
func (s *system) reset(t testing.TB, workflow string) {
	t.Helper()
	console := s.console(t)
	about, err := console.DescribeWorkflowExecution(t.Context(), workflow, "")
	if err != nil {
		t.Fatal(err)
	}
	run := about.GetWorkflowExecutionInfo().GetExecution().GetRunId()
	var last int64
	began := false // a run may be ended while its first task is under way
	history := console.GetWorkflowHistory(t.Context(), workflow, run, false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for history.HasNext() {
		event, err := history.Next()
		if err != nil {
			t.Fatal(err)
		}
		switch event.GetEventType() {
		case enums.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
			last, began = event.GetEventId(), true
		case enums.EVENT_TYPE_WORKFLOW_TASK_STARTED:
			if !began {
				last = event.GetEventId()
			}
		}
	}
	if _, err := console.ResetWorkflowExecution(t.Context(), &workflowservice.ResetWorkflowExecutionRequest{
		Namespace: s.namespace, WorkflowExecution: &common.WorkflowExecution{WorkflowId: workflow, RunId: run}, Reason: "a trial",
		WorkflowTaskFinishEventId: last, RequestId: uuid.NewString()}); err != nil {
		t.Fatal(err)
	}
}

// An activity that began under one run of its request reports to whichever run there is when it ends.
func TestAnActivitysWordReachesALaterRun(t *testing.T) {
	inTurn(t)
	s := theSystem(t)
	j := s.requestUpTo(t, "ended-early", "end-activity")
	s.reset(t, j.number)
	if err := j.goOnFrom(t.Context(), "end-activity"); err != nil {
		t.Fatalf("%s: %v", j.number, err)
	}
	if err := j.arrive(t.Context()); err != nil {
		t.Errorf("%s: %v", j.number, err)
	}
}

// One first interest that is sent many times is one request; and a case that has ended is not begun again.
func TestAFirstInterestStartsOnce(t *testing.T) {
	inTurn(t)
	s := theSystem(t)
	told, err := readScenario("not-eligible")
	if err != nil {
		t.Fatal(err)
	}
	officer, key := s.as(t, "officer"), uuid.NewString()
	numbers := make([]string, 6)
	var all errgroup.Group
	for i := range numbers {
		all.Go(func() error {
			a := patiently(t.Context(), func() answer {
				return officer.post(t.Context(), "/api/v1/first-interests", told.FirstInterest, "Idempotency-Key", key)
			})
			var made struct{ CaseNumber string }
			err := a.into(&made)
			numbers[i] = made.CaseNumber
			return err
		})
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
	if slices.Sort(numbers); numbers[0] == "" || numbers[0] != numbers[len(numbers)-1] {
		t.Fatalf("one key started %v", numbers)
	}
	j := &journey{system: s, scenario: told, number: numbers[0], contact: told.FirstInterest["contactEmail"].(string), book: new(book), tasks: map[string][]task{}}
	if err := j.goOn(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := j.done(t)
	s.beginAgain(t, j.number)
	j.unchanged(t, before)
}

// beginAgain starts the workflow of a case once more, as nothing but an operator could.
func (s *system) beginAgain(t testing.TB, caseNumber string) {
	t.Helper()
	run, err := s.console(t).ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: caseNumber, TaskQueue: casework.TaskQueue,
		WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE}, casework.SupportRequestWorkflow,
		casework.RequestStart{CaseNumber: casework.CaseNumber(caseNumber), Action: casework.ActionID(uuid.NewString()),
			Calendar: casework.Calendar{Start: time.Now(), DayLength: aDay}, Role: casework.CaseOfficer, At: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * time.Second)
	if err := s.console(t).TerminateWorkflow(t.Context(), caseNumber, run.GetRunID(), "a trial"); err != nil {
		t.Logf("the second start had ended by itself: %v", err)
	}
}

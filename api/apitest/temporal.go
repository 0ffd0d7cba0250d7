package apitest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/timestamppb"

	"connex/casework"
	"connex/store"
)

// Temporal stands in for the server and for a worker with the simplest of workflows: it applies what it is told. All
// other methods of the client are those of nil: calling them is a fault of the test.
type Temporal struct {
	client.Client
	store *store.Store

	mu sync.Mutex
	// Away: nothing can be reached. Deaf: signals are accepted, and no worker is there to handle them. Gone: the
	// workflow is closed. Refusal: what the workflow answers to every decision.
	Away, Deaf, Gone bool
	Refusal          *casework.Refusal
	follows          map[casework.TaskKind]func(*casework.Transition)

	Signals   []casework.Decision // that were accepted
	Started   []string            // workflow IDs
	Delivered []casework.Delivery
}

var errAway = errors.New("connection refused")

// ExecuteWorkflow starts a request, or delivers a mail.
func (f *Temporal) ExecuteWorkflow(ctx context.Context, options client.StartWorkflowOptions, _ any, args ...any) (client.WorkflowRun, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Away {
		return nil, errAway
	}
	if f.startedBefore(options.ID) {
		return nil, &serviceerror.WorkflowExecutionAlreadyStarted{Message: "already started"}
	}
	f.Started = append(f.Started, options.ID)
	switch input := args[0].(type) {
	case casework.Delivery:
		f.Delivered = append(f.Delivered, input)
	case casework.RequestStart:
		if !f.Deaf {
			return nil, f.begin(ctx, input)
		}
	}
	return nil, nil
}

func (f *Temporal) startedBefore(id string) bool {
	for _, started := range f.Started {
		if started == id {
			return true
		}
	}
	return false
}

func (f *Temporal) begin(ctx context.Context, start casework.RequestStart) error {
	action, err := f.store.Action(ctx, start.Action)
	if err != nil {
		return err
	}
	decision := action.Decision()
	_, err = f.store.Apply(ctx, casework.Transition{ID: string(start.CaseNumber) + "/start", CaseNumber: start.CaseNumber, Workflow: string(start.CaseNumber),
		At: start.Calendar.Start, Decision: &decision, Entries: []casework.Entry{{What: casework.TrailRequestStarted}}}, nil)
	return err
}

// SignalWorkflow applies a decision, or refuses it.
func (f *Temporal) SignalWorkflow(ctx context.Context, workflowID, _, _ string, arg any) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.Away:
		return errAway
	case f.Gone:
		return serviceerror.NewNotFound("workflow execution already completed")
	}
	decision := arg.(casework.Decision)
	f.Signals = append(f.Signals, decision)
	if f.Deaf {
		return nil
	}
	action, err := f.store.Action(ctx, decision.Action)
	if err != nil {
		return err
	}
	t := casework.Transition{ID: workflowID + "/action/" + string(decision.Action), CaseNumber: action.CaseNumber, Workflow: workflowID,
		At: time.Now(), Decision: &decision, Refusal: f.Refusal,
		Entries: []casework.Entry{{What: string(decision.Kind), Outcome: string(decision.Outcome), Task: decision.Task, Person: decision.For}}}
	if _, completes := casework.KindOf(decision.Kind); completes {
		t.Completes = decision.Task
	}
	if follow := f.follows[decision.Kind]; follow != nil {
		follow(&t)
	}
	if decision.Kind == casework.Take || decision.Kind == casework.GiveBack {
		task := f.task(ctx, decision.Task, action)
		task.Holder, task.TakenBy = "", false
		if decision.Kind == casework.Take {
			task.Holder, task.TakenBy = decision.Actor, true
		}
		t.Changed = []casework.Task{task}
	}
	_, err = f.store.Apply(ctx, t, nil)
	return err
}

func (f *Temporal) task(ctx context.Context, id casework.TaskID, a store.Action) (task casework.Task) {
	_ = f.store.InCase(ctx, a.CaseNumber, func(c *store.Tx) error {
		t, err := c.Task(ctx, id)
		task = t.OfCasework()
		return err
	})
	return task
}

// DescribeTaskQueue says that a worker polls, unless nobody hears.
func (f *Temporal) DescribeTaskQueue(context.Context, string, enums.TaskQueueType) (*workflowservice.DescribeTaskQueueResponse, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Away {
		return nil, errAway
	}
	answer := &workflowservice.DescribeTaskQueueResponse{}
	if !f.Deaf {
		answer.Pollers = []*taskqueue.PollerInfo{{LastAccessTime: timestamppb.Now()}}
	}
	return answer, nil
}

// Wait waits until so many decisions were signalled.
func (f *Temporal) Wait(t testing.TB, signals int) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		f.mu.Lock()
		got := len(f.Signals)
		f.mu.Unlock()
		if got >= signals {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d decisions were signalled, want %d", got, signals)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// Follow says what else the transition of a decision of this kind does.
func (f *Temporal) Follow(kind casework.TaskKind, change func(*casework.Transition)) {
	f.Set(func(f *Temporal) { f.follows = map[casework.TaskKind]func(*casework.Transition){kind: change} })
}

// Set changes how it behaves.
func (f *Temporal) Set(change func(*Temporal)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}

// Happen applies a transition that no person caused.
func (f *Temporal) Happen(t testing.TB, transition casework.Transition) {
	t.Helper()
	done, err := f.store.Apply(t.Context(), transition, nil)
	if err != nil || done.Refusal != nil || done.Ended || done.Yielded {
		t.Fatalf("%s was not applied: %+v, %v", transition.ID, done, err)
	}
}

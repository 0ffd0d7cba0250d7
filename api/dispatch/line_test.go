package dispatch_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
)

// What decides several things of one case at once goes out one by one; here the relay's own clock never strikes.

func atLeisure(t *testing.T) (h *apitest.House, n casework.CaseNumber, officer store.Person) {
	t.Helper()
	h = apitest.New(t)
	n, officer = h.Request(), h.Account("officer")
	h.Dispatch.AtLeisure()
	relaying(t, h)
	return h, n, officer
}

// sent are the tasks whose decisions went out so far.
func sent(h *apitest.House) (tasks []casework.TaskID) {
	h.Temporal.Set(func(f *apitest.Temporal) {
		for _, d := range f.Signals {
			tasks = append(tasks, d.Task)
		}
	})
	return tasks
}

// decided is what somebody who has patience is told in the end.
type decided struct {
	outcome dispatch.Outcome
	err     error
}

func TestEachInLineGoesOutWhenTheOneBeforeHasSettled(t *testing.T) {
	t.Parallel()
	h, n, officer := atLeisure(t)
	ctx, leave := context.WithCancel(t.Context())
	t.Cleanup(leave)
	told := make(chan decided)
	var tasks []casework.TaskID
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf = true })
	for i := range 5 {
		task := h.Open(n, casework.AnswerGovernment, officer.ID)
		tasks = append(tasks, task)
		before := written(t, h)
		go func() {
			outcome, err := h.Dispatch.Complete(ctx, officer, task, uuid.NewString(), answered, "")
			told <- decided{outcome, err}
		}()
		eventually(t, "the decision is written down", func() bool { return written(t, h) == before+1 && (i > 0 || len(sent(h)) == 1) })
	}
	if out := sent(h); !slices.Equal(out, tasks[:1]) {
		t.Fatalf("%v went out while the first had not settled, want %v alone", out, tasks[0])
	}
	first := h.Temporal.Signals[0]
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf = false })
	if err := h.Temporal.SignalWorkflow(t.Context(), string(n), "", "", first); err != nil { // a worker is there now
		t.Fatal(err)
	}
	eventually(t, "all have gone out", func() bool { return len(sent(h)) == len(tasks)+1 })
	if out := sent(h); !slices.Equal(out[1:], tasks) {
		t.Errorf("they went out as %v, want %v", out[1:], tasks)
	}
	if t.Failed() {
		leave()
	}
	for range tasks {
		if d := <-told; d.err != nil || !d.outcome.Applied {
			t.Errorf("somebody in line was told %+v, %v", d.outcome, d.err)
		}
	}
}

// The one before settles while the next takes its place: no notice will tell of it any more.
func TestTheLineMovedBeforeOneStoodInIt(t *testing.T) {
	t.Parallel()
	h, n, officer := atLeisure(t)
	var actions []store.Action
	for range 2 {
		task, err := h.Store.Task(t.Context(), officer, h.Open(n, casework.AnswerGovernment, officer.ID))
		if err != nil {
			t.Fatal(err)
		}
		a, err := h.Store.AddAction(t.Context(), store.NewAction{ID: casework.ActionID(uuid.NewString()), Person: officer, Role: casework.CaseOfficer,
			Task: task, Kind: task.Kind, Outcome: casework.Answered, Form: answered})
		if err != nil {
			t.Fatal(err)
		}
		actions = append(actions, a)
	}
	if !actions[0].Alone || actions[1].Alone {
		t.Fatalf("alone: %t, then %t", actions[0].Alone, actions[1].Alone)
	}
	notices, stop := h.Store.Subscribe()
	defer stop()
	if err := h.Temporal.SignalWorkflow(t.Context(), string(n), "", "", actions[0].Decision()); err != nil {
		t.Fatal(err)
	}
	for notice := range notices {
		if notice.Action == actions[0].ID {
			break
		}
	}
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	told := make(chan decided, 1)
	go func() {
		outcome, err := h.Dispatch.HandOver(ctx, actions[1])
		told <- decided{outcome, err}
	}()
	eventually(t, "the second goes out", func() bool { return len(sent(h)) == 2 })
	if t.Failed() {
		leave()
	}
	if d := <-told; d.err != nil || !d.outcome.Applied {
		t.Errorf("the second was told %+v, %v", d.outcome, d.err)
	}
}

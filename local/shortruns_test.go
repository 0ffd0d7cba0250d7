package main

import (
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// checkShortRuns: where a process day lasts a second, phases do so too, and a run that ends before it is a second old must
// not keep the next one waiting, as the server would have it.
func checkShortRuns(t *testing.T, s *system) {
	t.Helper()
	const runs, patience = 8, 5 * time.Second // the server would take a second for each
	c, err := client.Dial(s.ownServer())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "short", worker.Options{})
	w.RegisterWorkflowWithOptions(countdown, workflow.RegisterOptions{Name: "countdown"})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	begun := time.Now()
	run, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "countdown", TaskQueue: "short"}, "countdown", runs)
	if err == nil {
		err = run.Get(t.Context(), nil)
	}
	if took := time.Since(begun); err != nil || took > patience {
		t.Errorf("%d runs, one after the other, take %s, %v", runs, took, err)
	}
}

func countdown(ctx workflow.Context, left int) error {
	if left == 1 {
		return nil
	}
	return workflow.NewContinueAsNewError(ctx, "countdown", left-1)
}

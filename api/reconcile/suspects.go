package reconcile

import (
	"context"
	"fmt"
	"slices"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/converter"

	"connex/casework"
	"connex/store"
)

// digest is what can be compared at sight: the console's search attributes. They lag, so they only raise a suspicion.
type digest struct {
	phase     string
	waiting   []string
	suspended bool
}

const runningOnes = `ExecutionStatus = "Running" AND WorkflowType IN ("` + casework.SupportRequestWorkflow + `", "` + casework.SupportActivityWorkflow + `")`

// running are all workflows of requests and activities that run, by ID.
func (r *Reconciler) running(ctx context.Context) (map[string]digest, error) {
	running := map[string]digest{}
	request := &workflowservice.ListWorkflowExecutionsRequest{Query: runningOnes, PageSize: 1000}
	for {
		page, err := r.temporal.ListWorkflow(ctx, request)
		if err != nil {
			return nil, fmt.Errorf("list what runs: %w", err)
		}
		for _, w := range page.GetExecutions() {
			running[w.GetExecution().GetWorkflowId()] = digestOf(w.GetSearchAttributes())
		}
		if request.NextPageToken = page.GetNextPageToken(); len(request.NextPageToken) == 0 {
			return running, nil
		}
	}
}

// digestOf leaves out what is missing or cannot be read: that fits nothing, and is looked at closely.
func digestOf(shown *common.SearchAttributes) (d digest) {
	read := func(name string, into any) {
		_ = converter.GetDefaultDataConverter().FromPayload(shown.GetIndexedFields()[name], into)
	}
	read(casework.AttrPhase, &d.phase)
	read(casework.AttrSuspended, &d.suspended)
	read(casework.AttrWaitingFor, &d.waiting)
	slices.Sort(d.waiting)
	return d
}

func (d digest) fits(u store.Underway) bool {
	waiting := make([]string, len(u.WaitingFor))
	for i, kind := range u.WaitingFor {
		waiting[i] = string(kind)
	}
	return d.suspended == u.Suspended && slices.Equal(d.waiting, waiting) && (u.Activity > 0 || d.phase == string(u.Phase))
}

// suspects are the workflows to look at closely: those that stood still before, those that do not fit at sight, then
// some in their turn. next is where the turn has come to.
func (r *Reconciler) suspects(ctx context.Context, after string) (suspects []string, next string, err error) {
	if suspects, err = r.store.StuckWorkflows(ctx); err != nil {
		return nil, "", err
	}
	running, err := r.running(ctx)
	if err != nil {
		return nil, "", err
	}
	for page := ""; ; {
		rows, err := r.store.Underway(ctx, page, batch)
		if err != nil {
			return nil, "", err
		}
		for _, u := range rows {
			if shown, runs := running[u.Workflow]; (!runs || !shown.fits(u)) && !slices.Contains(suspects, u.Workflow) {
				suspects = append(suspects, u.Workflow)
			}
		}
		if len(rows) < batch {
			break
		}
		page = rows[len(rows)-1].Workflow
	}
	turn, err := r.store.Underway(ctx, after, inTurn)
	for _, u := range turn {
		suspects, next = append(suspects, u.Workflow), u.Workflow
	}
	return suspects, next, err
}

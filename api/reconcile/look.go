package reconcile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"

	"connex/casework"
	"connex/store"
)

// finding is how a workflow stands against its rows; no trouble: they fit, or it need not run any more.
type finding struct {
	trouble store.Trouble
	rows    store.Underway
	words   string // for the log
}

// unknown: nobody could say, as where no worker answers.
const unknown store.Trouble = "unknown"

const answersWithin = 5 * time.Second

// failures of one workflow task in a row; a killed worker leaves one or two behind.
const failures = 5

// look asks Temporal itself whether the workflow runs and, where ask says so, the workflow what it waits for.
func (r *Reconciler) look(ctx context.Context, workflow string, ask bool) (finding, error) {
	rows, err := r.store.UnderwayNow(ctx, workflow)
	if errors.Is(err, store.ErrNotFound) {
		return finding{}, nil
	}
	if err != nil {
		return finding{}, err
	}
	how, failed, err := r.status(ctx, workflow)
	switch {
	case err != nil:
		return finding{}, err
	case how != enums.WORKFLOW_EXECUTION_STATUS_RUNNING:
		return finding{store.NoWorkflow, rows, how.String()}, nil
	case failed >= failures:
		return finding{store.Failing, rows, fmt.Sprintf("its task failed %d times", failed)}, nil
	case !ask:
		return finding{trouble: unknown}, nil
	}
	said, err := r.overview(ctx, workflow)
	if err != nil {
		return finding{trouble: unknown}, nil //nolint:nilerr // no worker answers: /readyz says so
	}
	now, err := r.store.UnderwayNow(ctx, workflow)
	if errors.Is(err, store.ErrNotFound) || err == nil && !same(rows, now) {
		return finding{}, nil // it moves
	}
	if words := difference(said, now); err == nil && words != "" {
		return finding{store.Differs, now, words}, nil
	}
	return finding{}, err
}

// status of the latest run, and how often its task failed in a row. Unspecified: there never was one, or Temporal has
// forgotten it.
func (r *Reconciler) status(ctx context.Context, workflow string) (how enums.WorkflowExecutionStatus, failed int32, err error) {
	ctx, cancel := context.WithTimeout(ctx, answersWithin)
	defer cancel()
	about, err := r.temporal.DescribeWorkflowExecution(ctx, workflow, "")
	if gone := new(serviceerror.NotFound); errors.As(err, &gone) {
		return enums.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED, 0, nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("describe %s: %w", workflow, err)
	}
	return about.GetWorkflowExecutionInfo().GetStatus(), about.GetPendingWorkflowTask().GetAttempt() - 1, nil
}

func (r *Reconciler) overview(ctx context.Context, workflow string) (said casework.Overview, err error) {
	ctx, cancel := context.WithTimeout(ctx, answersWithin)
	defer cancel()
	answer, err := r.temporal.QueryWorkflow(ctx, workflow, "", casework.OverviewQuery)
	if err != nil {
		return said, err
	}
	return said, answer.Get(&said)
}

// difference says in what a workflow and its rows differ; "" where in nothing.
func difference(said casework.Overview, rows store.Underway) string {
	var tasks store.List[casework.TaskID]
	for _, t := range said.Tasks {
		tasks = append(tasks, t.ID)
	}
	slices.Sort(tasks)
	switch {
	case said.Ending != "":
		return fmt.Sprintf("the workflow has ended as %s", said.Ending)
	case rows.Activity == 0 && said.Phase != rows.Phase:
		return fmt.Sprintf("the workflow is in %s, the rows are in %s", said.Phase, rows.Phase)
	case said.Suspended != rows.Suspended:
		return fmt.Sprintf("suspended: the workflow says %t, the rows say %t", said.Suspended, rows.Suspended)
	case !slices.Equal(tasks, rows.Tasks):
		return fmt.Sprintf("the workflow has the tasks %v, the rows have %v", tasks, rows.Tasks)
	}
	return ""
}

func same(a, b store.Underway) bool {
	return a.Phase == b.Phase && a.Suspended == b.Suspended && slices.Equal(a.Tasks, b.Tasks)
}

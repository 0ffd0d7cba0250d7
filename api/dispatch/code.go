package dispatch

import (
	"context"
	"log/slog"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"connex/casework"
	"connex/store"
)

// mailCode sends a code to the link's holder. The answer is an error either way: nothing is done without it.
func (d *Dispatch) mailCode(ctx context.Context, action store.NewAction) error {
	delivery, err := d.store.NewCode(ctx, action.Person, action.Task)
	if err != nil {
		return err
	}
	d.deliver(context.WithoutCancel(ctx), delivery)
	return &CodeRequired{}
}

// deliver starts the workflow that delivers a mail, once for a mail: where it fails, the relay tries again.
func (d *Dispatch) deliver(ctx context.Context, delivery casework.Delivery) {
	ctx, cancel := context.WithTimeout(ctx, handOverWithin)
	defer cancel()
	_, err := d.temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: delivery.WorkflowID(), TaskQueue: casework.TaskQueue,
		WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE}, casework.DeliverWorkflow, delivery)
	if err != nil && !alreadyStarted(err) {
		d.log.WarnContext(ctx, "a mail waits for the relay", slog.String("case", string(delivery.CaseNumber)), slog.Any("error", err))
	}
}

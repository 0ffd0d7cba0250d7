package workflows

import (
	"errors"
	"time"

	"connex/casework"

	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// Deliver brings one mail to the mail server, for as long as that takes: a server that is down for a day holds up
// nothing else. A mail that it will never take is noted in the trail, and the case officer is told.
func Deliver(ctx workflow.Context, d casework.Delivery) error {
	code, err := sendMail(ctx, d)
	if err != nil || code == "" {
		return err
	}
	told, err := mailRefused(ctx, casework.Undeliverable{Delivery: d, Code: code})
	if err != nil {
		return err
	}
	return deliverMails(ctx, d.CaseNumber, told.Mails)
}

// sendMail returns the code of a server that refuses the mail for good, "" once the mail is sent.
func sendMail(ctx workflow.Context, d casework.Delivery) (code string, err error) {
	ctx = workflow.WithActivityOptions(ctx, mailOptions("Hand over to the mail server", 2*time.Minute))
	err = workflow.ExecuteActivity(ctx, casework.SendMailActivity, d).Get(ctx, nil)
	var refused *temporal.ApplicationError
	if errors.As(err, &refused) && refused.Type() == casework.MailRefusedError {
		return refused.Message(), nil
	}
	return "", err
}

func mailRefused(ctx workflow.Context, u casework.Undeliverable) (told casework.Told, err error) {
	ctx = workflow.WithActivityOptions(ctx, mailOptions("Note that the mail was refused: "+u.Code, 10*time.Second))
	err = workflow.ExecuteActivity(ctx, casework.MailRefusedActivity, u).Get(ctx, &told)
	return told, err
}

// mailOptions try without end: whether a mail server or a database comes back is not for this workflow to judge.
func mailOptions(summary string, attempt time.Duration) workflow.ActivityOptions {
	return workflow.ActivityOptions{
		Summary:             summary,
		StartToCloseTimeout: attempt,
		RetryPolicy: &temporal.RetryPolicy{
			InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: 5 * time.Minute,
			NonRetryableErrorTypes: []string{casework.MailRefusedError},
		},
	}
}

// deliverMails starts a Deliver for each mail and waits until all of them are started: what is not awaited when a run
// ends was never started. One that was started before is as good.
func deliverMails(ctx workflow.Context, cn casework.CaseNumber, messageIDs []string) error {
	started := make([]workflow.Future, len(messageIDs))
	for i, id := range messageIDs {
		d := casework.Delivery{CaseNumber: cn, MessageID: id}
		child := workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{
			WorkflowID: d.WorkflowID(), WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
			ParentClosePolicy: enums.PARENT_CLOSE_POLICY_ABANDON, StaticSummary: "Mail of " + string(cn),
		})
		started[i] = workflow.ExecuteChildWorkflow(child, casework.DeliverWorkflow, d).GetChildWorkflowExecution()
	}
	for _, start := range started {
		var before *temporal.ChildWorkflowExecutionAlreadyStartedError
		if err := start.Get(ctx, nil); err != nil && !errors.As(err, &before) {
			return err
		}
	}
	return nil
}

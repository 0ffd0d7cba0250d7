package workflows

import (
	"errors"
	"time"

	"connex/casework"

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
	for _, id := range told.Mails {
		if err := send(ctx, casework.Delivery{CaseNumber: d.CaseNumber, MessageID: id})(); err != nil {
			return err
		}
	}
	return nil
}

// sendMail returns the code of a server that refuses the mail for good, "" once the mail is sent.
func sendMail(ctx workflow.Context, d casework.Delivery) (code string, err error) {
	options := mailOptions("Hand over to the mail server", 2*time.Minute)
	options.HeartbeatTimeout = 15 * time.Second // a worker that died with a mail in hand: somebody may be waiting for its code
	ctx = workflow.WithActivityOptions(ctx, options)
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

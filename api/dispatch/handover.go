package dispatch

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"connex/casework"
	"connex/store"
)

const (
	handOverWithin = 3 * time.Second // one call to Temporal; left alone, its client would try for a minute
	answerWithin   = 5 * time.Second // how long a person waits for the effect before they are told it is on its way
)

// handOver tells the workflow at once where nothing older of the same case still waits; all else is the relay's, in its
// turn. It goes on when the person has gone away: the action is written.
func (d *Dispatch) handOver(ctx context.Context, a store.Action, notices <-chan store.Notice) (Outcome, error) {
	switch {
	case a.State != store.Pending:
	case !a.Alone:
		defer d.inLine(a.CaseNumber)()
	default:
		if err := d.send(context.WithoutCancel(ctx), a); err != nil {
			d.log.WarnContext(ctx, "an action waits for the relay", slog.String("case", string(a.CaseNumber)),
				slog.String("action", string(a.ID)), slog.Any("error", err))
		}
	}
	return d.await(ctx, a, notices)
}

// answer says what became of an action that was written before.
func (d *Dispatch) answer(ctx context.Context, a store.Action) (Outcome, error) {
	notices, stop := d.store.Subscribe()
	defer stop()
	if now, err := d.store.Action(ctx, a.ID); err == nil {
		a = now
	}
	return d.await(ctx, a, notices)
}

// await answers with what became of the action, as far as it is known soon. That it is recorded can be said even if
// the database has gone away since.
func (d *Dispatch) await(ctx context.Context, a store.Action, notices <-chan store.Notice) (Outcome, error) {
	waiting, cancel := context.WithTimeout(ctx, d.answerWithin)
	defer cancel()
	defer context.AfterFunc(d.stopping, cancel)()
	a, err := d.store.Settled(waiting, notices, a)
	if err != nil && waiting.Err() == nil {
		d.log.WarnContext(ctx, "what became of an action cannot be read", slog.String("action", string(a.ID)), slog.Any("error", err))
	}
	if refusal := a.Refusal(); refusal != nil {
		d.told(ctx, a.ID)
		return Outcome{}, &Refused{Refusal: *refusal, Action: a.ID}
	}
	return Outcome{Action: a.ID, Case: a.CaseNumber, Applied: a.State == store.Applied}, nil
}

// send tells the workflow: a first interest starts it, all else is a signal. A workflow that is closed takes nothing
// any more; then the action is refused, if its request or its task is over as well.
func (d *Dispatch) send(ctx context.Context, a store.Action) error {
	ctx, cancel := context.WithTimeout(ctx, handOverWithin)
	defer cancel()
	if a.Start != nil {
		return d.begin(ctx, *a.Start)
	}
	err := d.temporal.SignalWorkflow(ctx, a.Workflow, "", casework.CompleteTaskSignal, a.Decision())
	var gone *serviceerror.NotFound
	if !errors.As(err, &gone) {
		return err
	}
	over := casework.RefusedBy(casework.RuleEnded, "refusal.ended")
	if done, failed := d.store.RefuseAction(ctx, a.ID, *over); done || failed != nil {
		return failed
	}
	return err
}

// begin starts a request's workflow, once for a case number.
func (d *Dispatch) begin(ctx context.Context, start casework.RequestStart) error {
	_, err := d.temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: string(start.CaseNumber), TaskQueue: casework.TaskQueue,
		WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		Memo:                  map[string]any{"country": start.Country, "sector": start.Sector},
		TypedSearchAttributes: temporal.NewSearchAttributes(
			temporal.NewSearchAttributeKeyKeyword(casework.AttrCaseNumber).ValueSet(string(start.CaseNumber)),
			temporal.NewSearchAttributeKeyKeyword(casework.AttrPhase).ValueSet(string(casework.FirstInterest)),
			temporal.NewSearchAttributeKeyKeyword(casework.AttrCountry).ValueSet(start.Country)),
	}, casework.SupportRequestWorkflow, start)
	if alreadyStarted(err) {
		return nil
	}
	return err
}

func alreadyStarted(err error) bool {
	var started *serviceerror.WorkflowExecutionAlreadyStarted
	return errors.As(err, &started)
}

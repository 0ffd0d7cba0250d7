package workflows

import (
	"errors"
	"fmt"
	"time"

	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"connex/casework"
)

// quick lets an activity run in the worker that tells the story: a third faster, and half the events. It has five
// seconds; then lasting takes over, which waits for as long as the database is away.
func quick(ctx workflow.Context, summary string) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		ScheduleToCloseTimeout: 5 * time.Second,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: 100 * time.Millisecond, MaximumInterval: time.Second, MaximumAttempts: 3},
		Summary:                summary,
	})
}

func patient(ctx workflow.Context, summary string, each time.Duration) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: each,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: 200 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: 10 * time.Second},
		Summary:             summary,
	})
}

// perform runs an activity quickly if it can and patiently if it must. The activity has to bear being run twice.
func perform[In, Out any](ctx workflow.Context, name, summary string, in In) (out Out, err error) {
	err = workflow.ExecuteLocalActivity(quick(ctx, summary), name, in).Get(ctx, &out)
	if err == nil || temporal.IsCanceledError(err) {
		return out, err
	}
	var again Out
	err = workflow.ExecuteActivity(patient(ctx, summary, 10*time.Second), name, in).Get(ctx, &again)
	return again, err
}

// record applies a transition, whole or not at all.
func (d *desk) record(t casework.Transition) (casework.Recorded, error) {
	done, err := perform[casework.Transition, casework.Recorded](d.ctx, casework.RecordActivity, summaryOf(t), t)
	if err != nil {
		return done, fmt.Errorf("record %s: %w", t.ID, err)
	}
	return done, nil
}

func summaryOf(t casework.Transition) string {
	if t.Decision != nil {
		if t.Refusal != nil {
			return fmt.Sprintf("refuse %s: %s", t.Decision.Kind, t.Refusal.Rule)
		}
		return fmt.Sprintf("%s: %s", t.Decision.Kind, t.Decision.Outcome)
	}
	if len(t.Entries) > 0 {
		return fmt.Sprintf("%s %s", t.Entries[0].What, t.Entries[0].Outcome)
	}
	return "what follows"
}

func lookUp(ctx workflow.Context, order casework.LookUpOrder) (casework.LookedUp, error) {
	found, err := perform[casework.LookUpOrder, casework.LookedUp](ctx, casework.LookUpActivity, "board and Code of Conduct", order)
	if err != nil {
		return found, fmt.Errorf("look up for %s: %w", order.CaseNumber, err)
	}
	return found, nil
}

func renderLetter(ctx workflow.Context, order casework.LetterOrder) (made casework.LetterMade, err error) {
	summary := "letter: " + order.Letter.Kind
	err = workflow.ExecuteActivity(patient(ctx, summary, 15*time.Second), casework.RenderLetterActivity, order).Get(ctx, &made)
	if err != nil {
		return made, fmt.Errorf("render %s of %s: %w", order.Letter.Kind, order.CaseNumber, err)
	}
	return made, nil
}

// send begins a message's own workflow, which outlives this run. One that is there already is the same message.
func send(ctx workflow.Context, mail casework.Delivery) func() error {
	return begin(ctx, workflow.ChildWorkflowOptions{WorkflowID: "deliver/" + mail.MessageID}, casework.DeliverWorkflow, mail)
}

// beginActivity begins a support activity's workflow.
func beginActivity(ctx workflow.Context, s *state, a support) func() error {
	a.State = casework.ActivityPlanned
	child := &state{
		CaseNumber: s.CaseNumber, Workflow: s.CaseNumber.ActivityWorkflowID(a.Number), Calendar: s.Calendar, Settings: s.Settings,
		Country: s.Country, Sector: s.Sector, Phase: casework.Implementation, Dossier: s.Dossier, SuspendedAt: s.SuspendedAt,
		Interests: map[casework.PersonID]bool{}, Codes: s.Codes, CodeNow: s.CodeNow, Support: &a, Edition: s.Edition,
	}
	for _, e := range a.Experts {
		child.Interests[e] = true // nobody is in an agreed plan without
	}
	return begin(ctx, workflow.ChildWorkflowOptions{WorkflowID: child.Workflow}, casework.SupportActivityWorkflow, child)
}

// begin starts a workflow that goes on whatever becomes of this run; what it returns waits until that is certain.
func begin(ctx workflow.Context, options workflow.ChildWorkflowOptions, name string, input any) func() error {
	options.ParentClosePolicy = enums.PARENT_CLOSE_POLICY_ABANDON
	options.WorkflowIDReusePolicy = enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE
	options.TaskQueue = casework.TaskQueue
	started := workflow.ExecuteChildWorkflow(workflow.WithChildOptions(ctx, options), name, input).GetChildWorkflowExecution()
	return func() error {
		err := started.Get(ctx, nil)
		if temporal.IsWorkflowExecutionAlreadyStartedError(err) {
			return nil
		}
		return err
	}
}

// say sends a word to an activity or to the request. Who has ended hears nothing, and need not.
func say(ctx workflow.Context, s *state, out outgoing) {
	to := string(s.CaseNumber)
	if s.Support == nil {
		to = s.CaseNumber.ActivityWorkflowID(out.to)
	}
	err := workflow.SignalExternalWorkflow(ctx, to, "", casework.TellSignal, out.word).Get(ctx, nil)
	var gone *temporal.UnknownExternalWorkflowExecutionError
	if err != nil && !errors.As(err, &gone) {
		workflow.GetLogger(ctx).Warn("a word was not heard", "to", to, "what", out.word.What, "error", err)
	}
}

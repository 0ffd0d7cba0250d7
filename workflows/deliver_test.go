package workflows

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"connex/casework"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"
)

// postOffice plays the activities of Deliver: each delivery goes as its script says, the last line again and again.
type postOffice struct {
	script  []error
	tries   []time.Time
	refused []casework.Undeliverable
	told    []string
}

func (p *postOffice) sendMail(env *testsuite.TestWorkflowEnvironment) func(context.Context, casework.Delivery) error {
	return func(context.Context, casework.Delivery) error {
		p.tries = append(p.tries, env.Now())
		return p.script[min(len(p.tries), len(p.script))-1]
	}
}

func (p *postOffice) mailRefused(_ context.Context, u casework.Undeliverable) (casework.Told, error) {
	p.refused = append(p.refused, u)
	return casework.Told{Mails: p.told}, nil
}

// deliver runs the workflow and returns the mails for which it started others.
func deliver(t *testing.T, p *postOffice) (started []string) {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.SetTestTimeout(20 * time.Second)
	env.RegisterWorkflowWithOptions(Deliver, workflow.RegisterOptions{Name: "tested"})
	env.RegisterWorkflowWithOptions(func(_ workflow.Context, d casework.Delivery) error {
		started = append(started, d.WorkflowID())
		return nil
	}, workflow.RegisterOptions{Name: casework.DeliverWorkflow})
	env.RegisterActivityWithOptions(p.sendMail(env), activity.RegisterOptions{Name: casework.SendMailActivity})
	env.RegisterActivityWithOptions(p.mailRefused, activity.RegisterOptions{Name: casework.MailRefusedActivity})
	env.ExecuteWorkflow("tested", casework.Delivery{CaseNumber: "CNX-2026-0007", MessageID: "<m1@connex.test>"})
	if err := env.GetWorkflowError(); !env.IsWorkflowCompleted() || err != nil {
		t.Fatalf("Deliver ended with %v", err)
	}
	return started
}

// The test environment gives up after ten attempts; the server has no such limit, unless we set one.
func TestDeliverTriesUntilTheServerTakesTheMail(t *testing.T) {
	down := errors.New("nobody listens")
	p := &postOffice{script: append(slices.Repeat([]error{down}, 9), nil)}
	deliver(t, p)
	if len(p.tries) != 10 {
		t.Fatalf("tried %d times", len(p.tries))
	}
	if most := mailOptions("", 0).RetryPolicy.MaximumAttempts; most != 0 {
		t.Errorf("gives up after %d attempts", most)
	}
	for i := 1; i < len(p.tries); i++ {
		want := min(time.Second<<min(i-1, 20), 5*time.Minute)
		if waited := p.tries[i].Sub(p.tries[i-1]).Round(time.Second); waited != want {
			t.Fatalf("waited %v before try %d, want %v", waited, i+1, want)
		}
	}
	if len(p.refused) > 0 {
		t.Error("the mail was noted as refused")
	}
}

func TestDeliverNotesARefusalOnce(t *testing.T) {
	refusal := temporal.NewNonRetryableApplicationError("550 5.1.1", casework.MailRefusedError, nil)
	p := &postOffice{script: []error{errors.New("busy"), refusal}, told: []string{"<m2@connex.test>"}}
	started := deliver(t, p)
	if len(p.tries) != 2 || len(p.refused) != 1 || p.refused[0].Code != "550 5.1.1" || p.refused[0].MessageID != "<m1@connex.test>" {
		t.Errorf("%d tries, refused %v", len(p.tries), p.refused)
	}
	if !slices.Equal(started, []string{"deliver/<m2@connex.test>"}) {
		t.Errorf("started %v", started)
	}
}

package workflows

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"connex/casework"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"
)

func TestADigestIsWrittenAndEachOfItDelivered(t *testing.T) {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	morning := time.Date(2027, 3, 1, 7, 0, 0, 0, time.UTC)
	env.SetStartTime(morning)
	var delivered []casework.Delivery
	tries := 0
	env.RegisterWorkflowWithOptions(Digest, workflow.RegisterOptions{Name: casework.DigestWorkflow})
	env.RegisterWorkflowWithOptions(func(_ workflow.Context, d casework.Delivery) error {
		delivered = append(delivered, d)
		return nil
	}, workflow.RegisterOptions{Name: casework.DeliverWorkflow})
	env.RegisterActivityWithOptions(func(_ context.Context, now time.Time) (casework.Digests, error) {
		if tries++; tries == 1 {
			return casework.Digests{}, errors.New("the database is away")
		}
		if !now.Equal(morning) {
			t.Errorf("written for %s", now)
		}
		return casework.Digests{Mails: []string{"<house.1@connex.test>", "<house.2@connex.test>"}}, nil
	}, activity.RegisterOptions{Name: casework.PrepareDigestsActivity})
	env.ExecuteWorkflow(casework.DigestWorkflow)
	if err := env.GetWorkflowError(); !env.IsWorkflowCompleted() || err != nil {
		t.Fatalf("ended with %v", err)
	}
	if want := []casework.Delivery{{MessageID: "<house.1@connex.test>"}, {MessageID: "<house.2@connex.test>"}}; !slices.Equal(delivered, want) {
		t.Errorf("delivered %v", delivered)
	}
}

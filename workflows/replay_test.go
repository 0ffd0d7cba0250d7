package workflows

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"connex/casework"
	"connex/codec"
	"connex/settings"
)

// Histories of real runs (e2e/histories writes them) must replay for as long as such a run may be open. A change that
// breaks this would stop running cases where they are.
func TestRecordedHistoriesReplay(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json.gz")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d histories to replay (%v)", len(files), err)
	}
	replayers := []worker.WorkflowReplayer{aReplayer(t, nil), aReplayer(t, settings.Keys{make(settings.Key, settings.KeyLength)})}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			packed, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			defer packed.Close()
			plain, err := gzip.NewReader(packed)
			if err != nil {
				t.Fatal(err)
			}
			history, err := client.HistoryFromJSON(plain, client.HistoryJSONOptions{})
			if err != nil {
				t.Fatal(err)
			}
			for _, replayer := range replayers {
				if err := replayer.ReplayWorkflowHistory(quiet{}, history); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// aReplayer is a worker with these keys: cases that began without one go on when operators make one.
func aReplayer(t *testing.T, keys settings.Keys) worker.WorkflowReplayer {
	t.Helper()
	sealed, err := codec.New(keys)
	if err != nil {
		t.Fatal(err)
	}
	var options client.Options
	sealed.UseInWorker(&options)
	replayer, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{DataConverter: options.DataConverter, FailureConverter: options.FailureConverter})
	if err != nil {
		t.Fatal(err)
	}
	replayer.RegisterWorkflowWithOptions(SupportRequest, workflow.RegisterOptions{Name: casework.SupportRequestWorkflow})
	replayer.RegisterWorkflowWithOptions(SupportActivity, workflow.RegisterOptions{Name: casework.SupportActivityWorkflow})
	return replayer
}

// Command histories writes the histories of cases, all their runs and activities, as the replay test of package workflows
// reads them: go run ./e2e/histories --into workflows/testdata --name closed CNX-2026-0001
//
// Histories hold IDs, outcomes and dates, no texts. Those of invented cases alone belong into the repository.
package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"
	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/encoding/protojson"
)

type arguments struct {
	Address string   `help:"Temporal's address." default:"127.0.0.1:7233" env:"TEMPORAL_ADDRESS"`
	Into    string   `help:"The folder that the histories are written into." default:"workflows/testdata"`
	Name    string   `help:"What the case shows; the first part of the files' names." required:""`
	Cases   []string `arg:"" help:"Case numbers."`
}

func main() {
	var args arguments
	kong.Parse(&args)
	if err := write(context.Background(), args); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(ctx context.Context, args arguments) error {
	temporal, err := client.Dial(client.Options{HostPort: args.Address})
	if err != nil {
		return err
	}
	defer temporal.Close()
	for _, number := range args.Cases {
		runs, err := runsOf(ctx, temporal, number)
		if err != nil {
			return fmt.Errorf("runs of %s: %w", number, err)
		}
		for i, run := range runs {
			name := fmt.Sprintf("%s-%02d-%s.json.gz", args.Name, i+1, strings.ReplaceAll(strings.TrimPrefix(run.GetWorkflowId(), number), "/", ""))
			if err := writeRun(ctx, temporal, run, filepath.Join(args.Into, strings.ReplaceAll(name, "-.json", ".json"))); err != nil {
				return fmt.Errorf("run %s of %s: %w", run.GetRunId(), run.GetWorkflowId(), err)
			}
		}
	}
	return nil
}

type execution interface {
	GetWorkflowId() string
	GetRunId() string
}

// runsOf lists the runs of a case and of its activities, oldest first.
func runsOf(ctx context.Context, temporal client.Client, number string) (runs []execution, err error) {
	var next []byte
	for {
		page, err := temporal.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{
			Query: fmt.Sprintf("CaseNumber = %q", number), NextPageToken: next})
		if err != nil {
			return nil, err
		}
		for _, e := range page.Executions {
			runs = append([]execution{e.Execution}, runs...)
		}
		if next = page.NextPageToken; len(next) == 0 {
			return runs, nil
		}
	}
}

func writeRun(ctx context.Context, temporal client.Client, run execution, path string) (err error) {
	var whole history.History
	events := temporal.GetWorkflowHistory(ctx, run.GetWorkflowId(), run.GetRunId(), false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		var gone *serviceerror.NotFound
		if errors.As(err, &gone) {
			return nil // of a run that the server no longer keeps
		}
		if err != nil {
			return err
		}
		whole.Events = append(whole.Events, event)
	}
	raw, err := protojson.Marshal(&whole)
	if err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	packed := gzip.NewWriter(file)
	if _, err := packed.Write(raw); err != nil {
		return err
	}
	return packed.Close()
}

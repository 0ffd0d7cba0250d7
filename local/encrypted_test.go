package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"connex/codec"
	list "connex/settings"
)

// What is sent, and must not be found in what Temporal keeps once there is a key.
const (
	openly   = "said-while-there-was-no-key"
	secretly = "said-with-a-key"
)

// TestTemporalKeepsNothingInPlainWords: a workflow that began without a key goes on with one, waits while its worker has
// none, loses nothing, and leaves nothing in Temporal's files of what was said meanwhile.
func TestTemporalKeepsNothingInPlainWords(t *testing.T) {
	t.Parallel()
	s := temporalAlone(t)
	old, young := list.Key(strings.Repeat("o", list.KeyLength)), list.Key(strings.Repeat("y", list.KeyLength))
	none, one, both := list.Keys(nil), list.Keys{old}, list.Keys{young, old}

	_, err := s.speaker(t, none).ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "tale", TaskQueue: "tales"}, "tale", []string{})
	if err != nil {
		t.Fatal(err)
	}
	s.say(t, none, openly)
	s.working(t, none, func() { s.heard(t, none, openly) })
	s.say(t, one, secretly)
	s.working(t, none, func() { s.failing(t) })
	s.working(t, one, func() { s.heard(t, one, openly, secretly) })
	s.say(t, both, secretly)
	s.working(t, both, func() {
		var told []string
		if err := s.speaker(t, both).GetWorkflow(t.Context(), "tale", "").Get(t.Context(), &told); err != nil || !slices.Equal(told, []string{openly, secretly, secretly}) {
			t.Errorf("it was told %q, %v", told, err)
		}
	})
	s.stop()
	if !s.kept(t, openly) {
		t.Error("not even what was said without a key is found: the search is no good")
	}
	if s.kept(t, secretly) {
		t.Error("Temporal keeps in plain words what was said with a key")
	}
}

// tale keeps what it is told in all ways in which Temporal keeps things, a run for each word.
func tale(ctx workflow.Context, told []string) ([]string, error) {
	if err := workflow.SetQueryHandler(ctx, "told", func() ([]string, error) { return told, nil }); err != nil {
		return nil, err
	}
	var word string
	workflow.GetSignalChannel(ctx, "word").Receive(ctx, &word)
	near := workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{ScheduleToCloseTimeout: 10 * time.Second})
	far := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: 10 * time.Second, Summary: word})
	err := errors.Join(workflow.ExecuteLocalActivity(near, "repeat", word).Get(ctx, &word), workflow.ExecuteActivity(far, "repeat", word).Get(ctx, &word))
	if err != nil {
		return nil, err
	}
	if err := workflow.ExecuteActivity(far, "refuse", word).Get(ctx, nil); err == nil || !strings.Contains(err.Error(), word) {
		return nil, errors.New("it was not refused")
	}
	if told = append(told, word); len(told) == 3 {
		return told, nil
	}
	return nil, workflow.NewContinueAsNewError(ctx, "tale", told)
}

type teller struct{}

func (teller) Repeat(_ context.Context, word string) (string, error) { return word, nil }

func (teller) Refuse(_ context.Context, word string) error {
	return temporal.NewNonRetryableApplicationError("nothing of "+word, "refused", nil, word)
}

// working runs a worker with these keys meanwhile.
func (s *system) working(t *testing.T, keys list.Keys, meanwhile func()) {
	t.Helper()
	w := worker.New(s.connected(t, keys, (*codec.Codec).UseInWorker), "tales", worker.Options{StickyScheduleToStartTimeout: time.Second})
	w.RegisterWorkflowWithOptions(tale, workflow.RegisterOptions{Name: "tale"})
	w.RegisterActivityWithOptions(teller{}.Repeat, activity.RegisterOptions{Name: "repeat"})
	w.RegisterActivityWithOptions(teller{}.Refuse, activity.RegisterOptions{Name: "refuse"})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	meanwhile()
}

func (s *system) say(t *testing.T, keys list.Keys, word string) {
	t.Helper()
	if err := s.speaker(t, keys).SignalWorkflow(t.Context(), "tale", "", "word", word); err != nil {
		t.Fatal(err)
	}
}

func (s *system) heard(t *testing.T, keys list.Keys, want ...string) {
	t.Helper()
	c := s.speaker(t, keys)
	eventually(t, "the tale goes on", func() bool {
		var told []string
		answer, err := c.QueryWorkflow(t.Context(), "tale", "", "told")
		return err == nil && answer.Get(&told) == nil && slices.Equal(told, want)
	})
}

// failing waits until the server has given the task out several times.
func (s *system) failing(t *testing.T) {
	t.Helper()
	c := s.speaker(t, nil)
	eventually(t, "a worker without the key fails", func() bool {
		about, err := c.DescribeWorkflowExecution(t.Context(), "tale", "")
		return err == nil && about.GetPendingWorkflowTask().GetAttempt() > 1
	})
}

// speaker is a client of ours with these keys.
func (s *system) speaker(t *testing.T, keys list.Keys) client.Client {
	t.Helper()
	return s.connected(t, keys, (*codec.Codec).Use)
}

func (s *system) connected(t *testing.T, keys list.Keys, use func(*codec.Codec, *client.Options)) client.Client {
	t.Helper()
	sealed, err := codec.New(keys)
	if err != nil {
		t.Fatal(err)
	}
	options := s.ownServer()
	use(sealed, &options)
	c, err := client.DialContext(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func temporalAlone(t *testing.T) *system {
	t.Helper()
	s := notStarted(t, filepath.Join(t.TempDir(), "data"))
	t.Cleanup(s.folder.close)
	t.Cleanup(s.stop)
	if err := s.startTemporal(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// kept tells whether a word stands in Temporal's database, or in what it says in its log.
func (s *system) kept(t *testing.T, word string) (found bool) {
	t.Helper()
	files, err := filepath.Glob(s.folder.file("temporal.db*"))
	logs, also := filepath.Glob(s.folder.file("logs", "*"))
	if err != nil || also != nil || len(files) == 0 || len(logs) == 0 {
		t.Fatalf("%v, %v: nothing to search in", files, logs)
	}
	for _, file := range append(files, logs...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found = found || bytes.Contains(text, []byte(word))
	}
	return found
}

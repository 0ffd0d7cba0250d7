package e2e

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// floor is the least that a decision by signal costs here: a bare workflow that receives it, an ordinary activity with
// one small transaction, and a notification to whoever waits. Its worker, with the SDK's own defaults, lives in this
// process; server and database are the system's. By default the server hands the activity to the worker with the answer
// to its workflow task (eager start); floor.queued is the same without, as a server that is not set up for it does.
type floor struct {
	temporal client.Client
	db       *sql.DB
	seats    []string // workflow IDs
	queued   []string // of those whose activities go through the queue
	waiters  sync.Map // click to the channel that is closed once its effect is visible
}

const (
	floorQueue   = "floor"
	queuedQueue  = "floor-queued"
	floorClick   = "click"
	floorChannel = "floor"
)

func newFloor(b *testing.B, s *system, temporal client.Client, seats int) *floor {
	b.Helper()
	db, err := sql.Open("postgres", s.database+"&application_name=floor&binary_parameters=yes")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(20)
	if _, err := db.ExecContext(b.Context(), `CREATE SCHEMA floor; CREATE TABLE floor.clicks (id text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())`); err != nil {
		b.Fatal(err)
	}
	f := &floor{temporal: temporal, db: db}
	f.listen(b, s.database)
	f.work(b, floorQueue, worker.Options{})
	f.work(b, queuedQueue, worker.Options{DisableEagerActivities: true})
	for range seats {
		f.seats = append(f.seats, f.sit(b, floorQueue))
		f.queued = append(f.queued, f.sit(b, queuedQueue))
	}
	return f
}

func (f *floor) work(b *testing.B, queue string, options worker.Options) {
	w := worker.New(f.temporal, queue, options)
	w.RegisterWorkflowWithOptions(floorWorkflow, workflow.RegisterOptions{Name: "Floor"})
	w.RegisterActivityWithOptions(f.note, activity.RegisterOptions{Name: "Note"})
	if err := w.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(w.Stop)
}

func (f *floor) sit(b *testing.B, queue string) string {
	run, err := f.temporal.ExecuteWorkflow(b.Context(), client.StartWorkflowOptions{ID: queue + "/" + uuid.NewString(), TaskQueue: queue}, "Floor")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = f.temporal.TerminateWorkflow(context.Background(), run.GetID(), "", "measured") })
	return run.GetID()
}

func floorWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: 10 * time.Second})
	clicks := workflow.GetSignalChannel(ctx, floorClick)
	for {
		var id string
		clicks.Receive(ctx, &id)
		if err := workflow.ExecuteActivity(ctx, "Note", id).Get(ctx, nil); err != nil {
			return err
		}
	}
}

// note is the activity: insert and tell.
func (f *floor) note(ctx context.Context, id string) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // of what was committed
	if _, err := tx.ExecContext(ctx, `INSERT INTO floor.clicks (id) VALUES ($1) ON CONFLICT DO NOTHING`, id); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `SELECT pg_notify($1, $2)`, floorChannel, id); err != nil {
		return err
	}
	return tx.Commit()
}

func (f *floor) listen(b *testing.B, database string) {
	l := pq.NewListener(database, 100*time.Millisecond, time.Second, nil)
	b.Cleanup(func() { _ = l.Close() })
	if err := l.Listen(floorChannel); err != nil {
		b.Fatal(err)
	}
	go func() {
		for n := range l.Notify {
			if n == nil {
				continue // the connection was lost; whoever waits for what was told meanwhile fails
			}
			if waiter, waits := f.waiters.LoadAndDelete(n.Extra); waits {
				close(waiter.(chan struct{}))
			}
		}
	}()
}

func (f *floor) click(ctx context.Context, seat int) error { return f.visible(ctx, f.seats[seat]) }

func (f *floor) clickQueued(ctx context.Context, seat int) error {
	return f.visible(ctx, f.queued[seat])
}

// visible sends a click and returns when its effect is visible.
func (f *floor) visible(ctx context.Context, workflowID string) error {
	id, visible := uuid.NewString(), make(chan struct{})
	f.waiters.Store(id, visible)
	if err := f.temporal.SignalWorkflow(ctx, workflowID, "", floorClick, id); err != nil {
		return err
	}
	select {
	case <-visible:
		return nil
	case <-time.After(30 * time.Second):
		return fmt.Errorf("nobody heard of click %s", id)
	}
}

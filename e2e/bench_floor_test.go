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
// process; server and database are the system's.
type floor struct {
	temporal client.Client
	db       *sql.DB
	seats    []string // workflow IDs
	waiters  sync.Map // click to the channel that is closed once its effect is visible
}

const (
	floorQueue   = "floor"
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
	f.work(b)
	for range seats {
		f.seats = append(f.seats, f.sit(b))
	}
	return f
}

func (f *floor) work(b *testing.B) {
	w := worker.New(f.temporal, floorQueue, worker.Options{})
	w.RegisterWorkflowWithOptions(floorWorkflow, workflow.RegisterOptions{Name: "Floor"})
	w.RegisterActivityWithOptions(f.note, activity.RegisterOptions{Name: "Note"})
	if err := w.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(w.Stop)
}

func (f *floor) sit(b *testing.B) string {
	run, err := f.temporal.ExecuteWorkflow(b.Context(), client.StartWorkflowOptions{ID: "floor/" + uuid.NewString(), TaskQueue: floorQueue}, "Floor")
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

// click returns when its effect is visible.
func (f *floor) click(ctx context.Context, seat int) error {
	id, visible := uuid.NewString(), make(chan struct{})
	f.waiters.Store(id, visible)
	if err := f.temporal.SignalWorkflow(ctx, f.seats[seat], "", floorClick, id); err != nil {
		return err
	}
	select {
	case <-visible:
		return nil
	case <-time.After(30 * time.Second):
		return fmt.Errorf("nobody heard of click %s", id)
	}
}

// Package reconcile sees to it that nothing waits for ever unseen. It holds our rows against the workflows that run in
// Temporal: an open request needs a running workflow that knows the same tasks. What does not fit is kept in the
// database, said once in the log, and counted for /metrics beside what the rows themselves show to stand still. It mends
// nothing: that takes somebody who knows what happened.
package reconcile

import (
	"context"
	"log/slog"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/converter"

	"connex/store"
)

// Temporal is the part of its client that looks.
type Temporal interface {
	ListWorkflow(ctx context.Context, request *workflowservice.ListWorkflowExecutionsRequest) (*workflowservice.ListWorkflowExecutionsResponse, error)
	DescribeWorkflowExecution(ctx context.Context, workflowID, runID string) (*workflowservice.DescribeWorkflowExecutionResponse, error)
	QueryWorkflow(ctx context.Context, workflowID, runID, queryType string, args ...any) (converter.EncodedValue, error)
}

const (
	every      = 30 * time.Second
	secondEye  = 5 * time.Second // longer than a Record takes: what was only moving fits by then
	batch      = 500
	inTurn     = 5 // workflows of a round that are asked for their overview although nothing seems wrong
	mostAsked  = 1000
	mostSilent = 3 // workflows of a round that may let us wait in vain
)

// Reconciler compares; every api process has one, and one of them works at a time.
type Reconciler struct {
	store     *store.Store
	temporal  Temporal
	log       *slog.Logger
	secondEye time.Duration
}

// New compares these two.
func New(s *store.Store, t Temporal, log *slog.Logger) *Reconciler {
	return &Reconciler{store: s, temporal: t, log: log, secondEye: secondEye}
}

// Run compares again and again, until ctx ends.
func (r *Reconciler) Run(ctx context.Context) {
	again := time.NewTicker(every)
	defer again.Stop()
	for {
		if err := r.round(ctx, every); err != nil && ctx.Err() == nil {
			r.log.WarnContext(ctx, "rows and workflows cannot be compared", slog.Any("error", err))
		}
		if err := r.count(ctx); err != nil && ctx.Err() == nil {
			r.log.WarnContext(ctx, "what stands still cannot be counted", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// round compares everything at sight, and looks closely at what does not fit and at some others in their turn.
func (r *Reconciler) round(ctx context.Context, atMostEvery time.Duration) error {
	after, mine, err := r.store.BeginRound(ctx, atMostEvery-time.Second)
	if err != nil || !mine {
		return err
	}
	suspects, next, err := r.suspects(ctx, after)
	if err != nil {
		return err
	}
	if err := r.examine(ctx, suspects[:min(len(suspects), mostAsked)]); err != nil {
		return err
	}
	return r.store.EndRound(ctx, next)
}

// Everything looks closely at every workflow that must run: for who has brought a backup back, or wants to be sure.
func (r *Reconciler) Everything(ctx context.Context) error {
	all, err := r.store.StuckWorkflows(ctx)
	if err != nil {
		return err
	}
	for after := ""; ; {
		page, err := r.store.Underway(ctx, after, batch)
		if err != nil {
			return err
		}
		for _, u := range page {
			all, after = append(all, u.Workflow), u.Workflow
		}
		if len(page) < batch {
			return r.examine(ctx, all)
		}
	}
}

// examine keeps what became of each of these workflows.
func (r *Reconciler) examine(ctx context.Context, workflows []string) error {
	doubtful, silent := map[string]finding{}, 0
	for _, workflow := range workflows {
		found, err := r.look(ctx, workflow, silent < mostSilent)
		switch {
		case err != nil:
			return err
		case found.trouble == unknown:
			silent++
		case found.trouble != "":
			doubtful[workflow] = found
		default:
			err = r.well(ctx, workflow)
		}
		if err != nil {
			return err
		}
	}
	return r.confirm(ctx, doubtful)
}

// confirm looks a second time at what did not fit: what was only moving does now.
func (r *Reconciler) confirm(ctx context.Context, doubtful map[string]finding) error {
	if len(doubtful) == 0 {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(r.secondEye):
	}
	for workflow, first := range doubtful {
		second, err := r.look(ctx, workflow, true)
		if err != nil {
			return err
		}
		if second.trouble != first.trouble || !same(first.rows, second.rows) {
			continue // the next round tells
		}
		isNew, err := r.store.MarkStuck(ctx, second.rows, second.trouble)
		if err != nil {
			return err
		}
		if isNew {
			r.log.ErrorContext(ctx, "a case stands still", slog.String("case", string(second.rows.CaseNumber)),
				slog.String("workflow", workflow), slog.String("trouble", string(second.trouble)), slog.String("found", second.words))
		}
	}
	return nil
}

func (r *Reconciler) well(ctx context.Context, workflow string) error {
	was, err := r.store.MarkWell(ctx, workflow)
	if was {
		r.log.InfoContext(ctx, "a case goes on again", slog.String("workflow", workflow))
	}
	return err
}

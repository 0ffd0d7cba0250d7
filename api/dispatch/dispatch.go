// Package dispatch hands what people do to the workflows. A deed becomes a row first; from then on it is not lost. The
// workflow is told by a signal at once, or by the relay later, and what the person is told is what the workflow's own
// Record wrote. Nothing is decided here that the workflow does not decide again when the deed takes effect.
package dispatch

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"go.temporal.io/sdk/client"

	"connex/casework"
	"connex/store"
)

// ErrNotYours: they may see it, but it waits for somebody else.
var ErrNotYours = errors.New("this waits for somebody else")

// ErrBadKey: a deed needs an idempotency key that is a UUID.
var ErrBadKey = errors.New("the idempotency key is no UUID")

// Refused is a rule saying no. Action is empty where nothing was written.
type Refused struct {
	casework.Refusal
	Action casework.ActionID
}

func (r *Refused) Error() string { return "refused: " + r.Rule }

// CodeRequired: a code was mailed to the link's holder, who sends it along with the same form. Wrong: one was sent, but
// it is not good. The newest is good for so many minutes.
type CodeRequired struct {
	Wrong   bool
	Minutes int
}

func (*CodeRequired) Error() string { return "a confirmation code is needed" }

// Outcome says how far a deed has come. One that is not applied yet is recorded and on its way.
type Outcome struct {
	Action  casework.ActionID
	Case    casework.CaseNumber
	Applied bool
}

// Temporal is the part of its client that hands over deeds.
type Temporal interface {
	SignalWorkflow(ctx context.Context, workflowID, runID, signal string, arg any) error
	ExecuteWorkflow(ctx context.Context, options client.StartWorkflowOptions, workflow any, args ...any) (client.WorkflowRun, error)
}

// Config is what the installation says: how long the process days of new requests last, what codes are made of, and
// where people reach us.
type Config struct {
	Day       time.Duration
	Secret    []byte
	PublicURL string
}

// Dispatch may be used by many at once.
type Dispatch struct {
	Config
	store    *store.Store
	temporal Temporal
	log      *slog.Logger
	stopping context.Context
	woken    chan struct{} // the relay is to look at once

	relayEvery, answerWithin time.Duration
}

// New hands deeds to this Temporal. When stopping ends, who waits for an answer is told that it is on its way.
func New(stopping context.Context, c Config, s *store.Store, t Temporal, log *slog.Logger) *Dispatch {
	return &Dispatch{Config: c, store: s, temporal: t, log: log, stopping: stopping, woken: make(chan struct{}, 1),
		relayEvery: relayEvery, answerWithin: answerWithin}
}

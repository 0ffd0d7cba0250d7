package dispatch

import (
	"context"
	"log/slog"

	"github.com/google/uuid"

	"connex/casework"
	"connex/store"
)

// Clearance hands over what somebody who leaves holds, by an administrator, who sees none of it. It goes the way of
// decisions, without waiting for their effect: there may be many.
type Clearance struct {
	By     store.Person
	Key    string // of the page: the same twice hands over once
	Reason string
}

// Clearing is the action that a clearance is for one task.
func Clearing(key string, task casework.TaskID) casework.ActionID {
	return casework.ActionID(uuid.NewSHA1(uuid.NameSpaceURL, []byte("clear:"+key+"\x00"+string(task))).String())
}

// PassOn makes somebody the case officer of a request, through a task that takes it along.
func (d *Dispatch) PassOn(ctx context.Context, c Clearance, held store.Holding, to casework.PersonID) error {
	return d.clear(ctx, c, held, casework.Reassign, casework.ReassignOut,
		casework.Values{"to": string(to), "reason": c.Reason}, casework.Values{"to": string(to)})
}

// Release lets a task that was taken wait for its role again.
func (d *Dispatch) Release(ctx context.Context, c Clearance, held store.Holding) error {
	return d.clear(ctx, c, held, casework.GiveBack, casework.GiveBackOut, casework.Values{"reason": c.Reason}, nil)
}

func (d *Dispatch) clear(ctx context.Context, c Clearance, held store.Holding, kind casework.TaskKind, outcome casework.Outcome, form, carried casework.Values) error {
	a, err := d.store.AddAction(ctx, store.NewAction{ID: Clearing(c.Key, held.Task), Person: c.By, Role: casework.Administrator, Kind: kind, Outcome: outcome,
		Form: form, Carried: carried, Task: store.Task{ID: held.Task, CaseNumber: held.CaseNumber, Workflow: held.Workflow, Kind: held.Kind}})
	if err != nil || !a.Alone {
		return err
	}
	go func() {
		if err := d.send(context.WithoutCancel(ctx), a); err != nil {
			d.log.Warn("an action waits for the relay", slog.String("case", string(a.CaseNumber)), slog.Any("error", err))
		}
	}()
	return nil
}

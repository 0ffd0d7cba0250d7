package dispatch

import (
	"cmp"
	"context"

	"connex/casework"
	"connex/store"
)

// Handing is Take or GiveBack.
type Handing func(ctx context.Context, p store.Person, id casework.TaskID, key string) (Outcome, error)

// Take makes a role's task one's own.
func (d *Dispatch) Take(ctx context.Context, p store.Person, id casework.TaskID, key string) (Outcome, error) {
	return d.hand(ctx, p, id, key, casework.Take, casework.TakeOut, func(t store.Task) *Refused {
		if t.Holder != "" && t.Holder != p.ID {
			return refused(casework.RuleTaken, "refusal.taken")
		}
		if refusal := t.Blocked(); refusal != nil {
			return &Refused{Refusal: *refusal}
		}
		return nil
	})
}

// GiveBack lets a task wait for its role again.
func (d *Dispatch) GiveBack(ctx context.Context, p store.Person, id casework.TaskID, key string) (Outcome, error) {
	return d.hand(ctx, p, id, key, casework.GiveBack, casework.GiveBackOut, func(t store.Task) *Refused {
		if t.Holder != p.ID || !t.Taken {
			return refused(casework.RuleTaken, "refusal.not-taken")
		}
		return nil
	})
}

// hand takes a task or gives it back, once for a key.
func (d *Dispatch) hand(ctx context.Context, p store.Person, id casework.TaskID, key string, kind casework.TaskKind, outcome casework.Outcome, refuses func(store.Task) *Refused) (Outcome, error) {
	return d.once(ctx, p, id, key, func() (Outcome, error) { return d.handNow(ctx, p, id, key, kind, outcome, refuses) }, isOf(kind))
}

// isOf: a key that was used for another kind of deed is not the same.
func isOf(kind casework.TaskKind) func(store.Action) bool {
	return func(first store.Action) bool { return first.Kind == kind }
}

func (d *Dispatch) handNow(ctx context.Context, p store.Person, id casework.TaskID, key string, kind casework.TaskKind, outcome casework.Outcome, refuses func(store.Task) *Refused) (Outcome, error) {
	task, err := d.store.Task(ctx, p, id)
	if err != nil {
		return Outcome{}, err
	}
	if !p.Has(task.Role) {
		return Outcome{}, ErrNotYours
	}
	if refusal := cmp.Or(closed(task), untakable(task), refuses(task)); refusal != nil {
		return Outcome{}, refusal
	}
	action := store.NewAction{Person: p, Role: task.Role, Task: task, Kind: kind, Outcome: outcome}
	if action.ID, err = actionID(key); err != nil {
		return Outcome{}, err
	}
	return d.do(ctx, action)
}

// untakable: only what waits for a role can be taken.
func untakable(t store.Task) *Refused {
	if kind, _ := casework.KindOf(t.Kind); kind.Holding != casework.ByRole || t.Standing {
		return refused(casework.RuleNotOffered, "refusal.cannot-take")
	}
	return nil
}

package dispatch

import (
	"cmp"
	"context"
	"errors"

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

// Reassign gives a task of the staff to the account with this address. A task that waits for the case officer in person
// brings the request along.
func (d *Dispatch) Reassign(ctx context.Context, p store.Person, id casework.TaskID, key, to, reason string) (Outcome, error) {
	return d.once(ctx, p, id, key, func() (Outcome, error) { return d.reassign(ctx, p, id, key, to, reason) }, isOf(casework.Reassign))
}

func (d *Dispatch) reassign(ctx context.Context, p store.Person, id casework.TaskID, key, to, reason string) (Outcome, error) {
	task, err := d.store.Task(ctx, p, id)
	if err != nil {
		return Outcome{}, err
	}
	role, err := mayReassign(p, task)
	if err != nil {
		return Outcome{}, err
	}
	values, err := d.recipient(ctx, task, to, reason)
	if err != nil {
		return Outcome{}, err
	}
	action := store.NewAction{Person: p, Role: role, Task: task, Kind: casework.Reassign, Outcome: casework.ReassignOut,
		Form: values, Carried: casework.Values{"to": values["to"]}}
	if action.ID, err = actionID(key); err != nil {
		return Outcome{}, err
	}
	return d.do(ctx, action)
}

// mayReassign: a head any task of the staff, a case officer those of their own requests; a vote nobody.
func mayReassign(p store.Person, t store.Task) (casework.Role, error) {
	kind, _ := casework.KindOf(t.Kind)
	role := casework.Head
	if !p.Has(casework.Head) {
		role = casework.CaseOfficer
	}
	if !p.Has(role) || role == casework.CaseOfficer && t.Officer != p.ID && t.Officer != "" {
		return "", ErrNotYours
	}
	if refusal := closed(t); refusal != nil {
		return "", refusal
	}
	if !t.Role.Staff() || t.Standing || kind.Holding == casework.ByMember {
		return "", refused(casework.RuleNotOffered, "refusal.cannot-reassign")
	}
	return role, nil
}

// recipient is the form of a reassignment: the account that has the role, and why.
func (d *Dispatch) recipient(ctx context.Context, t store.Task, to, reason string) (casework.Values, error) {
	form := casework.Form{Fields: []casework.Field{{Name: "to", Type: casework.Email, Required: true}, {Name: "reason", Type: casework.LongText, Required: true}}}
	values, err := casework.Decode(casework.FormContext{Kind: casework.Reassign}, form, casework.Values{"to": to, "reason": reason})
	if err != nil {
		return nil, err
	}
	account, err := d.store.AccountByEmail(ctx, values.String("to"))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	if err != nil || !account.Active || !(store.Person{Roles: account.Roles}).Has(t.Role) {
		return nil, &casework.FormError{Fields: casework.Faults{"to": casework.Say("invalid.unknown-account")}}
	}
	values["to"] = string(account.ID)
	return values, nil
}

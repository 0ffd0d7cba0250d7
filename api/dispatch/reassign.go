package dispatch

import (
	"context"
	"errors"
	"slices"

	"connex/casework"
	"connex/store"
)

// Reassign gives a task to the account with this address. What waits for the case officer in person, stands for them, or is the
// government's brings the request along.
func (d *Dispatch) Reassign(ctx context.Context, p store.Person, id casework.TaskID, key, to, reason string) (Outcome, error) {
	return d.once(ctx, p, id, key, func() (Outcome, error) { return d.reassign(ctx, p, id, key, to, reason) }, isOf(casework.Reassign))
}

func (d *Dispatch) reassign(ctx context.Context, p store.Person, id casework.TaskID, key, to, reason string) (Outcome, error) {
	task, err := d.store.Task(ctx, p, id)
	if err != nil {
		return Outcome{}, err
	}
	role, err := MayReassign(p, task)
	if err != nil {
		return Outcome{}, err
	}
	values, err := d.recipient(ctx, p, task, to, reason)
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

// MayReassign says in which role somebody can give a task away: a head any that can be given to others, a case officer those of
// their own requests, and of a request that nobody has yet what waits for a role; a vote nobody, and nobody in conflict.
func MayReassign(p store.Person, t store.Task) (casework.Role, error) {
	role := casework.Head
	if !p.Has(casework.Head) {
		role = casework.CaseOfficer
	}
	nobodys := t.Officer == "" && !casework.TakesRequestAlong(t.Kind)
	if !p.Has(role) || role == casework.CaseOfficer && t.Officer != p.ID && !nobodys {
		return "", ErrNotYours
	}
	if refusal := closed(t); refusal != nil {
		return "", refusal
	}
	if casework.ReceivingRole(t.Kind) == "" {
		return "", refused(casework.RuleNotOffered, "refusal.cannot-reassign")
	}
	if t.Conflict {
		return "", refused(casework.RuleConflict, "refusal.conflict")
	}
	return role, nil
}

// recipient is the form of a reassignment: the account that has the role and that no rule bars, and why.
func (d *Dispatch) recipient(ctx context.Context, p store.Person, t store.Task, to, reason string) (casework.Values, error) {
	form := casework.Form{Fields: []casework.Field{{Name: "to", Type: casework.Email, Required: true}, {Name: "reason", Type: casework.LongText, Required: true}}}
	values, err := casework.Decode(casework.FormContext{Kind: casework.Reassign}, form, casework.Values{"to": to, "reason": reason})
	if err != nil {
		return nil, err
	}
	account, err := d.store.AccountByEmail(ctx, values.String("to"))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	candidates, err := d.store.Candidates(ctx, p, t)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(candidates, func(c store.Candidate) bool { return c.ID == account.ID })
	if at < 0 {
		return nil, &casework.FormError{Fields: casework.Faults{"to": casework.Say("invalid.unknown-account")}}
	}
	if refusal := candidates[at].Barred; refusal != nil {
		return nil, &Refused{Refusal: *refusal}
	}
	values["to"] = string(account.ID)
	return values, nil
}

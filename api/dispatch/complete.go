package dispatch

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"

	"connex/casework"
	"connex/store"
)

// Complete does a task. It asks in this order: may they see it, may they do it, is it open, do the rules let them, is
// the form right, is it confirmed. The same key again gets the answer that the first got and does nothing; neither a
// wrong form nor a missing code binds the key.
func (d *Dispatch) Complete(ctx context.Context, p store.Person, id casework.TaskID, key string, sent casework.Values, code string) (Outcome, error) {
	return d.once(ctx, p, id, key, func() (Outcome, error) {
		sheet, err := d.May(ctx, p, id)
		if err != nil {
			return Outcome{}, err
		}
		return d.complete(ctx, p, sheet, key, sent, Confirmation{Code: code})
	}, func(first store.Action) bool { return sameForm(first, sent) })
}

// Confirmation is the code that was sent along, or what asks for one: who asks twice by the same is mailed one. Without
// it the key asks.
type Confirmation struct{ Code, Asking string }

// CompleteSheet is the same for who has just read the sheet, to make a form of it.
func (d *Dispatch) CompleteSheet(ctx context.Context, p store.Person, sheet Sheet, key string, sent casework.Values, by Confirmation) (Outcome, error) {
	return d.once(ctx, p, sheet.Task.ID, key, func() (Outcome, error) {
		if err := sheet.May(); err != nil {
			return Outcome{}, err
		}
		return d.complete(ctx, p, sheet, key, sent, by)
	}, func(first store.Action) bool { return sameForm(first, sent) })
}

func (d *Dispatch) complete(ctx context.Context, p store.Person, sheet Sheet, key string, sent casework.Values, by Confirmation) (Outcome, error) {
	action, err := d.decode(ctx, p, sheet, sent)
	if err != nil {
		return Outcome{}, err
	}
	if action.ID, err = actionID(key); err != nil {
		return Outcome{}, err
	}
	return d.confirmed(ctx, action, by)
}

// May is the task's sheet for whoever may complete it now: all that is asked before the form is looked at.
func (d *Dispatch) May(ctx context.Context, p store.Person, id casework.TaskID) (Sheet, error) {
	sheet, err := d.Sheet(ctx, p, id)
	if err != nil {
		return Sheet{}, err
	}
	return sheet, sheet.May()
}

// May is why nobody may complete the task, or this person must not.
func (s Sheet) May() error {
	if refusal := closed(s.Task); refusal != nil {
		return refusal
	}
	if s.Blocked != nil {
		return &Refused{Refusal: *s.Blocked}
	}
	return nil
}

func actionID(key string) (casework.ActionID, error) {
	id, err := uuid.Parse(key)
	if err != nil || len(key) != len(id.String()) {
		return "", ErrBadKey
	}
	return casework.ActionID(id.String()), nil
}

// decode makes an action of the form that was sent.
func (d *Dispatch) decode(ctx context.Context, p store.Person, s Sheet, sent casework.Values) (store.NewAction, error) {
	values, err := casework.Decode(s.Context, s.Form, sent)
	if err != nil {
		return store.NewAction{}, err
	}
	if err := d.checkNamed(ctx, p, s, values); err != nil {
		return store.NewAction{}, err
	}
	return store.NewAction{Person: p, Role: s.Capacity.Role, OnBehalf: s.Capacity.OnBehalf, For: s.Capacity.For, Task: s.Task, Kind: s.Task.Kind,
		Outcome: values.Outcome(), Form: values, Carried: casework.CarriedOf(s.Form.Fields, values)}, nil
}

// confirmed writes the action down, with a code where its kind asks for one and its actor came by a personal link: who
// has only the link must also have the mailbox.
func (d *Dispatch) confirmed(ctx context.Context, action store.NewAction, by Confirmation) (Outcome, error) {
	kind, _ := casework.KindOf(action.Kind)
	if kind.Code && action.Person.Link != nil {
		if by.Code == "" {
			return Outcome{}, d.askForCode(ctx, action, cmp.Or(by.Asking, string(action.ID)))
		}
		action.CodeHash = casework.CodeHash(d.Secret, action.Person.Link.ID, action.Task.ID, strings.TrimSpace(by.Code))
	}
	return d.do(ctx, action)
}

// do writes the action down and hands it over. It listens before it writes, so that the answer cannot pass it by.
func (d *Dispatch) do(ctx context.Context, n store.NewAction) (Outcome, error) {
	notices, stop := d.store.Subscribe()
	defer stop()
	action, err := d.store.AddAction(ctx, n)
	if errors.Is(err, store.ErrWrongCode) {
		return Outcome{}, d.wrongCode(ctx)
	}
	if err != nil {
		return Outcome{}, err
	}
	return d.handOver(ctx, action, notices)
}

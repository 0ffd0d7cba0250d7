package dispatch

import (
	"context"
	"errors"
	"slices"
	"strings"

	"connex/casework"
	"connex/store"
)

// firstOf is the action that p did with this key before, nil where there is none. It comes before everything else: what
// the action did may have closed the task, or hidden the request.
func (d *Dispatch) firstOf(ctx context.Context, p store.Person, id casework.TaskID, key string) (*store.Action, error) {
	wanted, err := actionID(key)
	if err != nil {
		return nil, nil // told later: who may not see the task learns nothing of their key
	}
	action, err := d.store.ActionOf(ctx, p, wanted)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case !strings.EqualFold(string(action.Task), string(id)):
		return nil, store.ErrKeyReused
	}
	return &action, nil
}

// again answers what the first did, unless something else was sent under its key.
func (d *Dispatch) again(ctx context.Context, first store.Action, sent casework.Values) (Outcome, error) {
	if !sameForm(first, sent) {
		return Outcome{}, store.ErrKeyReused
	}
	return d.await(ctx, first)
}

// sameForm compares what was sent with what was kept of the first: the outcome, and every plain answer that it uses.
func sameForm(first store.Action, sent casework.Values) bool {
	if sent.Outcome() != first.Outcome {
		return false
	}
	for _, field := range casework.FieldsOf(first.Kind) {
		if len(field.For) > 0 && !slices.Contains(field.For, first.Outcome) {
			continue
		}
		if value, said := plain(sent[field.Name]); said {
			if kept, _ := plain(first.Form[field.Name]); kept != value {
				return false
			}
		}
	}
	return true
}

// plain is an answer that can be compared at sight, as Decode keeps it.
func plain(value any) (any, bool) {
	switch v := value.(type) {
	case string:
		v = strings.TrimSpace(strings.ReplaceAll(v, "\r\n", "\n"))
		return v, v != ""
	case float64, bool:
		return v, true
	}
	return nil, false
}

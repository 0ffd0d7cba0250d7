package dispatch

import (
	"context"
	"errors"
	"slices"
	"strings"

	"connex/casework"
	"connex/store"
)

// errDone: the key was used for this before, and the first one's answer counts.
var errDone = errors.New("done before")

// once does a deed. Where something says no, p may have done the very same before under this key: what that did may
// have closed the task, or hidden the request. Then the answer is the first one's, unless it was not the same.
func (d *Dispatch) once(ctx context.Context, p store.Person, id casework.TaskID, key string, do func() (Outcome, error), same func(store.Action) bool) (Outcome, error) {
	outcome, no := do()
	if no == nil {
		return outcome, nil
	}
	wanted, err := actionID(key)
	if err != nil {
		return Outcome{}, no
	}
	first, err := d.store.ActionOf(ctx, p, wanted)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return Outcome{}, no
	case err != nil:
		return Outcome{}, errors.Join(no, err)
	case !strings.EqualFold(string(first.Task), string(id)) || !same(first):
		return Outcome{}, store.ErrKeyReused
	}
	return d.answer(ctx, first)
}

// sameForm compares what was sent with what was kept of the first: the outcome, and every plain answer that it uses, or
// several of them.
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

// plain is an answer that can be compared at sight: a text without what Decode drops or breaks differently, a number, a
// tick, or several texts in any order.
func plain(value any) (any, bool) {
	switch v := value.(type) {
	case string:
		v = casework.OneLine(v)
		return v, v != ""
	case float64, bool:
		return v, true
	case []any:
		texts := []string{}
		for _, one := range v {
			text, is := one.(string)
			if !is {
				return nil, false
			}
			if clean, said := plain(text); said {
				texts = append(texts, clean.(string))
			}
		}
		slices.Sort(texts)
		return strings.Join(slices.Compact(texts), "\x00"), len(texts) > 0
	}
	return nil, false
}

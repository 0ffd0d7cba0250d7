package activities

import (
	"context"
	"fmt"

	"connex/casework"
	"connex/housemail"
	"connex/store"
	"connex/words"
)

// Recorder writes down what happens in a case.
type Recorder struct {
	Store   *store.Store
	Compose store.Composer

	PublicURL string
}

// Record applies one transition whole or not at all. Temporal may call it again after the commit, and two attempts may
// run at once: the second gets what the first one wrote. A fault is for the next attempt to mend; a rule that says no
// is no fault, but an answer.
func (r *Recorder) Record(ctx context.Context, t casework.Transition) (casework.Recorded, error) {
	for i, e := range t.Entries {
		if e.Why.ID != "" {
			t.Entries[i].Reason = words.In(words.Default).Say(e.Why) // the trail is sealed, so it keeps how it read
		}
	}
	done, err := r.Store.Apply(ctx, t, r.Compose)
	if err == nil && done.Refusal == nil && t.Decision != nil {
		err = r.tellHeads(ctx, *t.Decision)
	}
	return done, err
}

// tellHeads mails the heads where an answer is a note to them. It is no mail of the case, whose mails everybody sees; each
// is there once, however often this runs.
func (r *Recorder) tellHeads(ctx context.Context, d casework.Decision) error {
	if _, asks := casework.QuestionnaireOf(d.Kind); !asks || casework.IsCheck(d.Kind) {
		return nil
	}
	said, err := r.Store.Action(ctx, d.Action)
	if err != nil || len(casework.ConcernsFor(casework.Head, d.Kind, said.Form)) == 0 {
		return err
	}
	heads, err := r.Store.HeadsOf(ctx, said.CaseNumber)
	if err != nil {
		return fmt.Errorf("who is told of %s: %w", d.Action, err)
	}
	return r.Store.InHouse(ctx, store.Person{ID: d.Actor}, func(house *store.House) error {
		for _, head := range heads {
			if _, err := house.Queue(ctx, housemail.Writer{PublicURL: r.PublicURL}.Said(head, said)); err != nil {
				return err
			}
		}
		return nil
	})
}

package activities

import (
	"context"

	"connex/casework"
	"connex/store"
	"connex/words"
)

// Recorder writes down what happens in a case.
type Recorder struct {
	Store   *store.Store
	Compose store.Composer
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
	return r.Store.Apply(ctx, t, r.Compose)
}

package store_test

import (
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

// What comes back of a form that was refused takes the place of its answers alone.
func TestWhatIsKeptOfARefusedForm(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, checkIn := c.officer(), c.aTask(casework.CheckIn)
	c.asks(checkIn)
	typed := casework.Values{"progress": "Half a sentence", "later.reason": "The minister travels."}
	for name, tt := range map[string]struct {
		kind       casework.TaskKind
		form, want casework.Values
	}{
		"the task's own": {casework.CheckIn, casework.Values{"progress": "All of it"}, casework.Values{"progress": "All of it", "later.reason": "The minister travels."}},
		"taking it":      {casework.Take, casework.Values{}, typed},
		"giving it away": {casework.Reassign, casework.Values{"to": "x", "reason": "Ill"}, typed},
	} {
		t.Run(name, func(t *testing.T) {
			now, err := c.Draft(t.Context(), officer, checkIn.ID)
			c.must(err)
			_, err = c.SaveDraft(t.Context(), officer, checkIn.ID, now.Mark, typed)
			c.must(err)
			c.must(c.InCase(t.Context(), c.number, func(tx *store.Tx) error {
				return tx.KeepForm(t.Context(), store.Action{Task: checkIn.ID, Kind: tt.kind, Actor: officer.ID, Form: tt.form, CreatedAt: time.Now().Add(time.Minute)})
			}))
			kept, err := c.Draft(t.Context(), officer, checkIn.ID)
			c.must(err)
			same(t, "the draft", kept.Form, tt.want)
		})
	}
}

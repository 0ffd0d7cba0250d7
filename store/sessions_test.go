package store_test

import (
	"errors"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

func TestASessionComesWithWhoeverItBelongsTo(t *testing.T) {
	r := aRoom(t)
	officer := r.officer()
	soon := time.Now().Add(time.Hour)
	r.must(r.KeepSession(t.Context(), "theirs", []byte("first"), officer.ID, soon))
	r.must(r.KeepSession(t.Context(), "theirs", []byte("second"), officer.ID, soon))
	r.must(r.KeepSession(t.Context(), "nobody's", []byte("old"), "", soon))
	r.must(r.KeepSession(t.Context(), "over", []byte("over"), officer.ID, time.Now().Add(-time.Second)))
	reads := func(token, data string, owner casework.PersonID) {
		t.Helper()
		got, p, err := r.Session(t.Context(), token)
		if string(got) != data || p.ID != owner || (err != nil) != (data == "") || err != nil && !errors.Is(err, store.ErrNotFound) {
			t.Errorf("session %q holds %q of %q (%v), want %q of %q", token, got, p.ID, err, data, owner)
		}
	}
	reads("theirs", "second", officer.ID)
	reads("nobody's", "old", "")
	reads("over", "", "")
	reads("never begun", "", "")
	whole, err := r.Staff(t.Context(), officer.ID)
	r.must(err)
	_, p, err := r.Session(t.Context(), "theirs")
	r.must(err)
	same(t, "who is signed in", p, whole)
	r.must(r.ChangeAccount(t.Context(), store.Account{ID: officer.ID, Name: officer.Name, Roles: officer.Roles}))
	reads("theirs", "second", "")
}

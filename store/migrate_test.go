package store_test

import (
	"errors"
	"sync"
	"testing"

	"connex/store"
	"connex/store/storetest"
)

func TestSeveralProcessesMayMigrateAtOnce(t *testing.T) {
	url := storetest.Empty(t)
	if _, err := store.Open(t.Context(), url); !errors.Is(err, store.ErrOldSchema) {
		t.Fatalf("an empty database: %v, want %v", err, store.ErrOldSchema)
	}
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if err := store.Migrate(t.Context(), url); err != nil {
				t.Errorf("migrating at once with others: %v", err)
			}
		})
	}
	all.Wait()
	s, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatalf("after migrating: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

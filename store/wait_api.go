package store

import (
	"context"
	"time"
)

// Settled waits until an action is settled, or ctx ends, for whoever subscribed before it was written: then nothing can
// have been missed, and what was written need not be read again first.
func (s *Store) Settled(ctx context.Context, notices <-chan Notice, a Action) (Action, error) {
	again := time.NewTicker(time.Second)
	defer again.Stop()
	for a.State == Pending && worthLooking(ctx, notices, again.C, a.ID) {
		now, err := s.Action(ctx, a.ID)
		if err != nil {
			return a, err
		}
		a = now
	}
	return a, nil
}

package store

import (
	"context"
	"time"

	"connex/casework"
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

// worthLooking waits for a notice about the action, for a second to pass, or for ctx: false.
func worthLooking(ctx context.Context, notices <-chan Notice, again <-chan time.Time, id casework.ActionID) bool {
	for {
		select {
		case n := <-notices:
			if n.Again || n.Action == id {
				return true
			}
		case <-again:
			return true
		case <-ctx.Done():
			return false
		}
	}
}

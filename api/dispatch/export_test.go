package dispatch

import (
	"context"
	"time"

	"connex/store"
)

// RelayTied is a round of the relay.
func (d *Dispatch) RelayTied(ctx context.Context) { d.relayTied(ctx) }

// AtLeisure: the relay looks of its own accord in a day, and people wait as long for their answer. What goes out sooner
// was sent because somebody stood in line.
func (d *Dispatch) AtLeisure() { d.relayEvery, d.answerWithin = 24*time.Hour, 24*time.Hour }

// HandOver is what follows once an action is written down.
func (d *Dispatch) HandOver(ctx context.Context, a store.Action) (Outcome, error) {
	notices, stop := d.store.Subscribe()
	defer stop()
	return d.handOver(ctx, a, notices)
}

package dispatch

import "context"

// RelayTied is a round of the relay.
func (d *Dispatch) RelayTied(ctx context.Context) { d.relayTied(ctx) }

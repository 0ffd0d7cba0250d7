package activities

import (
	"context"
	"fmt"

	"connex/casework"
)

// LookUp answers what a story must know before it can go on: who the board is now, what experts have signed, and which
// version of the Code of Conduct holds.
func (r *Recorder) LookUp(ctx context.Context, order casework.LookUpOrder) (casework.LookedUp, error) {
	found, err := r.Store.LookUp(ctx, order)
	if err != nil {
		return casework.LookedUp{}, fmt.Errorf("look up for %s: %w", order.CaseNumber, err)
	}
	return found, nil
}

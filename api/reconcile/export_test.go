package reconcile

import "context"

// Round is one that begins at once, and hardly waits before it looks again.
func (r *Reconciler) Round(ctx context.Context) error {
	r.secondEye = 1
	return r.round(ctx, 0)
}

// Count sets the figures.
func (r *Reconciler) Count(ctx context.Context) error { return r.count(ctx) }

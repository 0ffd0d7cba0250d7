package activities

import (
	"context"
	"time"

	"go.temporal.io/sdk/activity"
)

const beatEvery = 4 * time.Second

// beating tells Temporal that an attempt is still worked on, until stop is called. When its worker dies, another takes
// the work up within seconds; else it would wait until all the time is over that an attempt may take.
func beating(ctx context.Context) (stop func()) {
	ctx, stop = context.WithCancel(ctx)
	if activity.IsActivity(ctx) {
		go beat(ctx)
	}
	return stop
}

func beat(ctx context.Context) {
	again := time.NewTicker(beatEvery)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-again.C:
			activity.RecordHeartbeat(ctx)
		}
	}
}

// Worker runs the workflows and their activities. It may be stopped at any time and started as often as one likes:
// what it was doing another one does, or the next.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"connex/activities"
	"connex/casework"
	"connex/codec"
	"connex/letters"
	"connex/mail"
	"connex/settings"
	"connex/store"

	"github.com/sethvargo/go-retry"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
)

func main() {
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	slog.SetDefault(logger)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, logger); err != nil && ctx.Err() == nil {
		logger.Error("worker", "error", err)
		stop()
		os.Exit(1)
	}
}

// run works until ctx ends, then finishes what it has in hand.
func run(ctx context.Context, logger *slog.Logger) error {
	c, err := readConfig(os.Environ())
	if err != nil {
		return err
	}
	h, closeHands, err := ready(ctx, c)
	if err != nil {
		return err
	}
	defer closeHands()
	temporal, err := dial(ctx, c.Keys, logger)
	if err != nil {
		return err
	}
	defer temporal.Close()
	worker.SetStickyWorkflowCacheSize(stickyWorkflows)
	w := worker.New(temporal, casework.TaskQueue, options())
	register(w, h)
	if err := w.Start(); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	defer w.Stop()
	if err := scheduleDigest(ctx, temporal); err != nil {
		return err
	}
	logger.Info("worker ready", "queue", casework.TaskQueue)
	<-ctx.Done()
	logger.Info("worker stops")
	return nil
}

// ready opens what the activities work with; done closes it again.
func ready(ctx context.Context, c config) (h hands, done func(), err error) {
	var open []io.Closer
	done = func() {
		for _, c := range slices.Backward(open) {
			_ = c.Close() // the process ends with it
		}
	}
	defer func() {
		if err != nil {
			done()
		}
	}()
	s, err := store.Open(ctx, c.Database, store.SealedWith(casework.SealKey(c.Secret)), store.PoolOf(connections))
	if err != nil {
		return h, done, err
	}
	open = append(open, s)
	renderer, err := letters.New(letters.Options{})
	if err != nil {
		return h, done, err
	}
	open = append(open, renderer)
	sender, err := mail.NewSender(c.SMTP)
	if err != nil {
		return h, done, fmt.Errorf("SMTP_ADDR: %w", err)
	}
	composer := &activities.Composer{Secret: c.Secret, PublicURL: c.PublicURL}
	return hands{
		recorder: &activities.Recorder{Store: s, Compose: composer, PublicURL: c.PublicURL},
		scribe:   &activities.Scribe{Store: s, Renderer: renderer},
		herald:   &activities.Herald{Store: s, PublicURL: c.PublicURL},
		postman:  &activities.Postman{Store: s, Sender: sender, Composer: composer, Secret: c.Secret, PublicURL: c.PublicURL},
	}, done, nil
}

// dial waits a while for Temporal, which may be starting beside us.
func dial(ctx context.Context, keys settings.Keys, logger *slog.Logger) (client.Client, error) {
	options, err := envconfig.LoadDefaultClientOptions()
	if err != nil {
		return nil, fmt.Errorf("the settings of Temporal are wrong: %w", err)
	}
	sealed, err := codec.New(keys)
	if err != nil {
		return nil, fmt.Errorf("CONNEX_HISTORY_KEYS: %w", err)
	}
	sealed.UseInWorker(&options)
	options.Logger = log.NewStructuredLogger(logger)
	options.ConnectionOptions.GrpcCompression = &client.GrpcCompressionNone{} // our calls are a kilobyte; packing them cost more
	var c client.Client
	patience := retry.WithMaxDuration(time.Minute, retry.NewConstant(time.Second))
	err = retry.Do(ctx, patience, func(ctx context.Context) error {
		c, err = client.DialContext(ctx, options)
		return retry.RetryableError(err)
	})
	if err != nil {
		return nil, fmt.Errorf("no Temporal server at %s: %w", options.HostPort, err)
	}
	return c, nil
}

const (
	// stickyWorkflows are kept in memory, some 10 KB each; one that is not is told from its history again.
	stickyWorkflows = 2000
	// connections of one worker: a Record holds one for a few milliseconds.
	connections = 12
	// grace is longer than the longest Record, and shorter than whoever stops us waits.
	grace = 12 * time.Second
)

// options are the worker's. A frozen worker swallows as many tasks as it polls for, so it polls for few.
func options() worker.Options {
	return worker.Options{
		WorkflowTaskPollerBehavior:              worker.NewPollerBehaviorAutoscaling(worker.PollerBehaviorAutoscalingOptions{MinimumNumberOfPollers: 2, InitialNumberOfPollers: 4, MaximumNumberOfPollers: 10}),
		ActivityTaskPollerBehavior:              worker.NewPollerBehaviorAutoscaling(worker.PollerBehaviorAutoscalingOptions{MinimumNumberOfPollers: 1, InitialNumberOfPollers: 2, MaximumNumberOfPollers: 8}),
		MaxConcurrentActivityExecutionSize:      40,
		MaxConcurrentLocalActivityExecutionSize: 40,
		WorkerStopTimeout:                       grace,
		StickyScheduleToStartTimeout:            5 * time.Second,
	}
}

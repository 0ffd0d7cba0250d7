package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	temporallog "go.temporal.io/sdk/log"
	"golang.org/x/sync/errgroup"

	"connex/api/dispatch"
	"connex/api/links"
	"connex/api/mailbox"
	"connex/api/public"
	"connex/api/reconcile"
	"connex/api/staff"
	v1 "connex/api/v1"
	"connex/api/web"
	"connex/casework"
	"connex/codec"
	"connex/store"
)

// serve runs until ctx ends. Temporal may be away: what people do is written down all the same, and handed over later.
func serve(ctx context.Context, config web.Config) (err error) {
	limitMemory()
	log := web.NewLog(os.Stdout)
	s, err := store.Open(ctx, config.DatabaseURL, store.SealedWith(casework.SealKey(config.Secret)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	sealed, err := codec.New(config.Keys)
	if err != nil {
		return err
	}
	temporal, err := dial(sealed, log)
	if err != nil {
		return err
	}
	defer temporal.Close()
	limits := web.NewLimits()
	sessions := web.NewSessions(s, limits, config.HTTPS())
	defer sessions.Close()
	deeds := dispatch.New(ctx, dispatch.Config{Day: config.Day, Secret: config.Secret, PublicURL: config.PublicURL}, s, temporal, log)
	handler, err := rooms(web.Deps{Config: config, Store: s, Dispatch: deeds, Temporal: temporal, Sessions: sessions, Limits: limits, Log: log, Codec: sealed, Stopping: ctx})
	if err != nil {
		return err
	}
	box, err := config.Mailbox()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", config.Listen)
	if err != nil {
		return fmt.Errorf("LISTEN_ADDR: %w", err)
	}
	log.Info("serving", slog.String("address", listener.Addr().String()), slog.String("public", config.PublicURL))
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error { return s.Listen(running) })
	group.Go(func() error { deeds.Relay(running); return nil })
	group.Go(func() error { reconcile.New(s, temporal, log).Run(running); return nil })
	if box != nil {
		group.Go(func() error { mailbox.New(box, config.IMAPEvery, s, deeds, log).Run(running); return nil })
	}
	group.Go(func() error { return web.Serve(running, listener, handler) })
	return group.Wait()
}

// dial connects when the first call is made.
func dial(sealed *codec.Codec, log *slog.Logger) (client.Client, error) {
	options, err := envconfig.LoadDefaultClientOptions()
	if err != nil {
		return nil, fmt.Errorf("TEMPORAL_…: %w", err)
	}
	sealed.Use(&options)
	options.Logger = temporallog.NewStructuredLogger(log)
	options.ConnectionOptions.GrpcCompression = &client.GrpcCompressionNone{} // our calls are a kilobyte; packing them cost more
	return client.NewLazyClient(options)
}

// rooms puts everything that is served together.
func rooms(d web.Deps) (http.Handler, error) {
	engine, err := web.NewEngine(d)
	if err != nil {
		return nil, err
	}
	web.RegisterOperators(engine, d)
	web.RegisterDecoding(engine, d)
	if err := v1.Register(engine, d); err != nil {
		return nil, err
	}
	web.Assets(engine)
	staff.Register(engine, d)
	links.Register(engine, d)
	public.Register(engine, d)
	return web.Around(d, engine), nil
}

// Command local is the whole system on one machine in one command: PostgreSQL, Temporal with its web console, a mail
// catcher, then worker and api as real child processes. What DATABASE_URL, TEMPORAL_ADDRESS or SMTP_ADDR names is used
// instead of a server of its own. Everything it keeps is in one folder (CONNEX_DATA), and one signal stops it all.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	settings, err := readSettings(os.Environ())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	ctx = untilGoRunEnds(ctx)
	if err := run(ctx, settings); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run keeps the system up until ctx ends, and leaves nothing running whichever way it returns.
func run(ctx context.Context, settings settings) error {
	folder, err := openFolder(settings.Data)
	if err != nil {
		return err
	}
	defer folder.close()
	root, err := projectRoot()
	if err != nil {
		return err
	}
	s := newSystem(settings, folder, root)
	defer s.stop()
	if err := s.start(ctx); err != nil {
		return asked(ctx, err)
	}
	s.announce()
	go s.enterSamples(ctx)
	<-ctx.Done()
	return nil
}

// asked turns what a start says when it was interrupted into no error at all: the person knows.
func asked(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// untilGoRunEnds ends the context when `go run` is gone: it does not pass SIGTERM on, and would leave us running.
func untilGoRunEnds(ctx context.Context) context.Context {
	parent := os.Getppid()
	if name, _ := programOf(parent); name != "go" {
		return ctx
	}
	ctx, end := context.WithCancel(ctx)
	go func() {
		for range time.Tick(time.Second) {
			if os.Getppid() != parent {
				end()
				return
			}
		}
	}()
	return ctx
}

package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// The children in the order in which they are stopped: each may still need those behind it.
const (
	fastAPIChild = iota
	apiChild
	workerChild
	temporalChild
	mailChild
	postgresChild
	childCount
)

const usualPort = 8080

// system is what runs, and where.
type system struct {
	settings
	root    string // of the sources, where bin/ and node_modules/ are
	folder  *folder
	console *console
	ports   *ports
	begun   time.Time

	mu       sync.Mutex
	children [childCount]*child
	stopping bool

	mailWeb string // the catcher's web address, "" where we started none
}

func newSystem(settings settings, folder *folder, root string) *system {
	return &system{settings: settings, root: root, folder: folder, console: &console{out: os.Stdout}, ports: &ports{}, begun: time.Now()}
}

// start brings everything up; what does not depend on each other at the same time.
func (s *system) start(ctx context.Context) (err error) {
	if err := s.claimAddress(); err != nil {
		return err
	}
	if s.Secret, err = s.key(); err != nil {
		return err
	}
	if err := together(ctx, s.buildPrograms, s.startTemporal, s.startMail, s.startDatabase); err != nil {
		return err
	}
	return s.startPrograms(ctx)
}

// together runs the steps side by side; the first that fails ends the others.
func together(ctx context.Context, steps ...func(context.Context) error) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, step := range steps {
		group.Go(func() error { return step(ctx) })
	}
	return group.Wait()
}

// claimAddress settles where the api will listen before anything is started that would have to be stopped again.
func (s *system) claimAddress() (err error) {
	if s.Listen == "" {
		s.Listen, err = s.ports.near("127.0.0.1", usualPort)
	} else {
		s.Listen, err = s.ports.asked("LISTEN_ADDR", s.Listen)
	}
	if s.PublicURL == "" {
		s.PublicURL = webAddress(s.Listen)
	}
	return err
}

// webAddress is how a browser on this machine reaches a server that listens on addr.
func webAddress(addr string) string {
	host, port, _ := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

func (s *system) key() (string, error) {
	if s.Secret != "" {
		return s.Secret, nil
	}
	return s.folder.secret()
}

func (s *system) startDatabase(ctx context.Context) (err error) {
	begun := time.Now()
	if s.Database == "" {
		if s.Database, err = s.startPostgres(ctx); err != nil {
			return err
		}
		s.console.say("PostgreSQL", "ready on %s (%s)", host(s.Database), took(begun))
	} else {
		if err := ping(ctx, s.Database); err != nil {
			return fmt.Errorf("DATABASE_URL: %w", err)
		}
		s.console.say("PostgreSQL", "uses %s (DATABASE_URL)", host(s.Database))
	}
	return s.prepareDatabase(ctx)
}

func host(databaseURL string) string {
	if u, err := url.Parse(databaseURL); err == nil && u.Host != "" {
		return u.Host
	}
	return "the server named"
}

// keep starts a child and has it kept running from now on.
func (s *system) keep(ctx context.Context, slot int, p program) error {
	child, err := newChild(p, s.folder.file("logs", strings.ReplaceAll(p.name, " ", "-")+".log"), s.console)
	if err != nil {
		return err
	}
	if !s.enlist(slot, child) {
		return context.Canceled
	}
	return child.start(ctx)
}

// enlist makes the child one of those that stop ends, even if it is not ready yet.
func (s *system) enlist(slot int, c *child) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.stopping {
		s.children[slot] = c
	}
	return !s.stopping
}

// dismiss ends one child alone.
func (s *system) dismiss(slot int) {
	s.mu.Lock()
	c := s.children[slot]
	s.children[slot] = nil
	s.mu.Unlock()
	if c != nil {
		c.stop(context.Background())
	}
}

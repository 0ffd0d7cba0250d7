package main

import (
	"context"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"
)

// stop ends all children in order. Who signals a second time is in a hurry: what has not ended by then is killed.
func (s *system) stop() {
	begun := time.Now()
	hurry, done := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer done()
	children := s.discharge()
	for _, c := range children {
		c.stop(hurry)
		s.console.say(c.name, "stopped")
	}
	s.ports.close()
	if len(children) > 0 {
		s.console.say("local", "all stopped (%s)", took(begun))
	}
}

// discharge takes the children off the list, and lets no further one on it.
func (s *system) discharge() []*child {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopping = true
	all := s.children
	s.children = [childCount]*child{}
	return slices.DeleteFunc(all[:], func(c *child) bool { return c == nil })
}

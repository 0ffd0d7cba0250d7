package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// stop ends all children in order. Who signals a second time is in a hurry: what has not ended by then is killed.
func (s *system) stop() {
	begun := time.Now()
	hurry, done := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer done()
	for _, c := range s.discharge() {
		if c == nil {
			continue
		}
		c.stop(hurry)
		s.console.say(c.name, "stopped")
	}
	s.ports.close()
	s.console.say("local", "all stopped (%s)", took(begun))
}

func (s *system) discharge() [childCount]*child {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopping = true
	children := s.children
	s.children = [childCount]*child{}
	return children
}

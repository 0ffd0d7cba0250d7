package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
)

// stage is what all samples share: who is signed in, and who is on the roster.
type stage struct {
	o *samplesCommand

	mu     sync.Mutex // guards what follows
	people map[string]*client
	roster map[string]string // IDs by address
}

func newStage(o *samplesCommand) *stage {
	return &stage{o: o, people: map[string]*client{}, roster: map[string]string{}}
}

// staff is somebody's session, opened once.
func (s *stage) staff(ctx context.Context, name string) (*client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.signedIn(ctx, s.o.API, name)
}

// fast is the case officer's session with the API whose days are short.
func (s *stage) fast(ctx context.Context) (*client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.signedIn(ctx, s.o.FastAPI, "officer")
}

func (s *stage) signedIn(ctx context.Context, base, name string) (*client, error) {
	if c := s.people[base+name]; c != nil {
		return c, nil
	}
	c, err := signIn(ctx, base, name+"@connex.test", s.o.Password)
	if err == nil {
		s.people[base+name] = c
	}
	return c, err
}

// enlist enters experts who are not on the roster.
func (s *stage) enlist(ctx context.Context, experts []rosterEntry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(experts) == 0 {
		return nil
	}
	admin, err := s.signedIn(ctx, s.o.API, "admin")
	if err != nil {
		return err
	}
	if err := s.readRoster(ctx, admin); err != nil {
		return err
	}
	for _, e := range experts {
		if s.roster[e.Email] != "" {
			continue
		}
		var made struct{ ID string }
		if err := admin.post(ctx, "/experts", keyOf("expert "+e.Email), e, &made); err != nil {
			return fmt.Errorf("expert %s: %w", e.Email, err)
		}
		s.roster[e.Email] = made.ID
	}
	return nil
}

func (s *stage) readRoster(ctx context.Context, admin *client) error {
	for after := ""; ; {
		var page struct {
			Items []struct{ ID, Email string }
			Next  string
		}
		if err := admin.get(ctx, "/experts?limit=200&after="+after, &page); err != nil {
			return fmt.Errorf("roster: %w", err)
		}
		for _, e := range page.Items {
			s.roster[strings.ToLower(e.Email)] = e.ID
		}
		if after = page.Next; after == "" {
			return nil
		}
	}
}

func (s *stage) expert(address string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.roster[address]
}

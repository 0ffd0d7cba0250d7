package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
)

// seats are requests in first interest, on which people decide. Their days have 24 hours, so that no clock strikes while
// they are measured: a second api begins them, and goes; all clicks meet the one that the system keeps.
type seats struct {
	officer *person
	numbers []string // of the cases
	tasks   []string // that assess them, in the same order
	taken   []bool

	assessed atomic.Int64 // how many of them
	next     []string     // tasks of those that were assessed
}

func newSeats(b *testing.B, s *system, requests int) *seats {
	b.Helper()
	seats := &seats{officer: s.as(b, "officer"), numbers: make([]string, requests), taken: make([]bool, requests)}
	slow, stop := s.slowAPI(b)
	begin := *seats.officer
	begin.base = slow
	var next atomic.Int64
	sideBySide(8, func(int) {
		for i := next.Add(1) - 1; i < int64(requests); i = next.Add(1) - 1 {
			seats.numbers[i] = begin.firstInterest(b)
		}
	})
	stop()
	if b.Failed() {
		b.FailNow()
	}
	waitFor(b, time.Minute, "the tasks of all requests", func() (bool, bool) {
		seats.tasks = seats.waiting(b, "assess-eligibility")
		return true, len(seats.tasks) == requests
	})
	return seats
}

// slowAPI is a second api, whose new requests have real days.
func (s *system) slowAPI(b *testing.B) (base string, stop func()) {
	b.Helper()
	address, err := freeAddress()
	if err != nil {
		b.Fatal(err)
	}
	secret, err := os.ReadFile(filepath.Join(s.folder, "data", "secret"))
	if err != nil {
		b.Fatal(err)
	}
	root, _, err := build()
	if err != nil {
		b.Fatal(err)
	}
	command := exec.Command(filepath.Join(root, "bin", "api"))
	command.Env = append(without("CONNEX_", "DATABASE_URL", "TEMPORAL_", "PUBLIC_URL"), "DATABASE_URL="+s.database, "TEMPORAL_ADDRESS="+s.temporal,
		"TEMPORAL_NAMESPACE="+s.namespace, "LISTEN_ADDR="+address, "DAY=24h", "CONNEX_SECRET="+strings.TrimSpace(string(secret)))
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	base = "http://" + address
	waitFor(b, 20*time.Second, "a second api", func() (answer, bool) {
		a := (&person{base: base}).get(b.Context(), "/readyz")
		return a, a.status == http.StatusOK
	})
	return base, func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		_ = command.Wait()
	}
}

func (p *person) firstInterest(b *testing.B) (number string) {
	b.Helper()
	a := p.post(b.Context(), "/api/v1/first-interests", map[string]any{
		"channel": "email", "contactEmail": "bench+" + uuid.NewString()[:8] + "@ministry.example", "contactName": "B. Example", "country": "NA",
		"institution": "Ministry of Measures (fictitious)", "language": "en", "sector": "mining", "resource": "lithium", "negotiationStage": "during",
		"summary": "Help with the fiscal terms of a draft agreement."}, "Idempotency-Key", uuid.NewString())
	var made struct{ CaseNumber string }
	if err := a.into(&made); err != nil || a.status != http.StatusCreated {
		b.Errorf("first interest: %s", a)
	}
	return made.CaseNumber
}

// waiting are the open tasks of a kind, in the order of the requests.
func (s *seats) waiting(b *testing.B, kind string) (ids []string) {
	b.Helper()
	of := map[string]string{}
	for after := ""; ; {
		var page struct {
			Items []task
			Next  string
		}
		if err := s.officer.see(b.Context(), "/api/v1/tasks?mine=true&limit=200&after="+after, &page); err != nil {
			b.Fatal(err)
		}
		for _, t := range page.Items {
			if t.Kind == kind {
				of[t.CaseNumber] = t.ID
			}
		}
		if after = page.Next; after == "" {
			break
		}
	}
	for _, number := range s.numbers {
		if id := of[number]; id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// hand takes the seat's task, or gives it back: a decision that can be repeated for ever, and writes to nobody.
func (s *seats) hand(ctx context.Context, seat int) error {
	seat = len(s.tasks) - 1 - seat // the last ones: the first are assessed
	way := "take"
	if s.taken[seat] {
		way = "give-back"
	}
	a := s.officer.call(ctx, http.MethodPost, "/api/v1/tasks/"+s.tasks[seat]+"/"+way, nil, []string{"Idempotency-Key", uuid.NewString()})
	if err := s.visible(ctx, a, http.StatusNoContent); err != nil {
		return err
	}
	s.taken[seat] = !s.taken[seat]
	return nil
}

var errNoMore = errors.New("there are not requests enough")

// assess completes the form of the next request that nobody has assessed.
func (s *seats) assess(ctx context.Context, _ int) error {
	at := int(s.assessed.Add(1)) - 1
	if at >= len(s.tasks) {
		return errNoMore
	}
	return s.complete(ctx, s.tasks[at], map[string]any{"outcome": "eligible", "country": "NA", "developingCountry": "yes", "largeContract": "yes",
		"seeksAssistance": "yes", "negotiationPhase": "yes", "largeContractEvidence": "A lithium deposit with its processing plant."})
}

// discuss ends the first phase of the next request that was assessed.
func (s *seats) discuss(ctx context.Context, _ int) error {
	return s.completeNext(ctx, map[string]any{"outcome": "proceed", "scope": "Fiscal terms of the draft agreement",
		"disciplines": []string{"financial-modelling"}, "language": "en"})
}

// prepare has a letter rendered and mailed.
func (s *seats) prepare(ctx context.Context, _ int) error {
	return s.completeNext(ctx, map[string]any{"outcome": "send"})
}

func (s *seats) completeNext(ctx context.Context, form map[string]any) error {
	if len(s.next) == 0 {
		return errNoMore
	}
	id := s.next[0]
	s.next = s.next[1:]
	return s.complete(ctx, id, form)
}

func (s *seats) complete(ctx context.Context, id string, form map[string]any) error {
	a := s.officer.post(ctx, "/api/v1/tasks/"+id+"/complete", map[string]any{"form": form}, "Idempotency-Key", uuid.NewString())
	return s.visible(ctx, a, http.StatusOK)
}

// visible follows up what was only on its way.
func (s *seats) visible(ctx context.Context, a answer, done int) error {
	if a.status == done {
		return nil
	}
	if a.status != http.StatusAccepted {
		return fmt.Errorf("wanted %d, got %s", done, a)
	}
	for range 300 {
		var action struct{ State string }
		if err := s.officer.see(ctx, a.header.Get("Location"), &action); err != nil || action.State == "applied" {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("still on its way: %s", a)
}

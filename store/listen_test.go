package store_test

import (
	"context"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

// listens to the database until the test ends.
func (r room) listens() (notices <-chan store.Notice) {
	r.t.Helper()
	listening, stop := context.WithCancel(r.t.Context())
	ended := make(chan error)
	go func() { ended <- r.Listen(listening) }()
	notices, done := r.Subscribe()
	r.t.Cleanup(func() {
		done()
		stop()
		r.must(<-ended)
	})
	return notices
}

func TestWaitingForTheEffect(t *testing.T) {
	r := aRoom(t)
	notices := r.listens()
	c := r.aRequest()
	assess := c.aTask(casework.AssessEligibility)
	c.asks(assess)
	a := c.does(c.officer(), assess, casework.Eligible, nil)

	waiting, unsubscribe := c.Subscribe()
	defer unsubscribe()
	brief, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if got, err := c.Settled(brief, waiting, a); err != nil || got.State != store.Pending {
		t.Errorf("nothing has become of it yet: %s, %v", got.State, err)
	}
	waited := make(chan store.Action)
	go func() {
		got, err := c.Settled(t.Context(), waiting, a)
		if err != nil {
			t.Error(err)
		}
		waited <- got
	}()
	c.applied(c.transition(completing(a)))
	if got := <-waited; got.State != store.Applied {
		t.Errorf("waited for %s", got.State)
	}
	deadline := time.After(5 * time.Second)
	for {
		select {
		case n := <-notices:
			if n.CaseNumber == c.number && n.Action == a.ID {
				return
			}
		case <-deadline:
			t.Fatal("nobody was told")
		}
	}
}

func TestWhoReadsSlowlyIsToldToLookAgain(t *testing.T) {
	r := aRoom(t)
	notices := r.listens()
	for begun := time.Now(); len(notices) == 0 && time.Since(begun) < 5*time.Second; time.Sleep(10 * time.Millisecond) {
		_, err := r.DB().ExecContext(t.Context(), `SELECT pg_notify('connex', 'CNX-2026-0001:')`)
		r.must(err)
	}
	for range 100 {
		_, err := r.DB().ExecContext(t.Context(), `SELECT pg_notify('connex', 'CNX-2026-0001:')`)
		r.must(err)
	}
	_, err := r.DB().ExecContext(t.Context(), `SELECT pg_notify('connex', 'CNX-2026-0002:')`)
	r.must(err)
	again := false
	for deadline := time.After(5 * time.Second); ; {
		select {
		case n := <-notices:
			again = again || n.Again
			if n.CaseNumber == "CNX-2026-0002" {
				if !again {
					t.Error("what was lost was not told")
				}
				return
			}
		case <-deadline:
			t.Fatal("the newest notice was lost")
		}
	}
}

func TestAfterALostConnectionEverybodyLooksAgain(t *testing.T) {
	r := aRoom(t)
	notices := r.listens()
	for deadline := time.After(10 * time.Second); ; {
		_, err := r.DB().ExecContext(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`)
		r.must(err)
		select {
		case n := <-notices:
			if n.Again {
				return
			}
		case <-time.After(50 * time.Millisecond):
		case <-deadline:
			t.Fatal("nobody was told to look again")
		}
	}
}

// A page is read, something changes, and only then its line stands.
func TestWhoComesLateHearsWhatChangedMeanwhile(t *testing.T) {
	r := aRoom(t)
	notices := r.listens()
	says := func(number string) {
		t.Helper()
		deadline := time.After(5 * time.Second)
		for again := time.NewTicker(20 * time.Millisecond); ; {
			_, err := r.DB().ExecContext(t.Context(), `SELECT pg_notify('connex', $1)`, number+":")
			r.must(err)
			select {
			case n := <-notices:
				if n.CaseNumber == casework.CaseNumber(number) {
					return
				}
			case <-again.C:
			case <-deadline:
				t.Fatal("nobody was told")
			}
		}
	}
	read := time.Now()
	says("CNX-2026-0001")
	late, leave := r.SubscribeSince(read)
	defer leave()
	if len(late) == 0 || (<-late).CaseNumber != "CNX-2026-0001" {
		t.Error("what changed before the line stood is lost")
	}
	after, leaveAgain := r.SubscribeSince(time.Now().Add(time.Second))
	defer leaveAgain()
	if len(after) != 0 {
		t.Error("what a page shows already is told once more")
	}
	for range 70 {
		says("CNX-2026-0002")
	}
	tooLate, leaveAtLast := r.SubscribeSince(read)
	defer leaveAtLast()
	for again := false; !again; again = (<-tooLate).Again {
		if len(tooLate) == 0 {
			t.Fatal("nobody says that something may be missing")
		}
	}
}

package e2e

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
)

// The tests that kill servers run alone, before all others: none of them is parallel.

// fleet is several requests that travel at once.
type fleet []*journey

// underway lets some requests begin, and has them travel until the returned function has waited for their arrival.
func (s *system) underway(t testing.TB, n int, name string) (f fleet, arrive func()) {
	t.Helper()
	s.theSlowSetOut()
	told, err := readScenario(name)
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		j, err := s.begin(t.Context(), told)
		if err != nil {
			t.Fatal(err)
		}
		j.clipped = true
		f = append(f, j)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	group, running := errgroup.WithContext(ctx)
	for _, j := range f {
		group.Go(func() error { return j.goOn(running) })
	}
	return f, func() {
		defer cancel()
		if err := group.Wait(); err != nil {
			t.Error(err)
		}
	}
}

// doubts counts answers that told nobody anything.
func (f fleet) doubts() (n int) {
	for _, j := range f {
		n += j.book.doubts()
	}
	return n
}

func (f fleet) decisions() (n int) {
	for _, j := range f {
		n += j.decisions()
	}
	return n
}

// Nobody notices that a worker dies but by having to wait: each person gets 200 or 202, and each decision takes effect
// once.
func TestTheWorkerIsKilledWhileRequestsTravel(t *testing.T) {
	s := theSystem(t)
	travelling, arrive := s.underway(t, 5, "declined")
	for range 3 {
		time.Sleep(1500 * time.Millisecond)
		s.kill(t, theWorker)
	}
	arrive()
	s.isBack(t)
	if n := travelling.doubts(); n > 0 {
		t.Errorf("%d answers were neither yes nor no", n)
	}
	t.Logf("%d decisions", travelling.decisions())
}

// The database goes away for some seconds, again and again.
func TestTheDatabaseIsAwayWhileRequestsTravel(t *testing.T) {
	s := theSystem(t)
	travelling, arrive := s.underway(t, 4, "withdrawn")
	time.Sleep(700 * time.Millisecond)
	s.keepDown(t, theDatabase, 4*time.Second)
	arrive()
	s.isBack(t)
	t.Logf("%d decisions, %d answers that told nothing", travelling.decisions(), travelling.doubts())
}

// Recorded is recorded: the database dies under a decision before the workflow could apply it.
func TestTheDatabaseIsAwayBeforeADecisionIsApplied(t *testing.T) {
	s := theSystem(t)
	j := s.requestUpTo(t, "declined", "check-human-rights")
	p, found, good := j.waiting(t, "reviewer", "check-human-rights", map[string]any{"outcome": "proceed", "rating": "low"})
	thaw := s.freeze(t, theWorker)
	key, told := uuid.NewString(), make(chan answer)
	go func() { told <- complete(context.WithoutCancel(t.Context()), p, found.ID, key, good) }()
	s.pending(t, p, key)
	s.keepDown(t, theDatabase, 3*time.Second)
	thaw()
	if a := <-told; a.status != http.StatusAccepted && a.status != http.StatusOK {
		t.Errorf("want 202, got %s", a)
	}
	s.isBack(t)
	s.applied(t, p, key)
	j.tookEffectOnce(t, found)
}

// The row stands, the signal was never sent: the api dies in between, and the relay of the next one sends it.
func TestTheAPIIsKilledBetweenRowAndSignal(t *testing.T) {
	s := theSystem(t)
	j := s.requestUpTo(t, "declined", "check-human-rights")
	p, found, good := j.waiting(t, "reviewer", "check-human-rights", map[string]any{"outcome": "proceed", "rating": "low"})
	thaw := s.freeze(t, theTemporal)
	key, told := uuid.NewString(), make(chan answer)
	go func() { told <- complete(context.WithoutCancel(t.Context()), p, found.ID, key, good) }()
	s.pending(t, p, key)
	s.kill(t, theAPI)
	if a := <-told; a.known() {
		t.Errorf("a dead api answered %s", a)
	}
	thaw()
	s.isBack(t)
	s.applied(t, p, key)
	if a := complete(t.Context(), p, found.ID, key, good); a.status != http.StatusOK {
		t.Errorf("asked again with the same key: want 200, got %s", a)
	}
	j.tookEffectOnce(t, found)
}

// pending waits until a decision is written down, though nobody has been told.
func (s *system) pending(t testing.TB, p *person, key string) { s.inState(t, p, key, "pending") }

func (s *system) applied(t testing.TB, p *person, key string) { s.inState(t, p, key, "applied") }

func (s *system) inState(t testing.TB, p *person, key, wanted string) {
	t.Helper()
	waitFor(t, 40*time.Second, "the action to be "+wanted, func() (action struct{ State string }, is bool) {
		a := p.get(t.Context(), p.api()+"/actions/"+key)
		return action, a.status == http.StatusOK && a.into(&action) == nil && action.State == wanted
	})
}

// tookEffectOnce holds one task against the trail.
func (j *journey) tookEffectOnce(t testing.TB, done *task) {
	t.Helper()
	trail, err := j.trailOf(t.Context(), j.number)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range trail {
		if e.decision() && *e.Task == done.ID {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%s took effect %d times", done.Kind, n)
	}
}

// Temporal dies: what is decided meanwhile is recorded, and goes on its way when it is back.
func TestTemporalIsKilledWhileRequestsTravel(t *testing.T) {
	s := theSystem(t)
	travelling, arrive := s.underway(t, 3, "withdrawn")
	time.Sleep(700 * time.Millisecond)
	s.keepDown(t, theTemporal, 2*time.Second)
	arrive()
	s.isBack(t)
	if n := travelling.doubts(); n > 0 {
		t.Errorf("%d answers were neither yes nor no", n)
	}
	t.Logf("%d decisions", travelling.decisions())
}

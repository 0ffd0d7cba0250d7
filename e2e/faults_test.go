package e2e

import (
	"context"
	"net/http"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
	"golang.org/x/sync/errgroup"
)

// TestFaults kills servers, one after the other, of a system that has no other tests.
func TestFaults(t *testing.T) {
	t.Parallel()
	theSystem(t).theSlowSetOut() // while all this takes its time
	fragile, err := bringUp()
	if fragile != nil {
		t.Cleanup(func() { fragile.stop(t.Failed()) })
	}
	if err == nil {
		err = fragile.ready()
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range []struct {
		name string
		test func(*testing.T, *system)
	}{
		{"TheWorkerIsKilledAndFrozenWhileRequestsTravel", theWorkerIsKilledAndFrozenWhileRequestsTravel},
		{"TheDatabaseIsAwayWhileRequestsTravel", theDatabaseIsAwayWhileRequestsTravel},
		{"TheDatabaseIsAwayBeforeADecisionIsApplied", theDatabaseIsAwayBeforeADecisionIsApplied},
		{"TheAPIIsKilledBetweenRowAndSignal", theAPIIsKilledBetweenRowAndSignal},
		{"TemporalIsKilledWhileRequestsTravel", temporalIsKilledWhileRequestsTravel},
		{"WorkflowsAndRowsAgreeAfterAllFaults", workflowsAndRowsAgreeAfterAllFaults},
	} {
		t.Run(fault.name, func(t *testing.T) { fault.test(t, fragile) })
	}
}

// fleet is several requests that travel at once.
type fleet []*journey

// underway lets some requests begin, and has them travel until the returned function has waited for their arrival.
func (s *system) underway(t testing.TB, n int, name string) (f fleet, arrive func()) {
	t.Helper()
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
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
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

// waits counts who was told to look again later.
func (f fleet) waits() (n int) {
	for _, j := range f {
		n += j.book.waits()
	}
	return n
}

// decide waits until so many more decisions have taken effect: what is done to a server then is done to all who travel.
func (f fleet) decide(t testing.TB, more int) {
	t.Helper()
	wanted := f.decisions() + more
	waitFor(t, time.Minute, "the requests to get on", func() (int, bool) { n := f.decisions(); return n, n >= wanted })
}

// leaveAPhase waits until the decision by which one of them leaves its first phase is recorded; that its run ends and the
// next begins is still to come.
func (f fleet) leaveAPhase(t testing.TB) {
	t.Helper()
	book, err := f[0].ledger()
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for _, j := range f {
		numbers = append(numbers, j.number)
	}
	for begun := time.Now(); time.Since(begun) < time.Minute; {
		var left int
		if err := book.DB().QueryRowContext(t.Context(), `SELECT count(*) FROM actions WHERE kind = 'discuss-scope' AND state = 'applied' AND case_number = ANY($1)`,
			pq.Array(numbers)).Scan(&left); err != nil {
			t.Fatal(err)
		}
		if left > 0 {
			return
		}
	}
	t.Fatal("nobody left the first phase")
}

// Nobody notices that a worker dies or stands still but by having to wait: each person gets 200 or 202, and each decision
// takes effect once. A frozen one swallows as many tasks as it polls for, and works on them when all others have done so.
func theWorkerIsKilledAndFrozenWhileRequestsTravel(t *testing.T, s *system) {
	travelling, arrive := s.underway(t, 5, "declined")
	travelling.decide(t, 8)
	s.kill(t, theWorker)
	travelling.decide(t, 8)
	thaw, told := s.freeze(t, theWorker), travelling.waits()
	waitFor(t, time.Minute, "somebody to be told to look again later", func() (int, bool) { n := travelling.waits(); return n, n > told })
	thaw()
	travelling.decide(t, 8)
	s.kill(t, theWorker)
	arrive()
	s.isBack(t)
	if n := travelling.doubts(); n > 0 {
		t.Errorf("%d answers were neither yes nor no", n)
	}
	t.Logf("%d decisions", travelling.decisions())
}

// The database goes away for some seconds, again and again, each time by an immediate stop: no session ends in order, and
// the next start has to recover.
func theDatabaseIsAwayWhileRequestsTravel(t *testing.T, s *system) {
	travelling, arrive := s.underway(t, 4, "withdrawn")
	travelling.decide(t, 4)
	s.keepDown(t, theDatabase, syscall.SIGQUIT, 4*time.Second)
	arrive()
	s.isBack(t)
	t.Logf("%d decisions, %d answers that told nothing", travelling.decisions(), travelling.doubts())
}

// Recorded is recorded: the database dies under a decision before the workflow could apply it.
func theDatabaseIsAwayBeforeADecisionIsApplied(t *testing.T, s *system) {
	j := s.requestUpTo(t, "declined", "check-human-rights")
	p, found, good := j.waiting(t, "reviewer", "check-human-rights", map[string]any{"outcome": "proceed", "rating": "low"})
	thaw := s.freeze(t, theWorker)
	key, told := uuid.NewString(), make(chan answer)
	go func() { told <- complete(context.WithoutCancel(t.Context()), p, found.ID, key, good) }()
	s.pending(t, p, key)
	s.keepDown(t, theDatabase, syscall.SIGKILL, 3*time.Second)
	thaw()
	if a := <-told; a.status != http.StatusAccepted && a.status != http.StatusOK {
		t.Errorf("want 202, got %s", a)
	}
	s.isBack(t)
	s.applied(t, p, key)
	j.tookEffectOnce(t, found)
}

// The row stands, the signal was never sent: the api dies in between, and the relay of the next one sends it.
func theAPIIsKilledBetweenRowAndSignal(t *testing.T, s *system) {
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

// Temporal dies while requests change their phase, one run ending and the next beginning: what is decided meanwhile is
// recorded, and goes on its way when it is back.
func temporalIsKilledWhileRequestsTravel(t *testing.T, s *system) {
	travelling, arrive := s.underway(t, 3, "withdrawn")
	travelling.leaveAPhase(t)
	s.keepDown(t, theTemporal, syscall.SIGKILL, 2*time.Second)
	arrive()
	s.isBack(t)
	if n := travelling.doubts(); n > 0 {
		t.Errorf("%d answers were neither yes nor no", n)
	}
	t.Logf("%d decisions", travelling.decisions())
}

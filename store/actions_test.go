package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"connex/casework"
	"connex/store"

	"github.com/google/uuid"
)

func TestAKeyIsGoodForOneThing(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, other := c.officer(), c.staff("officer2", casework.CaseOfficer)
	assess := c.aTask(casework.AssessEligibility)
	c.asks(assess)
	seen, err := c.Task(t.Context(), officer, assess.ID)
	c.must(err)
	n := c.new(officer, seen, casework.Drop, casework.Values{"reasons": "Not now."})
	first, err := c.AddAction(t.Context(), n)
	c.must(err)
	changed := c.changed(func() {
		again, err := c.AddAction(t.Context(), n)
		if err != nil || again.ID != first.ID || !again.Repeated {
			t.Errorf("the same again: %+v, %v", again, err)
		}
		for name, change := range map[string]func(*store.NewAction){
			"another form":    func(n *store.NewAction) { n.Form = casework.Values{"outcome": "drop", "reasons": "Never."} },
			"another outcome": func(n *store.NewAction) { n.Outcome = casework.Eligible },
			"somebody else":   func(n *store.NewAction) { n.Person = other },
		} {
			otherwise := n
			change(&otherwise)
			if _, err := c.AddAction(t.Context(), otherwise); !errors.Is(err, store.ErrKeyReused) {
				t.Errorf("%s under the same key: %v", name, err)
			}
		}
	})
	if changed != nil {
		t.Errorf("what changed: %v", changed)
	}
	if _, err := c.ActionOf(t.Context(), other, n.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("somebody else reads the action: %v", err)
	}
}

func TestAKeyStartsOneRequest(t *testing.T) {
	r := aRoom(t)
	n := store.NewRequest{ID: store.ActionIDFor("", "line 7 of a file"), Role: casework.Anyone, Form: casework.Values{"summary": "x"},
		Calendar: casework.Calendar{Start: begin, DayLength: time.Hour}}
	numbers := make(chan casework.CaseNumber, 8)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			a, err := r.StartRequest(context.WithoutCancel(t.Context()), n)
			if err != nil {
				t.Error(err)
			}
			numbers <- a.CaseNumber
		})
	}
	all.Wait()
	close(numbers)
	for number := range numbers {
		if number != "CNX-2026-0001" {
			t.Errorf("started %s", number)
		}
	}
	n.Form = casework.Values{"summary": "y"}
	if _, err := r.StartRequest(t.Context(), n); !errors.Is(err, store.ErrKeyReused) {
		t.Errorf("another first interest under the same key: %v", err)
	}
	n.ID = newAction()
	if a, err := r.StartRequest(t.Context(), n); err != nil || a.CaseNumber != "CNX-2026-0002" || a.Start.Calendar.DayLength != time.Hour || !a.Alone {
		t.Errorf("the next: %+v, %v", a, err)
	}
}

func TestOfTwoActionsOnOneTaskOneIsApplied(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, assess := c.officer(), c.aTask(casework.AssessEligibility)
	c.asks(assess)
	moves := []casework.Transition{c.transition(completing(c.does(officer, assess, casework.Eligible, nil))), c.transition(completing(c.does(officer, assess, casework.Drop, nil)))}
	applied := c.race(moves)
	if applied != 1 {
		t.Errorf("%d of two were applied", applied)
	}
	c.must(c.CheckTrail(t.Context(), c.number))
}

func TestTwoAttemptsAtOnceAreOne(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, assess := c.officer(), c.aTask(casework.AssessEligibility)
	c.asks(assess)
	move := c.transition(completing(c.does(officer, assess, casework.Eligible, nil)), mailing(casework.Mail{Template: "x", Key: "x", To: casework.Government}))
	if applied := c.race([]casework.Transition{move, move, move, move}); applied != 4 {
		t.Errorf("%d of four attempts heard that it was applied", applied)
	}
	same(t, "trail", c.what(), []string{"request-started", "assess-eligibility eligible", "mail-queued x"})
}

// race applies all at once, and counts those that were applied.
func (c request) race(moves []casework.Transition) (applied int) {
	c.t.Helper()
	answers := make(chan casework.Recorded, len(moves))
	var all sync.WaitGroup
	for _, move := range moves {
		all.Go(func() {
			done, err := c.Apply(context.WithoutCancel(c.t.Context()), move, onePerPerson{})
			if err != nil {
				c.t.Error(err)
			}
			answers <- done
		})
	}
	all.Wait()
	close(answers)
	for done := range answers {
		if done.Refusal == nil {
			applied++
		}
	}
	return applied
}

func TestTheFirstRecordsOfManyRequestsAtOnce(t *testing.T) {
	r := aRoom(t)
	var all sync.WaitGroup
	for range 8 {
		a, err := r.StartRequest(t.Context(), store.NewRequest{ID: newAction(), Role: casework.Anyone, Calendar: casework.Calendar{Start: begin, DayLength: time.Hour}})
		r.must(err)
		c := request{room: r, number: a.CaseNumber}
		move := c.transition(by(a.Decision()), entry(casework.TrailRequestStarted))
		for range 2 {
			all.Go(func() {
				if done, err := r.Apply(context.WithoutCancel(t.Context()), move, onePerPerson{}); err != nil || done.Refusal != nil {
					t.Errorf("%s: %+v, %v", a.CaseNumber, done, err)
				}
			})
		}
	}
	all.Wait()
	page, err := r.Requests(t.Context(), r.officer(), store.PortfolioFilter{})
	r.must(err)
	if len(page.Items) != 8 {
		t.Errorf("there are %d requests", len(page.Items))
	}
}

// next puts the next attempt of a pending action off, or nearer, and says when it would have been.
func (r room) next(id casework.ActionID, to time.Time) (was time.Time) {
	r.t.Helper()
	r.must(r.DB().QueryRowContext(r.t.Context(), `
		UPDATE actions a SET next_attempt_at = $2 FROM (SELECT next_attempt_at AS was FROM actions WHERE id = $1) b WHERE id = $1 RETURNING b.was`, id, to).Scan(&was))
	return was
}

func TestTheRelayGetsTheOldestOfEachCase(t *testing.T) {
	r, begun := aRoom(t), time.Now()
	one, two := r.aRequest(), r.aRequest()
	officer := r.officer()
	var first []casework.ActionID
	for _, c := range []request{one, two} {
		a, b := c.aTask(casework.AssessEligibility), c.aTask(casework.DiscussScope, officer.ID)
		c.asks(a, b)
		oldest := c.does(officer, a, casework.Eligible, nil)
		if later := c.does(officer, b, casework.Proceed, nil); !oldest.Alone || later.Alone {
			t.Errorf("alone: %t, then %t", oldest.Alone, later.Alone)
		}
		first = append(first, oldest.ID)
	}
	if early, err := r.PendingActions(t.Context(), 10); err != nil || len(early) != 0 {
		t.Errorf("what was just sent at once is handed to the relay as well: %v, %v", early, err)
	}
	for _, id := range first {
		r.next(id, begun.Add(-time.Second))
	}
	same(t, "handed out", r.handedOut(4), map[casework.ActionID]int{first[0]: 1, first[1]: 1})
	for _, id := range first {
		if again := r.next(id, begun.Add(time.Hour)); again.Before(begun.Add(time.Second)) {
			t.Errorf("%s is handed out again at once", id)
		}
	}
	same(t, "handed out before it is time", r.handedOut(1), map[casework.ActionID]int{})
	one.applied(one.transition(completing(r.action(first[0]))))
	next := r.handedOut(1)
	if len(next) != 1 || next[first[0]] != 0 || next[first[1]] != 0 {
		t.Errorf("after the oldest was applied: %v", next)
	}
}

func (r room) action(id casework.ActionID) store.Action {
	r.t.Helper()
	a, err := r.Action(r.t.Context(), id)
	r.must(err)
	return a
}

// handedOut is how often each pending action is handed to this many relays at once.
func (r room) handedOut(relays int) map[casework.ActionID]int {
	r.t.Helper()
	var mu sync.Mutex
	times := map[casework.ActionID]int{}
	var all sync.WaitGroup
	for range relays {
		all.Go(func() {
			actions, err := r.PendingActions(context.WithoutCancel(r.t.Context()), 10)
			if err != nil {
				r.t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			for _, a := range actions {
				times[a.ID]++
			}
		})
	}
	all.Wait()
	return times
}

func TestOnlyWhatNoWorkflowTakesIsRefusedOutside(t *testing.T) {
	c := aRoom(t).aRequest()
	assess := c.aTask(casework.AssessEligibility)
	c.asks(assess)
	a := c.does(c.officer(), assess, casework.Eligible, nil)
	over := *casework.RefusedBy(casework.RuleEnded, "refusal.ended")
	if refused, err := c.RefuseAction(t.Context(), a.ID, over); err != nil || refused {
		t.Errorf("while the request goes on: %t, %v", refused, err)
	}
	c.isVoid()
	if refused, err := c.RefuseAction(t.Context(), a.ID, over); err != nil || !refused {
		t.Errorf("after the end: %t, %v", refused, err)
	}
	same(t, "the refusal", c.action(a.ID).Refusal(), &over)
}

func TestAConfirmationCodeIsGoodOnce(t *testing.T) {
	c := aRoom(t).aRequest()
	withdraw := c.aTask(casework.Withdraw)
	c.asks(withdraw)
	p := c.guest(casework.Government, store.ContactID(c.number, "a@b.example"), "a@b.example")
	good := casework.TokenHash("123456")
	mailCode := func(hash []byte) {
		c.must(c.InCase(t.Context(), c.number, func(tx *store.Tx) error {
			_, err := tx.AddCode(t.Context(), store.Code{ID: uuid.NewString(), Link: p.Link.ID, Task: withdraw.ID, Hash: hash, Expires: time.Now().Add(time.Hour)})
			return err
		}))
	}
	task, err := c.Task(t.Context(), p, withdraw.ID)
	c.must(err)
	try := func(hash []byte) error {
		n := c.new(p, task, casework.WithdrawOut, nil)
		n.CodeHash = hash
		_, err := c.AddAction(t.Context(), n)
		return err
	}
	mailCode(good)
	if changed := c.changed(func() {
		if err := try(casework.TokenHash("000000")); !errors.Is(err, store.ErrWrongCode) {
			t.Errorf("a wrong code: %v", err)
		}
	}); changed != nil {
		t.Errorf("a wrong code changed %v", changed)
	}
	c.must(try(good))
	if err := try(good); !errors.Is(err, store.ErrWrongCode) {
		t.Errorf("the same code again: %v", err)
	}
	mailCode(casework.TokenHash("654321"))
	for range 5 {
		if err := try(casework.TokenHash("000000")); !errors.Is(err, store.ErrWrongCode) {
			t.Error(err)
		}
	}
	if err := try(casework.TokenHash("654321")); !errors.Is(err, store.ErrWrongCode) {
		t.Errorf("after five wrong ones: %v", err)
	}
}

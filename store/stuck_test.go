package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

// troubles are what stands still in a case, as an operator sees it.
func (c request) troubles() (what []store.Trouble) {
	c.t.Helper()
	list, err := c.Stuck(c.t.Context())
	c.must(err)
	for _, s := range list {
		if s.CaseNumber == c.number {
			what = append(what, s.What)
		}
	}
	return what
}

func (r room) exec(statement string, args ...any) {
	r.t.Helper()
	_, err := r.DB().ExecContext(r.t.Context(), statement, args...)
	r.must(err)
}

func TestWhatStandsStillIsFound(t *testing.T) {
	for name, tt := range map[string]struct {
		trouble store.Trouble // "": none
		do      func(request)
	}{
		"a task waits":                {"", func(c request) { c.asks(c.fresh(casework.DiscussScope)) }},
		"only a standing task":        {store.Forgotten, func(c request) { c.asks(c.fresh(casework.Withdraw)) }},
		"a clock will open something": {"", func(c request) { c.applied(c.transition(nextIn(time.Hour))) }},
		"the clock has struck, and left nothing behind": {store.Forgotten, func(c request) {
			c.applied(c.transition(nextIn(time.Hour)))
			c.applied(c.transition(entry("reminder-sent")))
		}},
		"it has ended": {"", func(c request) { c.applied(c.transition(ending(casework.Void))) }},
		"suspended":    {"", func(c request) { c.applied(c.transition(suspended)) }},
		"an activity goes on": {"", func(c request) {
			c.exec(`UPDATE requests SET agreed = true, decision = '{"result": "approved"}'`)
			c.exec(`INSERT INTO activities (case_number, number, state, title, form, stage, experts, deliverable) VALUES ($1, 1, 'planned', '', '', '', '{}', '')`, c.number)
		}},
		"a clock that is late":        {store.ClockLate, func(c request) { c.asks(c.fresh(casework.DiscussScope)); c.strikes(-time.Hour) }},
		"a clock that may strike yet": {"", func(c request) { c.asks(c.fresh(casework.DiscussScope)); c.strikes(-time.Minute) }},
		"a late clock while suspended": {"", func(c request) {
			c.asks(c.fresh(casework.DiscussScope))
			c.strikes(-time.Hour)
			c.applied(c.transition(suspended))
		}},
		"a decision that takes long": {store.PendingLong, func(c request) {
			c.decided()
			c.exec(`UPDATE actions SET created_at = created_at - interval '6 minutes'`)
		}},
		"a decision on its way": {"", request.decided},
		"a mail that nobody takes": {store.MailWaits, func(c request) {
			c.asks(c.fresh(casework.DiscussScope))
			c.staff("officer", casework.CaseOfficer)
			c.applied(c.transition(mailing(casework.Mail{Template: "reminder", Key: "1", To: casework.CaseOfficer})))
			c.exec(`UPDATE mails SET queued_at = queued_at - interval '2 hours'`)
		}},
		"a colleague's server refuses a mail": {store.MailLost, func(c request) { c.loses("officer") }},
		"a guest's server refuses a mail":     {"", func(c request) { c.loses("") }},
		"a colleague's server did so long ago": {"", func(c request) {
			c.loses("officer")
			c.exec(`UPDATE mails SET settled_at = settled_at - interval '8 days'`)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			c := aRoom(t).aRequest()
			tt.do(c)
			if tt.trouble == store.Forgotten {
				same(t, "stuck while it moves", c.troubles(), nil)
			}
			c.exec(`ALTER TABLE trail DISABLE TRIGGER USER`)
			c.exec(`UPDATE trail SET recorded_at = recorded_at - interval '2 minutes'`)
			var want []store.Trouble
			if tt.trouble != "" {
				want = []store.Trouble{tt.trouble}
			}
			same(t, "stuck", c.troubles(), want)
		})
	}
}

// loses a mail to a colleague, or to the government.
func (c request) loses(colleague string) {
	c.t.Helper()
	c.asks(c.fresh(casework.DiscussScope))
	to := casework.Government
	if colleague != "" {
		c.staff(colleague, casework.CaseOfficer)
		to = casework.CaseOfficer
	}
	for _, id := range c.applied(c.transition(mailing(casework.Mail{Template: "reminder", Key: "1", To: to}))).Mails {
		_, err := c.MailRefused(c.t.Context(), id, "550", nil)
		c.must(err)
	}
}

// fresh is a task whose clock began just now.
func (c request) fresh(kind casework.TaskKind) casework.Task {
	t := c.aTask(kind)
	t.Clock = casework.NewClock(nil, kind, time.Now())
	return t
}

func TestAMailOfNoCaseIsFoundToo(t *testing.T) {
	r := aRoom(t)
	for i, minutes := range []int{30, 90} {
		r.exec(`INSERT INTO house_mails (message_id, key, template, to_person, to_name, to_address, subject, text, queued_at)
			VALUES ($1::text, $1::text, 'invite', '', '', 'a@b.test', '', '', clock_timestamp() - $2 * interval '1 minute')`, fmt.Sprint(i), minutes)
	}
	if list, err := r.Stuck(t.Context()); err != nil || len(list) != 1 || list[0].What != store.MailWaits || list[0].CaseNumber != "" {
		t.Errorf("found %+v, %v", list, err)
	}
}

func nextIn(d time.Duration) func(*casework.Transition) {
	return func(t *casework.Transition) { t.Next = casework.Next{What: string(t.Request.Phase), When: t.At.Add(d)} }
}

func suspended(t *casework.Transition) {
	yes := true
	t.Request.Suspended = &yes
}

// strikes puts the strikes of all clocks so far from now, in a case whose days last an hour.
func (c request) strikes(from time.Duration) {
	c.t.Helper()
	c.exec(`UPDATE requests SET day_length = 3600000000000, calendar_start = clock_timestamp() - interval '10 hours'`)
	c.exec(`UPDATE tasks SET next_strike_at = r.calendar_start + (interval '10 hours' + $1 * interval '1 second') * 24 FROM requests r`, from.Seconds())
}

// decided: somebody did something, and nothing has become of it yet.
func (c request) decided() {
	c.t.Helper()
	scope := c.fresh(casework.DiscussScope)
	c.asks(scope)
	c.does(c.officer(), scope, casework.Proceed, nil)
}

func TestWhatMustRun(t *testing.T) {
	c := aRoom(t).aRequest()
	over := c.aRequest()
	over.applied(over.transition(ending(casework.Void)))
	scope, withdraw := c.aTask(casework.DiscussScope), c.aTask(casework.Withdraw)
	c.asks(scope, withdraw)
	c.exec(`UPDATE requests SET agreed = true, decision = '{"result": "approved"}' WHERE case_number = $1`, c.number)
	for number, state := range []casework.ActivityState{"", casework.ActivityPlanned, casework.ActivityCancelled} {
		if number > 0 {
			c.exec(`INSERT INTO activities (case_number, number, state, title, form, stage, experts, deliverable) VALUES ($1, $2, $3, '', '', '', '{}', '')`, c.number, number, state)
		}
	}
	list, err := c.Underway(t.Context(), "", 10)
	c.must(err)
	tasks := store.List[casework.TaskID]{min(scope.ID, withdraw.ID), max(scope.ID, withdraw.ID)}
	same(t, "underway", list, []store.Underway{
		{Workflow: string(c.number), CaseNumber: c.number, Phase: casework.FirstInterest, Tasks: tasks, WaitingFor: store.List[casework.TaskKind]{casework.DiscussScope}},
		{Workflow: c.number.ActivityWorkflowID(1), CaseNumber: c.number, Activity: 1, Phase: casework.FirstInterest,
			Tasks: store.List[casework.TaskID]{}, WaitingFor: store.List[casework.TaskKind]{}}})
	if rest, err := c.Underway(t.Context(), list[0].Workflow, 10); err != nil || len(rest) != 1 || rest[0].Activity != 1 {
		t.Errorf("after the first: %v, %v", rest, err)
	}
	if _, err := c.UnderwayNow(t.Context(), string(over.number)); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one that is over: %v", err)
	}
}

func TestAMarkIsSetAndTakenBackOnce(t *testing.T) {
	c := aRoom(t).aRequest()
	c.asks(c.fresh(casework.DiscussScope))
	u, err := c.UnderwayNow(t.Context(), string(c.number))
	c.must(err)
	for i, want := range []bool{true, false} {
		if isNew, err := c.MarkStuck(t.Context(), u, store.NoWorkflow); err != nil || isNew != want {
			t.Errorf("marked %d times: new %t, %v", i+1, isNew, err)
		}
	}
	same(t, "stuck", c.troubles(), []store.Trouble{store.NoWorkflow})
	for name, tt := range map[string]struct {
		reader store.Person
		sees   int
	}{"the head": {c.staff("head", casework.Head), 1}, "an administrator": {c.staff("admin", casework.Administrator), 0}} {
		mine, err := c.StuckFor(t.Context(), tt.reader)
		c.must(err)
		file, err := c.CaseFile(t.Context(), tt.reader, c.number, "")
		if tt.sees == 0 && errors.Is(err, store.ErrNotFound) {
			err = nil
		}
		c.must(err)
		if len(mine) != tt.sees || len(file.Stuck) != tt.sees {
			t.Errorf("%s sees %v, and %v in the case", name, mine, file.Stuck)
		}
	}
	for i, want := range []bool{true, false} {
		if was, err := c.MarkWell(t.Context(), u.Workflow); err != nil || was != want {
			t.Errorf("well again %d times: %t, %v", i+1, was, err)
		}
	}
	same(t, "stuck", c.troubles(), nil)
}

func TestOneComparesAtATime(t *testing.T) {
	r := aRoom(t)
	if _, mine, err := r.BeginRound(t.Context(), time.Hour); err != nil || !mine {
		t.Errorf("the first may not compare: %v", err)
	}
	if _, mine, err := r.BeginRound(t.Context(), time.Hour); err != nil || mine {
		t.Errorf("a second compares at the same time: %v", err)
	}
	r.must(r.EndRound(t.Context(), "CNX-2026-0007"))
	if at, err := r.LastRound(t.Context()); err != nil || time.Since(at) > time.Minute {
		t.Errorf("the last round ended at %s, %v", at, err)
	}
	if after, mine, err := r.BeginRound(t.Context(), 0); err != nil || !mine || after != "CNX-2026-0007" {
		t.Errorf("the next round: %q, %t, %v", after, mine, err)
	}
}

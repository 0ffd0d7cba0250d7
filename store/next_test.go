package store_test

import (
	"errors"
	"testing"

	"connex/casework"
	"connex/store"
)

func TestOneTaskAfterTheOther(t *testing.T) {
	r := aRoom(t)
	head, officer := r.staff("head", casework.Head), r.staff("officer", casework.CaseOfficer)
	c, other := r.aRequest(), r.aRequest()
	due := func(task casework.Task, days int) casework.Task {
		task.Clock.Due = begin.AddDate(0, 0, days)
		return task
	}
	a, b := due(c.aTask(casework.SignApproval), 1), due(other.aTask(casework.SignApproval), 9)
	x, y := due(c.aTask(casework.SettleVote), 2), due(other.aTask(casework.SettleVote), 8)
	c.asks(a, x, c.aTask(casework.DiscussScope, officer.ID), c.aTask(casework.Suspend))
	other.asks(b, y)
	after := func(task casework.Task) casework.TaskID {
		t.Helper()
		next, waiting, err := r.NextTask(t.Context(), head, task.ID)
		if errors.Is(err, store.ErrNotFound) {
			return ""
		}
		r.must(err)
		if waiting == 0 {
			t.Error("something comes next, and nothing waits")
		}
		return next.ID
	}
	same(t, "after each", []casework.TaskID{after(a), after(b), after(x), after(y)}, []casework.TaskID{b.ID, a.ID, y.ID, x.ID})

	c.applied(c.transition(completing(c.does(head, a, casework.Sign, nil))))
	same(t, "after what is done", after(a), b.ID)
	same(t, "after the only one of its kind", after(b), x.ID)
	c.applied(c.transition(func(t *casework.Transition) { t.Request.Conflicts = []casework.PersonID{head.ID} }))
	same(t, "where a conflict is declared", after(b), y.ID)
	other.applied(other.transition(ending(casework.Void)))
	same(t, "where nothing is left that one may do", after(b), "")
	stands := head
	stands.StandsFor = []casework.PersonID{officer.ID}
	stands.Roles = append([]casework.Role{casework.CaseOfficer}, head.Roles...)
	afterScope := c.aTask(casework.DraftApproval, officer.ID)
	third := r.aRequest(opening(afterScope))
	if next, _, err := r.NextTask(t.Context(), stands, b.ID); err != nil || next.ID != afterScope.ID {
		t.Errorf("who stands in comes to %s of %s (%v), want %s", next.Kind, third.number, err, afterScope.ID)
	}
}

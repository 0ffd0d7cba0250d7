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
	same(t, "after each, that of its request which is due by then, else one of its kind",
		[]casework.TaskID{after(a), after(b), after(x), after(y)}, []casework.TaskID{b.ID, y.ID, a.ID, x.ID})

	c.applied(c.transition(completing(c.does(head, a, casework.Sign, nil))))
	same(t, "after what is done", after(a), b.ID)
	same(t, "after the last of its kind", after(y), x.ID)
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

// Whoever does one check of a request goes on with its other checks, before the same check of another.
func TestOneRequestsChecksAreDoneTogether(t *testing.T) {
	r := aRoom(t)
	reviewer := r.staff("reviewer", casework.Reviewer)
	checks := func(c request, mine casework.TaskKind) (tasks []casework.Task) {
		for _, kind := range casework.Checks {
			task := c.aTask(kind)
			if task.Clock.Due = begin.AddDate(0, 0, 10); kind == mine {
				task.Holder, task.TakenBy = reviewer.ID, true
			}
			tasks = append(tasks, task)
		}
		c.asks(tasks[3], tasks[1], tasks[4], tasks[0], tasks[2])
		return tasks
	}
	first, second := checks(r.aRequest(), ""), checks(r.aRequest(), casework.CheckPartners)
	var want, got []string
	for _, task := range append([]casework.Task{second[3]}, append(first, append(second[:3:3], second[4])...)...) {
		want = append(want, string(task.ID))
	}
	for _, task := range r.allTasks(reviewer, store.TaskFilter{Mine: true, Limit: 3}) {
		got = append(got, string(task.ID))
	}
	same(t, "of one day: one's own, then request by request in the order of the checks", got, want)
	for i, after := range []int{1, 2, 3, 4, 0} {
		next, _, err := r.NextTask(t.Context(), reviewer, first[i].ID)
		r.must(err)
		same(t, "after "+string(first[i].Kind), next.ID, first[after].ID)
	}
}

package store_test

import (
	"testing"
	"time"

	"connex/casework"
	"connex/store"

	"github.com/google/uuid"
)

// away enters an absence of some days around today.
func (r room) away(who, substitute store.Person, from, until int) store.Absence {
	r.t.Helper()
	a := store.Absence{ID: uuid.NewString(), Account: who.ID, Name: who.Name, Substitute: substitute.ID, SubstituteName: substitute.Name,
		From: casework.DateOf(time.Now().AddDate(0, 0, from)), Until: casework.DateOf(time.Now().AddDate(0, 0, until))}
	r.must(r.InHouse(r.t.Context(), who, func(h *store.House) error { return h.AddAbsence(r.t.Context(), a) }))
	return a
}

func TestADecisionInSomebodysPlaceNeedsTheirAbsence(t *testing.T) {
	for name, tt := range map[string]struct {
		before func(request, store.Person, store.Person)
		after  func(request, store.Person, store.Person)
		spoil  func(*casework.Transition)
		rule   string
	}{
		"they are away": {before: func(c request, officer, other store.Person) { c.away(officer, other, -1, 3) }},
		"they came back after it was decided": {before: func(c request, officer, other store.Person) { c.away(officer, other, -1, 3) },
			after: func(c request, officer, _ store.Person) {
				_, err := c.DB().ExecContext(c.t.Context(), `UPDATE absences SET ended_at = clock_timestamp()`)
				c.must(err)
			}},
		"nobody is away":     {rule: casework.RuleNotHolder},
		"they left tomorrow": {before: func(c request, officer, other store.Person) { c.away(officer, other, 1, 3) }, rule: casework.RuleNotHolder},
		"they are back":      {before: func(c request, officer, other store.Person) { c.away(officer, other, -3, -1) }, rule: casework.RuleNotHolder},
		"somebody else stands in": {before: func(c request, officer, _ store.Person) {
			c.away(officer, c.staff("third", casework.CaseOfficer), -1, 3)
		},
			rule: casework.RuleNotHolder},
		"it was taken back before": {before: func(c request, officer, other store.Person) {
			a := c.away(officer, other, -1, 3)
			c.must(c.InHouse(c.t.Context(), officer, func(h *store.House) error { return h.EndAbsence(c.t.Context(), a) }))
		}, rule: casework.RuleNotHolder},
		"it was entered only then": {after: func(c request, officer, other store.Person) { c.away(officer, other, -1, 3) }, rule: casework.RuleNotHolder},
		"the signal names another": {before: func(c request, officer, other store.Person) { c.away(officer, other, -1, 3) },
			spoil: func(t *casework.Transition) { t.Decision.For = "somebody" }, rule: casework.RuleOtherAction},
	} {
		t.Run(name, func(t *testing.T) {
			c := aRoom(t).aRequest()
			officer, other := c.officer(), c.staff("other", casework.CaseOfficer)
			task := c.aTask(casework.DiscussScope, officer.ID)
			c.asks(task)
			if tt.before != nil {
				tt.before(c, officer, other)
			}
			seen, err := c.Task(t.Context(), other, task.ID)
			c.must(err)
			n := c.new(other, seen, casework.Proceed, casework.Values{"scope": "A fiscal model"})
			n.For = officer.ID
			a, err := c.AddAction(t.Context(), n)
			c.must(err)
			if tt.after != nil {
				tt.after(c, officer, other)
			}
			move := c.transition(completing(a))
			if tt.spoil != nil {
				tt.spoil(&move)
			}
			if tt.rule == "" {
				c.applied(move)
				return
			}
			if rule := c.refused(move); rule != tt.rule {
				t.Errorf("refused by %q, want %q", rule, tt.rule)
			}
			if seen, err = c.Task(t.Context(), other, task.ID); err != nil || seen.Status != store.TaskOpen {
				t.Errorf("the task is %s, %v", seen.Status, err)
			}
		})
	}
}

func TestWhatWaitsForWhoeverIsAwayWaitsForTheSubstituteToo(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, other, reviewer := c.officer(), c.staff("other", casework.CaseOfficer), c.staff("reviewer", casework.Reviewer)
	scope, vote, check := c.aTask(casework.DiscussScope, officer.ID), c.aTask(casework.CastVote, officer.ID), c.aTask(casework.CheckIntegrity, officer.ID)
	c.asks(scope, vote, check)
	mine := func(p store.Person) (kinds []casework.TaskKind) {
		p, err := c.Staff(t.Context(), p.ID)
		c.must(err)
		page, err := c.Tasks(t.Context(), p, store.TaskFilter{Mine: true})
		c.must(err)
		for _, task := range page.Items {
			kinds = append(kinds, task.Kind)
		}
		return kinds
	}
	if got := mine(other); len(got) != 0 {
		t.Fatalf("before, %v wait", got)
	}
	c.away(officer, other, 0, 0)
	if got := mine(other); len(got) != 1 || got[0] != casework.DiscussScope {
		t.Errorf("%v wait; the vote is the member's own, and for the check the role is missing", got)
	}
	if got := mine(officer); len(got) != 3 {
		t.Errorf("for the officer %v wait", got)
	}
	if got := mine(reviewer); len(got) != 0 {
		t.Errorf("for somebody else %v wait", got)
	}
}

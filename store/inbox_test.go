package store_test

import (
	"slices"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

func TestAVisitLastsWhileOneKeepsLooking(t *testing.T) {
	r := aRoom(t)
	officer := r.officer()
	look := func() time.Time {
		t.Helper()
		v, err := r.Visit(t.Context(), officer)
		r.must(err)
		if v.Last == nil {
			return time.Time{}
		}
		return *v.Last
	}
	away := func(minutes int) {
		t.Helper()
		_, err := r.DB().ExecContext(t.Context(), `UPDATE visits SET seen_at = seen_at - make_interval(mins => $1), last_at = last_at - make_interval(mins => $1)`, minutes)
		r.must(err)
	}
	if last := look(); !last.IsZero() {
		t.Errorf("the first visit follows one at %v", last)
	}
	away(29)
	if last := look(); !last.IsZero() {
		t.Errorf("another look within half an hour is a visit of its own, after %v", last)
	}
	away(31)
	left := time.Now().Add(-31 * time.Minute)
	last := look()
	if last.Before(left.Add(-time.Minute)) || last.After(left.Add(time.Minute)) {
		t.Errorf("the visit before ended at %v, want about %v", last, left)
	}
	if again, err := r.LastVisits(t.Context(), officer); err != nil || again.Last == nil || !again.Last.Equal(last) {
		t.Errorf("a look that is no visit finds %v, %v; want %v", again, err, last)
	}
}

// A role is new until the visit ends in which somebody had it first, whenever it was given.
func TestARoleIsNewForAVisit(t *testing.T) {
	r := aRoom(t)
	officer := r.officer()
	for _, step := range []struct {
		minutes int
		roles   []casework.Role
		fresh   []casework.Role
	}{
		{0, officer.Roles, officer.Roles},
		{10, officer.Roles, officer.Roles},
		{40, officer.Roles, nil},
		{10, []casework.Role{casework.CaseOfficer, casework.Reviewer}, []casework.Role{casework.Reviewer}},
		{10, []casework.Role{casework.CaseOfficer, casework.Reviewer}, []casework.Role{casework.Reviewer}},
		{40, []casework.Role{casework.CaseOfficer, casework.Reviewer}, nil},
		{40, officer.Roles, nil},
		{40, []casework.Role{casework.CaseOfficer, casework.Reviewer}, nil}, // given back to them
	} {
		_, err := r.DB().ExecContext(t.Context(), `UPDATE visits SET seen_at = seen_at - make_interval(mins => $1), last_at = last_at - make_interval(mins => $1)`, step.minutes)
		r.must(err)
		officer.Roles = step.roles
		v, err := r.Visit(t.Context(), officer)
		r.must(err)
		look, err := r.LastVisits(t.Context(), officer)
		r.must(err)
		if got := v.New(step.roles); !slices.Equal(got, step.fresh) || !slices.Equal(look.New(step.roles), step.fresh) {
			t.Errorf("%d minutes later, as %v: new are %v, want %v", step.minutes, step.roles, got, step.fresh)
		}
	}
}

func TestNewsAreWhatOthersDid(t *testing.T) {
	r := aRoom(t)
	officer, colleague, member := r.officer(), r.staff("colleague", casework.CaseOfficer), r.staff("member", casework.BoardMember)
	c := r.aRequest(func(t *casework.Transition) { t.Request.Officer = officer.ID })
	vote, check, scope := c.aTask(casework.CastVote, member.ID), c.aTask(casework.AnswerEligibilityQuestion), c.aTask(casework.DiscussScope, officer.ID)
	c.asks(vote, check, scope)
	since := time.Now()
	c.applied(c.transition(completing(c.does(colleague, check, casework.Answered, nil))))
	c.applied(c.transition(completing(c.does(member, vote, casework.Decline, nil))))
	c.applied(c.transition(completing(c.does(officer, scope, casework.Proceed, nil))))
	c.applied(c.transition(entry(casework.TrailReminderSent)))
	told, err := r.News(t.Context(), officer, since)
	r.must(err)
	if len(told) != 2 || told[0].What != string(casework.CastVote) || told[1].What != string(casework.AnswerEligibilityQuestion) {
		t.Fatalf("told %v, want the vote and the colleague's answer, newest first", told)
	}
	if told[0].Outcome != "" || told[1].Outcome == "" {
		t.Errorf("told that somebody voted %q, and %q of another", told[0].Outcome, told[1].Outcome)
	}
	for who, p := range map[string]store.Person{"who has nothing to do with the request": r.staff("other", casework.CaseOfficer), "who is recused": c.recused()} {
		if none, err := r.News(t.Context(), p, since); err != nil || len(none) != 0 {
			t.Errorf("%s is told %v, %v", who, none, err)
		}
	}
	if none, err := r.News(t.Context(), officer, time.Now()); err != nil || len(none) != 0 {
		t.Errorf("told again: %v, %v", none, err)
	}
}

// recused is a member who acted on the request and then recused themselves.
func (c request) recused() store.Person {
	c.t.Helper()
	p := c.staff("recused", casework.BoardMember)
	vote := c.aTask(casework.CastVote, p.ID)
	c.asks(vote)
	c.applied(c.transition(completing(c.does(p, vote, casework.Recuse, nil)), func(t *casework.Transition) { t.Request.Recused = append(t.Request.Recused, p.ID) }))
	return p
}

func TestOneWaitsForOthersInTheRequestsThatOneRuns(t *testing.T) {
	r := aRoom(t)
	officer, other := r.officer(), r.staff("other", casework.CaseOfficer)
	c := r.aRequest(func(t *casework.Transition) { t.Request.Officer = officer.ID })
	c.asks(c.aTask(casework.AgreeSupport), c.aTask(casework.AssessEligibility)) // the second: anyone of the officer's role
	awaited, all, err := r.Awaited(t.Context(), officer)
	r.must(err)
	if all != 1 || len(awaited) != 1 || awaited[0].Kind != casework.AgreeSupport {
		t.Errorf("the officer waits for %v, want the government's agreement alone", awaited)
	}
	if none, _, err := r.Awaited(t.Context(), other); err != nil || len(none) != 0 {
		t.Errorf("somebody else waits for %v, %v", none, err)
	}
}

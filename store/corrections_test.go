package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

func TestTheTrailKeepsWhatWasAndWhatIs(t *testing.T) {
	c := aRoom(t).aRequest()
	officer := c.officer()
	task := c.aTask(casework.CorrectFacts, officer.ID)
	c.asks(task)
	wrong, right := c.guest(casework.Government, "", "ndapewa@ministry.example"), c.guest(casework.Government, "", "tjizembua@ministry.example")
	a := c.does(officer, task, casework.CorrectOut, casework.Values{"country": "ZM", "contactEmail": "tjizembua@ministry.example",
		"disciplines": []any{"tax", "law"}, "reason": "Another ministry asks."})
	c.applied(c.transition(completing(a)))

	row := c.row()
	same(t, "facts", []string{row.Country, row.ContactEmail, row.Institution}, []string{"ZM", "tjizembua@ministry.example", "Ministry of Mines"})
	said := map[string]string{}
	for _, e := range c.trailFor(officer) {
		if e.What == casework.TrailFactCorrected || e.What == string(casework.CorrectFacts) {
			said[strings.TrimSpace(e.What+" "+e.Outcome)] = e.ActorName + ": " + e.Reason
		}
	}
	same(t, "the trail", said, map[string]string{
		"correct-facts correct":       "officer: Another ministry asks.",
		"fact-corrected country":      "officer: NA → ZM",
		"fact-corrected contactEmail": "officer: Ndapewa@ministry.example → tjizembua@ministry.example",
		"fact-corrected disciplines":  "officer: – → tax, law",
	})
	if _, err := c.LinkByHash(t.Context(), casework.TokenHash(wrong.Link.ID)); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the link that went to the wrong address: %v", err)
	}
	if _, err := c.LinkByHash(t.Context(), casework.TokenHash(right.Link.ID)); err != nil {
		t.Errorf("the link of the right address: %v", err)
	}
}

// An activity moves a deadline because of what the case officer decided on the request: the trail names them and not a
// clock, with their reason.
func TestWhatFollowsInAnActivityIsItsActors(t *testing.T) {
	c := aRoom(t).aRequest()
	officer := c.officer()
	task, checkIn := c.aTask(casework.MoveDeadline, officer.ID), c.aTask(casework.CheckIn, officer.ID)
	checkIn.Activity = 1
	c.asks(task, checkIn)
	name := casework.Deadline{Task: checkIn.ID, Activity: 1}.Name()
	a := c.does(officer, task, casework.MoveOut, casework.Values{"task": name, "dueOn": "2026-04-01", "reason": "The expert travels."})
	c.applied(c.transition(completing(a)))
	checkIn.Clock.Move(casework.DueOn("2026-04-01"), checkIn.Rhythm(), begin)
	c.applied(c.transition(func(t *casework.Transition) {
		t.OfActivity, t.Because, t.Changed = 1, a.ID, []casework.Task{checkIn}
		t.Entries = []casework.Entry{{What: casework.TrailDeadlineMoved, Outcome: "2026-03-09/2026-04-01", Task: checkIn.ID}}
	}))

	entries := c.trailFor(officer)
	last := entries[len(entries)-1]
	same(t, "the last line", []string{last.What, last.Outcome, last.Reason, last.ActorName, string(last.TaskKind)},
		[]string{"deadline-moved", "2026-03-09/2026-04-01", "The expert travels.", "officer", "check-in"})
	seen, err := c.Task(t.Context(), officer, checkIn.ID)
	c.must(err)
	if seen.DueAt == nil || casework.DateOf(*seen.DueAt) != "2026-04-01" || seen.Clock.Moves != 1 {
		t.Errorf("the check-in is due %v, its clock is %+v", seen.DueAt, seen.Clock)
	}
}

func TestDeadlinesThatMayBeMovedAreOffered(t *testing.T) {
	c := aRoom(t).aRequest()
	officer := c.officer()
	task, scope, vote := c.aTask(casework.MoveDeadline, officer.ID), c.aTask(casework.DiscussScope, officer.ID), c.aTask(casework.CastVote, "somebody")
	letter, done, checkIn := c.aTask(casework.SubmitRequestLetter), c.aTask(casework.ConcludeDueDiligence, officer.ID), c.aTask(casework.CheckIn, officer.ID)
	checkIn.Activity = 2
	c.asks(task, scope, vote, letter, done, checkIn, c.aTask(casework.Withdraw))
	c.applied(c.transition(completing(c.does(officer, done, casework.Recommend, nil))))
	c.aRequest(opening(c.aTask(casework.DiscussScope, "of another case")))

	seen, err := c.Task(t.Context(), officer, task.ID)
	c.must(err)
	basis, err := c.FormContext(t.Context(), officer, seen)
	c.must(err)
	same(t, "deadlines", basis.Context.Deadlines, []casework.Deadline{
		{Task: checkIn.ID, Kind: casework.CheckIn, Activity: 2, Due: casework.DateOf(begin.AddDate(0, 0, 7))},
		{Task: scope.ID, Kind: casework.DiscussScope, Due: casework.DateOf(begin.Add(14 * 24 * time.Hour))},
	})
}

package store_test

import (
	"testing"

	"connex/casework"
)

func TestCheckInsOfAllCases(t *testing.T) {
	r := aRoom(t)
	officer, colleague := r.officer(), r.staff("colleague", casework.CaseOfficer)
	c, other := r.aRequest(), r.aRequest()
	leila := r.expert("leila")
	guest := c.guest(casework.Expert, leila.ID, "leila@experts.example")
	of := func(c request, kind casework.TaskKind, holder casework.PersonID, activity int, days int) casework.Task {
		task := c.aTask(kind, holder)
		task.Activity, task.Role = activity, map[bool]casework.Role{true: casework.Expert, false: casework.CaseOfficer}[kind == casework.ReportActivity]
		task.Clock.Due = begin.AddDate(0, 0, days)
		return task
	}
	first, later := of(c, casework.CheckIn, officer.ID, 1, 5), of(other, casework.CheckIn, officer.ID, 2, 3)
	early, again, moves := of(c, casework.ReportActivity, leila.ID, 1, 2), of(c, casework.ReportActivity, leila.ID, 1, 9), c.aTask(casework.MoveDeadline, officer.ID)
	c.asks(first, early, again, moves, of(c, casework.CheckIn, colleague.ID, 3, 1), of(c, casework.ReportActivity, leila.ID, 7, 1))
	other.asks(later)
	c.applied(c.transition(completing(c.does(guest, early, casework.Reported, casework.Values{"progress": "Begun."}))))
	c.applied(c.transition(completing(c.does(guest, again, casework.Reported, casework.Values{"progress": "The model stands.", "daysSpent": 3.0}))))
	mark, err := r.SaveDraft(t.Context(), officer, later.ID, "", casework.Values{"progress": "Half a sentence"})
	r.must(err)

	list, err := r.CheckIns(t.Context(), officer)
	r.must(err)
	if len(list) != 2 || list[0].ID != later.ID || list[1].ID != first.ID {
		t.Fatalf("the check-ins are %+v", list)
	}
	same(t, "what was left unfinished", list[0].Draft, casework.Values{"progress": "Half a sentence"})
	same(t, "its mark", []string{list[0].DraftMark, list[1].DraftMark}, []string{mark, ""})
	same(t, "the reports", list[1].Reports, []casework.ExpertReport{{Name: guest.Name, Form: casework.Values{"outcome": "reported", "progress": "The model stands.", "daysSpent": 3.0}}})
	if list[1].MovesWith != moves.ID || list[0].MovesWith != "" || list[1].Last != nil {
		t.Errorf("moved with %q and %q, last time %v", list[1].MovesWith, list[0].MovesWith, list[1].Last)
	}
	if mine, err := r.CheckIns(t.Context(), colleague); err != nil || len(mine) != 1 {
		t.Errorf("the colleague has %d check-ins, %v", len(mine), err)
	}
	colleague.StandsFor = []casework.PersonID{officer.ID}
	if both, err := r.CheckIns(t.Context(), colleague); err != nil || len(both) != 3 {
		t.Errorf("the substitute has %d check-ins, %v", len(both), err)
	}
}

package workflows

import (
	"testing"

	"connex/casework"
)

// handsOver sends what an administrator does when somebody leaves.
func (r *tester) handsOver(role casework.Role, kind casework.TaskKind, task casework.Task, to casework.PersonID) *casework.Refusal {
	r.t.Helper()
	r.n++
	d := casework.Decision{Action: casework.ActionID("leaving-" + string(kind) + "-" + string(task.ID) + "-" + string(role)), Task: task.ID, Kind: kind, Outcome: casework.Outcome(kind),
		Actor: "admin", Role: role, At: r.now}
	if to != "" {
		d.Carried = values{"to": string(to)}
	}
	return r.tell(event{decision: &d})
}

func TestAnAdministratorHandsOverWhatSomebodyHolds(t *testing.T) {
	r := aRequest(t).toDueDiligence()
	check := *r.open(casework.CheckIntegrity)
	take := casework.Decision{Action: "take", Task: check.ID, Kind: casework.Take, Outcome: casework.TakeOut, Actor: reviewer, Role: casework.Reviewer, At: r.now}
	if refusal := r.tell(event{decision: &take}); refusal != nil {
		t.Fatal(refusal.Why.ID)
	}
	withdraw := *r.open(casework.Withdraw)
	for name, refused := range map[string]*casework.Refusal{
		"takes a task":                    r.handsOver(casework.Administrator, casework.Take, check, ""),
		"gives back as an auditor":        r.handsOver(casework.Auditor, casework.GiveBack, check, ""),
		"hands a request over as auditor": r.handsOver(casework.Auditor, casework.Reassign, withdraw, officer2),
	} {
		if refused == nil {
			t.Errorf("who %s is not refused", name)
		}
	}
	if refusal := r.handsOver(casework.Administrator, casework.GiveBack, check, ""); refusal != nil {
		t.Errorf("the check is not given back: %s", refusal.Why.ID)
	}
	if got := r.open(casework.CheckIntegrity); got.Holder != "" || got.TakenBy {
		t.Errorf("it waits for %q", got.Holder)
	}
	if refusal := r.handsOver(casework.Administrator, casework.Reassign, withdraw, officer2); refusal != nil {
		t.Errorf("the request is not handed over: %s", refusal.Why.ID)
	}
	if r.s.Dossier.Officer != officer2 {
		t.Errorf("the case officer is %s", r.s.Dossier.Officer)
	}
}

func TestAVoteIsNobodyElses(t *testing.T) {
	r := aRequest(t).toBoard()
	vote := *r.open(casework.CastVote, "board1")
	if r.handsOver(casework.Administrator, casework.Reassign, vote, "board2") == nil || r.handsOver(casework.Administrator, casework.GiveBack, vote, "") == nil {
		t.Error("a vote was handed over")
	}
	if got := r.open(casework.CastVote, "board1"); got == nil || got.Holder != "board1" {
		t.Errorf("it waits for %+v", got)
	}
}

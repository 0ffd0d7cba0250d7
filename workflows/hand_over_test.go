package workflows

import (
	"testing"

	"connex/casework"
)

// Who gets a task and who had it are told, but for whoever did it themselves.
func TestBothSidesOfAHandOverAreTold(t *testing.T) {
	for actor, want := range map[casework.PersonID]int{head: 2, reviewer: 1} {
		r := aRequest(t).toDueDiligence()
		check := *r.open(casework.CheckIntegrity)
		take := casework.Decision{Action: "take", Task: check.ID, Kind: casework.Take, Outcome: casework.TakeOut, Actor: reviewer, Role: casework.Reviewer, At: r.now}
		pass := casework.Decision{Action: "pass", Task: check.ID, Kind: casework.Reassign, Outcome: casework.ReassignOut, Actor: actor, Role: casework.Head, At: r.now,
			Carried: values{"to": "reviewer2"}}
		for _, d := range []casework.Decision{take, pass} {
			if refusal := r.tell(event{decision: &d}); refusal != nil {
				t.Fatal(refusal.Why.ID)
			}
		}
		if got := r.mails("reassigned"); got != want || r.open(casework.CheckIntegrity).Holder != "reviewer2" {
			t.Errorf("passed on by %s, %d are told, want %d", actor, got, want)
		}
	}
}

func TestATaskChangesHandsButNotItsClock(t *testing.T) {
	r := aRequest(t)
	task := *r.open(casework.AssessEligibility)
	hand := func(kind casework.TaskKind, who casework.PersonID) *casework.Refusal {
		r.n++
		return r.tell(event{decision: &casework.Decision{Action: casework.ActionID(nth(r.n)), Task: task.ID, Kind: kind,
			Outcome: casework.Outcome(kind), Actor: who, Role: casework.CaseOfficer, At: r.now}})
	}
	if refusal := hand(casework.Take, officer2); refusal != nil {
		t.Fatal(refusal.Why.ID)
	}
	if refusal := r.tries(officer, casework.AssessEligibility, casework.Eligible); refusal == nil || refusal.Rule != casework.RuleTaken {
		t.Fatalf("somebody else did a taken task: %v", refusal)
	}
	if got := r.open(casework.AssessEligibility).Clock; mustJSON(got) != mustJSON(task.Clock) {
		t.Errorf("the clock began anew: %v, was %v", got, task.Clock)
	}
	if refusal := hand(casework.GiveBack, officer); refusal == nil {
		t.Error("somebody else gave it back")
	}
	if refusal := hand(casework.GiveBack, officer2); refusal != nil {
		t.Fatal(refusal.Why.ID)
	}
	r.does(officer, casework.AssessEligibility, casework.Eligible)
}

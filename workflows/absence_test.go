package workflows

import (
	"testing"

	"connex/casework"
)

// inPlace lets somebody decide in the place of another.
func (r *tester) inPlace(who, of casework.PersonID, task casework.Task, outcome casework.Outcome, carried values) *casework.Refusal {
	r.t.Helper()
	r.n++
	return r.tell(event{decision: &casework.Decision{Action: casework.ActionID(string(task.ID) + "-" + string(who) + "-" + string(of)), Task: task.ID, Kind: task.Kind,
		Outcome: outcome, Actor: who, Role: task.Role, For: of, At: r.now, Carried: carried}})
}

func TestASubstituteDecidesForWhoeverIsAway(t *testing.T) {
	r := aRequest(t)
	r.does(officer, casework.AssessEligibility, casework.Eligible, values{"country": "NA"})
	scope := *r.open(casework.DiscussScope)
	if r.inPlace(officer2, "", scope, casework.Proceed, nil) == nil || r.inPlace(officer2, head, scope, casework.Proceed, nil) == nil {
		t.Error("somebody did it in nobody's place, or in that of whom it does not wait for")
	}
	if refusal := r.inPlace(officer2, officer, scope, casework.Proceed, nil); refusal != nil {
		t.Fatal(refusal.Why.ID)
	}
	last := r.all[len(r.all)-1].Entries[0]
	if last.Person != officer || r.s.Dossier.Officer != officer {
		t.Errorf("the trail says for %q; the case officer is %s", last.Person, r.s.Dossier.Officer)
	}
}

func TestSeparationOfDutiesAsksWhoActs(t *testing.T) {
	r := aRequest(t).toBoard(casework.High) // the head counter-signed
	if refusal := casework.Barred(casework.ConcludeDueDiligence, r.s.Dossier, head); refusal == nil {
		t.Fatal("the head did not counter-sign")
	}
	r = aRequest(t).toDueDiligence()
	for i, check := range casework.Checks {
		rating, outcome := casework.Low, casework.Proceed
		if i == 0 {
			rating, outcome = casework.High, casework.WithConditions
		}
		r.does(reviewer, check, outcome, values{"rating": rating})
	}
	r.does(head, casework.CounterSignRating, casework.Agree)
	if r.inPlace(head, officer, *r.open(casework.ConcludeDueDiligence), casework.Recommend, nil) == nil {
		t.Error("who counter-signed concludes in the officer's place")
	}
}

func TestAVoteIsCastByNobodyElse(t *testing.T) {
	r := aRequest(t).toBoard()
	if r.inPlace("board2", "board1", *r.open(casework.CastVote, "board1"), casework.Approve, nil) == nil {
		t.Error("a vote was cast in the member's place")
	}
	if r.open(casework.CastVote, "board1") == nil {
		t.Error("it waits no more")
	}
}

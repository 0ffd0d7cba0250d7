package main

import (
	"testing"

	"connex/casework"
)

func TestAnOutcomeIsChosenOnlyWhereItIsOffered(t *testing.T) {
	early := task{Form: casework.Form{Fields: []casework.Field{{Name: "outcome", Options: []casework.Option{{Value: "ended-early"}}}}}}
	for outcome, offered := range map[casework.Outcome]bool{casework.Completed: false, casework.EndedEarly: true, "": true} {
		if got := early.offers(outcome); got != offered {
			t.Errorf("before its end date the activity offers %q: %v, want %v", outcome, got, offered)
		}
	}
}

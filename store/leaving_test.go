package store_test

import (
	"testing"

	"connex/casework"
	"connex/store"
)

// All that is held is held by one role: the request by the office, whatever the role of the task that takes it along.
func TestWhatIsHeldByARole(t *testing.T) {
	t.Parallel()
	held := store.Holdings{
		Requests: []store.Holding{{CaseNumber: "CNX-2026-0001", Role: casework.Government}},
		Tasks:    []store.Holding{{Kind: casework.CheckIntegrity, Role: casework.Reviewer}, {Kind: casework.AssessEligibility, Role: casework.CaseOfficer}},
		Votes:    []store.Holding{{Kind: casework.CastVote, Role: casework.BoardMember}},
	}
	for role, want := range map[casework.Role][3]int{casework.CaseOfficer: {1, 1}, casework.Reviewer: {0, 1}, casework.BoardMember: {0, 0, 1}, casework.Head: {}} {
		by := held.By(role)
		if got := [3]int{len(by.Requests), len(by.Tasks), len(by.Votes)}; got != want || by.None() != (want == [3]int{}) {
			t.Errorf("by the role %s: %v, want %v", role, got, want)
		}
	}
}

package casework_test

import (
	"testing"

	"connex/casework"

	"pgregory.net/rapid"
)

func TestInWhosePlaceSomebodyActs(t *testing.T) {
	away := []casework.PersonID{"ada", "ben"}
	for name, tt := range map[string]struct {
		kind   casework.TaskKind
		holder casework.PersonID
		want   casework.PersonID
	}{
		"the case officer's":          {casework.DiscussScope, "ada", "ada"},
		"one that was taken":          {casework.CheckIntegrity, "ben", "ben"},
		"the government's, on behalf": {casework.ProvideInformation, "ada", "ada"},
		"a role's":                    {casework.CheckIntegrity, "", ""},
		"somebody else's":             {casework.DiscussScope, "eve", ""},
		"a vote":                      {casework.CastVote, "ada", ""},
		"an expert's":                 {casework.SelfAssess, "ada", ""},
	} {
		if got := casework.InPlaceOf(tt.kind, tt.holder, away); got != tt.want {
			t.Errorf("%s is done in the place of %q, want %q", name, got, tt.want)
		}
	}
}

func TestWhichAbsencesAreTaken(t *testing.T) {
	for absence, want := range map[casework.Absence]string{
		{From: "2027-03-01", Until: "2027-03-14"}: "",
		{From: "2027-03-10", Until: "2027-03-10"}: "",
		{From: "2027-03-14", Until: "2027-03-01"}: casework.AbsenceBackwards,
		{From: "2027-03-01", Until: "2027-03-09"}: casework.AbsencePast,
		{From: "2027-03-01", Until: "2028-09-01"}: casework.AbsenceTooLong,
	} {
		if got := absence.Wrong("2027-03-10"); got != want {
			t.Errorf("%v is refused as %q, want %q", absence, got, want)
		}
	}
}

func TestAbsencesMeetBothWays(t *testing.T) {
	day := rapid.StringMatching(`2027-03-(0[1-9]|[12][0-9])`)
	absence := func(t *rapid.T, name string) casework.Absence {
		one, other := day.Draw(t, name+", a day"), day.Draw(t, name+", another")
		return casework.Absence{From: min(one, other), Until: max(one, other)}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := absence(t, "a"), absence(t, "b")
		shared := false
		for d := 1; d <= 29; d++ {
			on := casework.DateOf(casework.StartOf("2027-03-01").AddDate(0, 0, d-1))
			shared = shared || a.From <= on && on <= a.Until && b.From <= on && on <= b.Until
		}
		if a.Meets(b) != b.Meets(a) || a.Meets(b) != shared {
			t.Fatalf("%v and %v: %v, %v; they share a day: %v", a, b, a.Meets(b), b.Meets(a), shared)
		}
	})
}

func TestWhoCanStandIn(t *testing.T) {
	roles := func(r ...casework.Role) []casework.Role { return r }
	for name, tt := range map[string]struct {
		absent, substitute []casework.Role
		want               bool
	}{
		"two case officers":           {roles(casework.CaseOfficer), roles(casework.CaseOfficer, casework.Head), true},
		"a head for a case officer":   {roles(casework.CaseOfficer, casework.Head), roles(casework.Head), false},
		"two reviewers":               {roles(casework.Reviewer, casework.BoardMember), roles(casework.Reviewer), true},
		"members of the board":        {roles(casework.BoardMember), roles(casework.BoardMember), false},
		"administrators":              {roles(casework.Administrator), roles(casework.Administrator), false},
		"an evaluator for a reviewer": {roles(casework.Reviewer), roles(casework.Evaluator), false},
	} {
		if got := casework.CanStandIn(tt.absent, tt.substitute); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestByWhichRoleSomebodyStandsIn(t *testing.T) {
	both := []casework.Role{casework.Reviewer, casework.Head}
	for _, tt := range []struct {
		role               casework.Role
		absent, substitute []casework.Role
		want               bool
	}{
		{casework.Reviewer, []casework.Role{casework.Reviewer}, both, true},
		{casework.Head, []casework.Role{casework.Reviewer}, both, false},
		{casework.Head, both, both, false}, // they still can by the other one
		{casework.Reviewer, both, []casework.Role{casework.Reviewer, casework.Auditor}, true},
		{casework.CaseOfficer, []casework.Role{casework.CaseOfficer, casework.Reviewer}, []casework.Role{casework.CaseOfficer, casework.Reviewer}, true},
		{casework.Reviewer, []casework.Role{casework.CaseOfficer, casework.Reviewer}, []casework.Role{casework.CaseOfficer, casework.Reviewer}, false},
		{casework.Reviewer, []casework.Role{casework.Evaluator}, both, false},
	} {
		if got := casework.StandsInBy(tt.role, tt.absent, tt.substitute); got != tt.want {
			t.Errorf("%s of %v for %v: %v", tt.role, tt.substitute, tt.absent, got)
		}
	}
}

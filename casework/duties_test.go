package casework_test

import (
	"testing"

	"connex/casework"
)

func TestWhoMayNot(t *testing.T) {
	const me = casework.PersonID("me")
	did := func(kinds ...casework.TaskKind) casework.Dossier {
		d := casework.Dossier{Officer: "somebody"}
		for _, k := range kinds {
			d.Remember(casework.Act{Person: me, Kind: k})
			d.Remember(casework.Act{Person: "somebody", Kind: casework.DraftApproval})
		}
		return d
	}
	for name, tt := range map[string]struct {
		kind    casework.TaskKind
		dossier casework.Dossier
		refused string
	}{
		"sign, untouched":                        {casework.SignApproval, did(), ""},
		"sign one's own draft":                   {casework.SignApproval, did(casework.DraftApproval), "refusal.duties.drafted"},
		"sign one's own declining draft":         {casework.SignDeclining, did(casework.DraftDeclining), "refusal.duties.drafted"},
		"vote, untouched":                        {casework.CastVote, did(), ""},
		"vote after a check":                     {casework.CastVote, did(casework.CheckIntegrity), "refusal.duties.checked"},
		"vote after drafting":                    {casework.CastVote, did(casework.DraftApproval), ""},
		"counter-sign as case officer":           {casework.CounterSignRating, casework.Dossier{Officer: me}, "refusal.duties.officer"},
		"counter-sign one's own check":           {casework.CounterSignRating, did(casework.CheckConflict), ""},
		"conclude after counter-signing":         {casework.ConcludeDueDiligence, did(casework.CounterSignRating), "refusal.duties.counter-signed"},
		"anything in conflict":                   {casework.CheckIn, casework.Dossier{Conflicts: []casework.PersonID{me}}, "refusal.conflict"},
		"declare a conflict once more":           {casework.DeclareConflict, casework.Dossier{Conflicts: []casework.PersonID{me}}, ""},
		"anything while somebody else conflicts": {casework.CheckIn, casework.Dossier{Conflicts: []casework.PersonID{"other"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			refusal := casework.Barred(tt.kind, tt.dossier, me)
			switch {
			case refusal == nil && tt.refused != "":
				t.Errorf("not refused, want because of %q", tt.refused)
			case refusal != nil && refusal.Why.ID != tt.refused:
				t.Errorf("refused because %q, want %q", refusal.Why.ID, tt.refused)
			}
		})
	}
}

// Who counter-signed may take a request over once it is concluded, and not before.
func TestWhoMayBecomeCaseOfficer(t *testing.T) {
	signed := casework.Dossier{Acts: []casework.Act{{Person: "head", Kind: casework.CounterSignRating}}}
	for phase, barred := range map[casework.Phase]bool{casework.DueDiligence: true, casework.GovernanceDecision: false, casework.FirstInterest: false} {
		if refusal := casework.BarredFromOffice(phase, signed, "head"); (refusal != nil) != barred {
			t.Errorf("in %s: %v", phase, refusal)
		}
		if refusal := casework.BarredFromOffice(phase, signed, "officer"); refusal != nil {
			t.Errorf("somebody else in %s: %v", phase, refusal)
		}
	}
}

// Every kind has what the page, the clock and the API need of it.
func TestTheTableOfKindsIsWhole(t *testing.T) {
	for _, k := range casework.AllKinds() {
		kind, _ := casework.KindOf(k)
		if kind.Role == "" || kind.Holding == "" || len(kind.Outcomes) == 0 {
			t.Errorf("%s lacks a role, a holder or outcomes", k)
		}
		if !kind.Standing && len(rhythmOf(k)) == 0 {
			t.Errorf("%s waits, and nobody is reminded", k)
		}
		fields := casework.FieldsOf(k)
		if k != casework.ProposeChange && fields[0].Name != "outcome" {
			t.Errorf("the first field of %s is %s", k, fields[0].Name)
		}
		seen := map[string]bool{}
		for _, f := range fields {
			if seen[f.Name] {
				t.Errorf("%s asks twice for %s", k, f.Name)
			}
			seen[f.Name] = true
			if f.Carried && (f.Type == casework.Text && f.Name != "version" || f.Type == casework.LongText || f.Type == casework.Texts) {
				t.Errorf("%s carries the text %s into history", k, f.Name)
			}
		}
	}
}

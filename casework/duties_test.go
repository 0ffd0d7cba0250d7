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

// Whoever reads why a task cannot be given to somebody is not who is barred.
func TestWhoMayNotBeGivenATask(t *testing.T) {
	const me = casework.PersonID("me")
	signed := casework.Part{Person: me, Did: []casework.TaskKind{casework.CounterSignRating}}
	for name, tt := range map[string]struct {
		kind    casework.TaskKind
		phase   casework.Phase
		part    casework.Part
		officer casework.PersonID
		refused string
	}{
		"a check, untouched":                           {casework.CheckConflict, casework.DueDiligence, casework.Part{Person: me}, "somebody", ""},
		"a check in conflict":                          {casework.CheckConflict, casework.DueDiligence, casework.Part{Person: me, Conflict: true}, "somebody", "refusal.receiver-conflict"},
		"the request in conflict":                      {casework.SubmitRequestLetter, casework.FormalRequest, casework.Part{Person: me, Conflict: true}, "somebody", "refusal.receiver-conflict"},
		"a letter that one drafted":                    {casework.SignApproval, casework.Agreement, casework.Part{Person: me, Did: []casework.TaskKind{casework.DraftApproval}}, "somebody", "refusal.duties.drafted"},
		"the ratings of one's own request":             {casework.CounterSignRating, casework.DueDiligence, casework.Part{Person: me}, me, "refusal.duties.officer"},
		"the request before what one signed is done":   {casework.DiscussScope, casework.DueDiligence, signed, "somebody", "refusal.duties.counter-signed"},
		"what one signed":                              {casework.ConcludeDueDiligence, casework.GovernanceDecision, signed, "somebody", "refusal.duties.counter-signed"},
		"the request once what one signed is done":     {casework.DiscussScope, casework.GovernanceDecision, signed, "somebody", ""},
		"the government's, which goes with the office": {casework.ProvideInformation, casework.DueDiligence, signed, "somebody", "refusal.duties.counter-signed"},
	} {
		t.Run(name, func(t *testing.T) {
			refusal := casework.BarredFromReceiving(tt.kind, tt.phase, tt.part.In(tt.officer), me)
			switch {
			case refusal == nil && tt.refused != "":
				t.Errorf("not refused, want because of %q", tt.refused)
			case refusal != nil && (refusal.Why.ID != tt.refused || !refusal.OfReceiver()):
				t.Errorf("refused by %s because %q, want %q", refusal.Rule, refusal.Why.ID, tt.refused)
			}
		})
	}
}

func TestToWhomATaskCanBeGiven(t *testing.T) {
	for kind, want := range map[casework.TaskKind]casework.Role{casework.CheckPartners: casework.Reviewer, casework.DiscussScope: casework.CaseOfficer,
		casework.AgreeSupport: casework.CaseOfficer, casework.Withdraw: casework.CaseOfficer, casework.CorrectFacts: casework.CaseOfficer,
		casework.CastVote: "", casework.Suspend: "", casework.DeclareConflict: "", casework.SelfAssess: ""} {
		if got := casework.ReceivingRole(kind); got != want {
			t.Errorf("%s can be given to %q, want %q", kind, got, want)
		}
	}
}

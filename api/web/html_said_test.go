package web_test

import (
	"testing"
	"time"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

func TestWhatWasDisclosedIsTheHeadsAloneAndOthersHearThatThereIsSomething(t *testing.T) {
	t.Parallel()
	action := store.Action{Kind: casework.DeclareInterests, Outcome: casework.Disclose, Role: casework.Expert,
		Form: casework.Values{"outcome": string(casework.Disclose), "disclosure": "I hold shares."}}
	for role, told := range map[casework.Role]bool{casework.Head: true, casework.Auditor: false, casework.CaseOfficer: false} {
		said := web.SaidIn(words.In("en"), action, time.Now(), web.Known{}, store.Person{Roles: []casework.Role{role}})
		if (len(said.Lines) == 1) != told || said.Withheld == told {
			t.Errorf("%s: %d lines, withheld %t", role, len(said.Lines), said.Withheld)
		}
	}
}

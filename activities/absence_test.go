package activities

import (
	"slices"
	"strings"
	"testing"
	"time"

	"connex/casework"
	"connex/store"

	"github.com/google/uuid"
)

func TestMailsGoToTheSubstituteToo(t *testing.T) {
	b := atWork(t, nil)
	substitute := b.account("substitute", casework.CaseOfficer)
	b.account("other", casework.CaseOfficer)
	today := casework.DateOf(time.Now())
	b.must(b.store.InHouse(t.Context(), b.officer.Person(), func(h *store.House) error {
		return h.AddAbsence(t.Context(), store.Absence{ID: uuid.NewString(), Account: b.officer.ID, Substitute: substitute.ID, From: today, Until: today})
	}))
	scope, vote := b.task(casework.DiscussScope, b.officer.ID), b.task(casework.CastVote, b.officer.ID)
	scope.Clock.Struck, vote.Role = 1, casework.CaseOfficer
	ids := b.apply(casework.Transition{ID: "opens", Open: []casework.Task{scope, vote}, Mails: []casework.Mail{
		{Template: "task", Key: "scope", To: casework.CaseOfficer, Person: b.officer.ID, Task: scope.ID},
		{Template: "task", Key: "vote", To: casework.CaseOfficer, Person: b.officer.ID, Task: vote.ID},
		{Template: "reminder", Key: "reminder", To: casework.CaseOfficer, Person: b.officer.ID, Task: scope.ID}}})
	if got := b.addressees(ids); !slices.Equal(got, []string{"officer", "officer", "officer", "substitute", "substitute"}) {
		t.Fatalf("goes to %v", got)
	}
	for _, id := range ids {
		m := b.mail(id)
		text := casework.OneLine(m.Text)
		if said := strings.Contains(text, "because you stand in for officer"); m.Template == "task" && said != (m.Person == substitute.ID) {
			t.Errorf("%s reads:\n%s", m.Address, m.Text)
		}
		if m.Template == "reminder" && !strings.Contains(text, "discuss scope") {
			t.Errorf("%s is reminded of:\n%s", m.Address, m.Text)
		}
	}
}

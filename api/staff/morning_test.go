package staff_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"connex/casework"
	"connex/store"
)

func TestAHeadsMorning(t *testing.T) {
	h := aHouse(t)
	n, officer := h.Request(), h.Account("officer")
	b := as(t, h, "head")
	b.Get("/").Says("Morning")
	b.Get("/morning").Says("To sign 0", "No letter waits for a signature.", "Nothing waits for your decision.", "No government that we wait for has been silent",
		"Somebody can do each task that waits.", "No task waits so long that it was escalated.")
	sign := h.Open(n, casework.SignApproval, "", dueIn(-1))
	h.Open(n, casework.SettleVote, "", dueIn(3))
	h.Open(n, casework.DiscussScope, officer.ID, dueIn(-40), func(t *casework.Task) { t.Clock.Struck = 4 })
	h.Open(n, casework.PlanMission, "somebody who has left", dueIn(5))
	morning := b.Get("/morning").Says("To sign 1", "Sign the approval letter", "overdue", "To decide 1", "Settle how the vote goes on", "Escalated 1", "Discuss scope and content",
		"Tasks that nobody can do 1", "Plan the scoping mission", "no account that is active has this role", string(n), "Guinea")
	if link := morning.Link("Sign the approval letter"); link != "/tasks/"+string(sign) {
		t.Errorf("signing leads to %s", link)
	}
	morning.SaysNot("Read the letter")
	as(t, h, "officer").Get("/").SaysNot("Morning")
	as(t, h, "officer").Get("/morning").Answers(403)
}

func TestAHeadReadsALetterBeforeSigningIt(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "head")
	drafted := casework.ActionID(uuid.NewString())
	sign := "/tasks/" + string(h.Open(n, casework.SignApproval, "", func(t *casework.Task) { t.About = []casework.ActionID{drafted} }))
	draft, err := h.Store.AddDocument(t.Context(), store.NewDocument{CaseNumber: n, Kind: store.Draft, Key: casework.DraftKey(drafted), Title: "Draft: approval letter",
		Name: "approval-draft.pdf", MediaType: "application/pdf", Body: []byte("%PDF"), By: h.Account("officer"), Role: casework.CaseOfficer})
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"/morning", sign} {
		link := b.Get(page).Link("Read the letter")
		if !strings.Contains(link, draft.ID) {
			t.Errorf("on %s the letter is at %s, want %s", page, link, draft.ID)
		}
	}
	token := h.Government(n)
	as(t, h, "officer").Get("/p/" + token).SaysNot("Draft: approval letter")
}

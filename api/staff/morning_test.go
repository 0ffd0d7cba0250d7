package staff_test

import (
	"testing"

	"connex/casework"
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
	as(t, h, "officer").Get("/").SaysNot("Morning")
	as(t, h, "officer").Get("/morning").Answers(403)
}

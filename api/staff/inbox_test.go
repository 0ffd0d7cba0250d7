package staff_test

import (
	"testing"
	"time"

	"connex/casework"
)

func dueIn(days int) func(*casework.Task) {
	return func(t *casework.Task) { t.Clock.Due = time.Now().AddDate(0, 0, days) }
}

func TestTheInboxShowsWhatWaits(t *testing.T) {
	h := aHouse(t)
	n, officer := h.Request(), h.Account("officer")
	b := as(t, h, "officer")
	b.Get("/").Says("Nothing waits for you or your roles.")
	h.Open(n, casework.AssessEligibility, "", dueIn(30))
	h.Open(n, casework.DiscussScope, officer.ID, dueIn(-2))
	h.Open(n, casework.AnswerGovernment, officer.ID, dueIn(3))
	h.Open(n, casework.AgreeSupport, "")
	inbox := b.Get("/").Says("Overdue 1", "Due within seven days 1", "Later 1", "Guinea", string(n), "Discuss scope and content", "It waits for your role: Case officer.")
	inbox.Says("3 tasks wait for you or your roles.", "One of them is overdue.", "What you wait for from others 1", "Our suggestions for your support", "This is your first visit.")
	as(t, h, "reviewer").Get("/").Says("Nothing waits for you").SaysNot("Discuss scope")
}

func TestTakingATaskAndGivingItBack(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := waiting(h, n, casework.AssessEligibility)
	officer, colleague := as(t, h, "officer"), as(t, h, "officer2")
	stale := colleague.Get("/")
	if taken := officer.Submit(officer.Get("/"), task+"/take", nil).Answers(200).Says("Done."); taken.Path[:len(task)] != task {
		t.Errorf("taking leads to %s", taken.Path)
	}
	officer.Get("/").Says("You have taken it.", "Give it back")
	colleague.Submit(stale, task+"/take", nil).Answers(409).Says("Somebody else has taken this task already")
}

func TestWhoSeesNoRequestBeginsWithTheAdministration(t *testing.T) {
	h := aHouse(t)
	h.Request()
	if page := as(t, h, "admin").Get("/").Answers(200); page.Path != "/admin" {
		t.Errorf("an administrator begins at %s, want /admin", page.Path)
	}
}

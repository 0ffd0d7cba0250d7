package staff_test

import (
	"fmt"
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
	inbox.Says("3 tasks wait for you or your roles.", "One of them is overdue.", "What you wait for from others 1", "The government's answer to our suggestions", "This is your first visit.")
	as(t, h, "reviewer").Get("/").Says("Nothing waits for you").SaysNot("Discuss scope")
}

// However many pages there are, each says how much there is.
func TestTheInboxCountsWhatStandsOnItsOtherPages(t *testing.T) {
	h := aHouse(t)
	n, officer := h.Request(), h.Account("officer")
	var mine, theirs []casework.Task
	for i := range 130 {
		if i < 60 {
			task := h.Task(casework.AnswerGovernment, officer.ID)
			dueIn(i - 55)(&task)
			mine = append(mine, task)
		}
		theirs = append(theirs, h.Task(casework.CheckIntegrity, ""))
	}
	happens(t, h, n, func(t *casework.Transition) { t.Open = append(mine, theirs...) })
	b := as(t, h, "officer")
	first := b.Get("/").Says("60 tasks wait for you or your roles.", "56 of them are overdue.", "What you wait for from others 130", "the first 100 of 130")
	b.Get(first.Link("Next")).Says("60 tasks wait for you or your roles.", "56 of them are overdue.")
	b.Get(first.Link("All requests that you run")).Says(string(n), "1 request")
}

// What is not told is counted: of a request, and of those of which nothing is told.
func TestTheNewsSayHowMuchMoreThereIs(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "officer")
	b.Get("/")
	if _, err := h.Store.DB().ExecContext(t.Context(), `UPDATE visits SET seen_at = now() - interval '1 hour', last_at = now() - interval '2 hours'`); err != nil {
		t.Fatal(err)
	}
	quiet, busy := h.Request(), h.Request()
	for range 40 {
		happens(t, h, busy, func(t *casework.Transition) { t.Entries = []casework.Entry{{What: casework.TrailDeadlineMoved}} })
	}
	news, err := h.Store.News(t.Context(), h.Account("officer"), time.Now().Add(-time.Hour))
	if err != nil || len(news) != 30 || news[0].CaseNumber != busy || news[0].InCase < 40 || news[0].All != news[0].InCase+1 {
		t.Fatalf("the news are %d, first %+v, %v", len(news), news[0], err)
	}
	b.Get("/").Says(fmt.Sprintf("and %d more in this request", news[0].InCase-4), "One more thing was done in another request.").SaysNot(string(quiet))
}

func TestTakingATaskAndGivingItBack(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := waiting(h, n, casework.AssessEligibility)
	officer, colleague := as(t, h, "officer"), as(t, h, "officer2")
	stale := colleague.Get("/")
	if taken := officer.Submit(officer.Get("/"), task+"/take", nil).Answers(200).Says("Done.", "It waits for you now, and nobody else is asked for it."); taken.Path[:len(task)] != task {
		t.Errorf("taking leads to %s", taken.Path)
	}
	officer.Get("/").Says("You have taken it.", "Give it back")
	colleague.Submit(stale, task+"/take", nil).Answers(409).Says("Somebody else has taken this task already")
	colleague.Get(task).SaysNot("Give it back")
	officer.Submit(officer.Get(task), task+"/give-back", nil).Answers(200).Says("Done.")
	officer.Get(task).SaysNot("Give it back")
	colleague.Get(task).Says("Case officer, whoever takes it first")
}

func TestWhoSeesNoRequestBeginsWithTheAdministration(t *testing.T) {
	h := aHouse(t)
	h.Request()
	if page := as(t, h, "admin").Get("/").Answers(200); page.Path != "/admin" {
		t.Errorf("an administrator begins at %s, want /admin", page.Path)
	}
}

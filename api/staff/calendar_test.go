package staff_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/api/pagetest"
	"connex/casework"
	"connex/store"
)

func dueOn(day string) func(*casework.Task) {
	return func(t *casework.Task) { t.Clock.Due = casework.StartOf(day).Add(12 * time.Hour) }
}

func TestTheCalendar(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	officer := h.Account("officer")
	mine := h.Open(n, casework.DiscussScope, officer.ID, dueOn("2031-05-06"))
	for range 6 {
		h.Open(n, casework.CheckConflict, "", dueOn("2031-05-31"))
	}
	h.Open(n, casework.CheckConflict, "", dueOn("2031-04-30"))
	b := as(t, h, "officer")
	month := b.Get("/calendar?month=2031-05").Says("May 2031", "Monday", "Discuss scope and content").SaysNot("Check conflict", "before this month")
	if month.Link("Discuss scope") != "/tasks/"+string(mine) {
		t.Errorf("my task leads to %s", month.Link("Discuss scope"))
	}
	all := b.Get(month.Link("Everybody's")).Says("May 2031", "Check conflict", "and 2 more", "1 task was due before this month")
	if all.Link("Check conflict") != "/requests/"+string(n) {
		t.Errorf("somebody else's task leads to %s", all.Link("Check conflict"))
	}
	day := b.Get(all.Link("and 2 more")).Says("Saturday, 31 May 2031", "Guinea").SaysNot("Discuss scope")
	if got := strings.Count(day.Text(), "Check conflict"); got != 6 {
		t.Errorf("of six on that day %d are shown", got)
	}
	b.Get(all.Link("Show them")).Says("Wednesday, 30 April 2031", "Tuesday, 6 May 2031", "Saturday, 31 May 2031")
	b.Get(month.Link("Month after")).Says("June 2031", "Nothing is due in this month.", "The one before is due in May 2031.", "1 task was due before this month")
	b.Get(b.Get("/calendar").Says("Nothing is due in this month.").Link("The next is due in May 2031.")).Says("Discuss scope")
	for _, nonsense := range []string{"?month=x", "?month=0000-01", "?month=99999-01", "?view=list&day=2026-02-31", "?view=list&after=x&who=%27"} {
		b.Get("/calendar" + nonsense).Answers(200)
	}
	as(t, h, "admin").Get("/calendar?who=all&view=list").Says("Nothing is due.")
}

// aFastRequest has days of a second: its calendar is years ahead of ours.
func aFastRequest(t *testing.T, h *apitest.House) casework.CaseNumber {
	t.Helper()
	a, err := h.Store.StartRequest(t.Context(), store.NewRequest{ID: casework.ActionID(uuid.NewString()), Role: casework.Anyone,
		Form: casework.Values{"institution": "Secret ministry", "contactName": "Fatou", "country": "GN"}, Calendar: casework.Calendar{Start: time.Now().Add(-time.Hour), DayLength: time.Second}})
	if err != nil {
		t.Fatal(err)
	}
	decision := a.Decision()
	h.Temporal.Happen(t, casework.Transition{ID: string(a.CaseNumber) + "/start", CaseNumber: a.CaseNumber, Workflow: string(a.CaseNumber), At: time.Now(), Decision: &decision,
		Entries: []casework.Entry{{What: casework.TrailRequestStarted}}})
	return a.CaseNumber
}

func TestACalendarProgramReadsWhatIsDue(t *testing.T) {
	h := aHouse(t)
	n := aFastRequest(t, h)
	h.Open(n, casework.DiscussScope, h.Account("officer").ID, dueOn("2036-05-06"))
	h.Open(n, casework.CheckConflict, "", dueOn("2036-05-07"))
	b := as(t, h, "officer")
	page := b.Submit(b.Get("/calendar"), "/calendar/feed", nil).Says("This address is new.")
	address := feedAddress(t, page)
	if again := feedAddress(t, b.Get("/calendar")); again != address {
		t.Errorf("the address is %s, then %s", address, again)
	}
	stranger := h.Stranger()
	feed := stranger.Get(address)
	if feed.Status != http.StatusOK || !strings.HasPrefix(feed.Header.Get("Content-Type"), "text/calendar") {
		t.Fatalf("the feed answers %d %s", feed.Status, feed.Raw)
	}
	calendar, err := ics.ParseCalendar(strings.NewReader(string(feed.Raw)))
	if err != nil || len(calendar.Events()) != 1 {
		t.Fatalf("the calendar: %v\n%s", err, feed.Raw)
	}
	event := calendar.Events()[0]
	for property, want := range map[ics.ComponentProperty]string{ics.ComponentPropertySummary: string(n) + " Discuss scope and content",
		ics.ComponentPropertyDtStart: "20360506", ics.ComponentPropertyDtEnd: "20360507"} {
		if got := event.GetProperty(property).Value; got != want {
			t.Errorf("%s is %q, want %q", property, got, want)
		}
	}
	for _, secret := range []string{"ministry", "Fatou", "Guinea", "/tasks/"} {
		if strings.Contains(string(feed.Raw), secret) {
			t.Errorf("the feed tells of %s", secret)
		}
	}
	renewed := feedAddress(t, b.Submit(page, "/calendar/feed", nil))
	for path, want := range map[string]int{address: 404, renewed: 200, renewed[:len(renewed)-5] + "x.ics": 404, strings.TrimSuffix(renewed, ".ics"): 404, "/calendar/feed/.ics": 404} {
		if got := stranger.Get(path).Status; got != want {
			t.Errorf("%s answers %d, want %d", path, got, want)
		}
	}
	b.Submit(b.Get("/calendar"), "/calendar/feed/delete", nil).Says("Make a secret address").SaysNot("Your secret address")
	if got := stranger.Get(renewed).Status; got != http.StatusNotFound {
		t.Errorf("revoked, it answers %d", got)
	}
	as(t, h, "admin").Post("/calendar/feed", url.Values{}).Answers(http.StatusForbidden)
}

// feedAddress is the path of the address that the page shows.
func feedAddress(t *testing.T, p *pagetest.Page) string {
	t.Helper()
	_, rest, _ := strings.Cut(p.Body, `value="http://connex.test`)
	path, _, _ := strings.Cut(rest, `"`)
	if !strings.HasPrefix(path, "/calendar/feed/") || len(path) < 50 {
		t.Fatalf("the page shows no address but %q", path)
	}
	return path
}

package staff_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/api/dispatch"
	"connex/api/pagetest"
	"connex/casework"
)

// aCase has something in each of its parts, and markup in each name.
func aCase(t *testing.T, h *apitest.House) casework.CaseNumber {
	t.Helper()
	n, err := h.Dispatch.Start(t.Context(), dispatch.FirstInterest{Person: h.Account("officer"), Key: uuid.NewString(), Values: casework.Values{
		"country": "GN", "institution": "Ministry " + evil, "contactName": "Fatou " + evil, "contactEmail": "fatou@ministry.example", "channel": "email",
		"language": "en", "sector": "mining", "resource": "gold", "negotiationStage": "pre", "summary": "A draft.\n" + evil}})
	if err != nil {
		t.Fatal(err)
	}
	ana := h.Expert("Ana "+evil, "ana@experts.example")
	happen := func(change func(*casework.Transition)) {
		tr := casework.Transition{ID: uuid.NewString(), CaseNumber: n, Workflow: string(n), At: time.Now()}
		change(&tr)
		h.Temporal.Happen(t, tr)
	}
	happen(func(tr *casework.Transition) {
		tr.Request = casework.RequestChange{Officer: h.Account("officer").ID, Phase: casework.DueDiligence}
		tr.Entries = []casework.Entry{{What: casework.TrailPhaseEntered, Outcome: string(casework.DueDiligence)}}
	})
	does(t, h, n, "reviewer", casework.CheckConflict, "", url.Values{"outcome": {"advise-against"}, "rating": {"high"}, "mitigation": {evil}})
	does(t, h, n, "officer", casework.ProposeSupport, h.Account("officer").ID, url.Values{"suggestions": {evil}, "experts": {string(ana.ID)}, "scopingMission": {"true"}})
	happen(func(tr *casework.Transition) {
		tr.Request = casework.RequestChange{Risk: casework.High, Decision: &casework.BoardWord{Result: casework.ResultApproved, Round: 1}}
		tr.Entries = []casework.Entry{{What: casework.TrailReminderSent, Reason: evil}, {What: casework.TrailRecused, Person: h.Account("board1").ID}}
	})
	return n
}

// does completes a task by the page, with whatever else its form wants.
func does(t *testing.T, h *apitest.House, n casework.CaseNumber, name string, kind casework.TaskKind, holder casework.PersonID, form url.Values) {
	t.Helper()
	b, task := as(t, h, name), "/tasks/"+string(h.Open(n, kind, holder))
	page := b.Get(task)
	for _, f := range casework.FieldsOf(kind) {
		if f.Required && form.Get(f.Name) == "" && f.Type == casework.Choice {
			form.Set(f.Name, f.Options[0].Value)
		} else if f.Type == casework.LongText && !form.Has(f.Name) {
			form.Set(f.Name, "Said of "+f.Name)
		} else if f.Type == casework.Number {
			form.Set(f.Name, "0")
		}
	}
	b.Submit(page, task, form).Answers(200).Says("Done.")
}

func TestTheCasePage(t *testing.T) {
	h := aHouse(t)
	n := aCase(t, h)
	task := waiting(h, n, casework.AssessEligibility)
	h.Open(n, casework.Withdraw, "")
	b := as(t, h, "officer")
	path := "/requests/" + string(n)
	b.Submit(b.Get(path), path+"/documents", url.Values{"title": {"Note " + evil}}, pagetest.File{Field: "file", Name: evil + ".txt", Body: "A note."}).Answers(200)
	page := b.Get(path).Answers(200).Says("Your next step: Assess eligibility", "Guinea", "Ministry "+evil, "Check conflict High Advise against", "Highest rating: High",
		"The board has approved the request.", "Ana "+evil, "not signed", "Note "+evil, "The government no longer needs this support: record it for them", "What is done about the risks (internal): "+evil,
		"Newest proposal", "The officer: Proposed support", "A board member is recused (The board1)")
	if got := page.Link("Open the form"); got != task {
		t.Errorf("the next step leads to %s", got)
	}
	if strings.Contains(page.Body, evil) {
		t.Error("markup in a name is not escaped")
	}
	as(t, h, "auditor").Get(path).Answers(200).Says("It is for others to act").SaysNot("Add the document", "Take it")
	b.Get(path).SaysNot("Temporal console")
	if got := as(t, h, "deputy").Get(path).Link("Temporal console"); got != "http://console.test/namespaces/default/workflows/"+string(n) {
		t.Errorf("the head is led to %s", got)
	}
}

func TestTheCasePageShowsWhetherItsTrailIsWhole(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	b, path, whole := as(t, h, "auditor"), "/requests/"+string(n), "The trail is whole"
	b.Get(path).Answers(200).Says(whole).SaysNot("not whole")
	_, err := h.Store.DB().ExecContext(t.Context(), `ALTER TABLE trail DISABLE TRIGGER USER; UPDATE trail SET actor_name = 'nobody' WHERE seq = 1`)
	if err != nil {
		t.Fatal(err)
	}
	b.Get(path).Answers(200).Says("This trail is not whole: from entry 1 on").SaysNot(whole)
}

// Who may not see a request cannot tell that it exists, whatever address they try.
func TestWhoMayNotSeeARequestFindsNothing(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := waiting(h, n, casework.AssessEligibility)
	h.Temporal.Happen(t, casework.Transition{ID: "recused", CaseNumber: n, Workflow: string(n), At: time.Now(),
		Request: casework.RequestChange{Recused: []casework.PersonID{h.Account("board1").ID}}})
	for _, name := range []string{"admin", "board1"} {
		b := as(t, h, name)
		for _, path := range []string{"/requests/%s", "/events?case=%s"} {
			there, nowhere := b.Get(strings.ReplaceAll(path, "%s", string(n))), b.Get(strings.ReplaceAll(path, "%s", "CNX-2026-9999"))
			if there.Status != 404 || there.Body != nowhere.Body {
				t.Errorf("%s can tell that %s exists by %s: %d", name, n, path, there.Status)
			}
		}
		b.Get(task).Answers(404)
		b.Get("/requests").SaysNot(string(n))
		b.Post("/requests/"+string(n)+"/documents", url.Values{"title": {"x"}}, pagetest.File{Field: "file", Name: "a.txt", Body: "a"}).Answers(404)
	}
}

// Board members see each other's votes once they have cast their own: on the page, in what was said, in the trail.
func TestVotesAreHiddenFromWhoHasYetToVote(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	first, second := h.Account("board1"), h.Account("board2")
	together := time.Now()
	round := func(t *casework.Task) { t.Opened = together }
	his, hers := "/tasks/"+string(h.Open(n, casework.CastVote, first.ID, round)), "/tasks/"+string(h.Open(n, casework.CastVote, second.ID, round))
	one, two := as(t, h, "board1"), as(t, h, "board2")
	one.Submit(one.Get(his), his, url.Values{"outcome": {"decline"}, "reasons": {"Too soon for us."}}).Answers(200).Says("One member of the board has still to vote.")
	path := "/requests/" + string(n)
	two.Get(path).Says("You see the votes of others once you have cast your own.").SaysNot("Too soon for us.", "Decline")
	two.Submit(two.Get(hers), hers, url.Values{"outcome": {"approve"}}).Answers(200).Says("Too soon for us.", "Decline").SaysNot("has still to vote")
}

func TestAFileThatIsNotTakenCostsNothing(t *testing.T) {
	h := aHouse(t)
	b, path := as(t, h, "officer"), "/requests/"+string(h.Request())
	for why, file := range map[string][]pagetest.File{"Please choose a file.": nil, "This kind of content is not possible": {{Field: "file", Name: "run.html", Body: "<html><script>alert(1)</script>"}}} {
		back := b.Submit(b.Get(path), path+"/documents", url.Values{"title": {"A map " + evil}}, file...).Answers(422).Says(why, "Notes")
		if _, form := back.Form(path + "/documents"); form.Get("title") != "A map "+evil {
			t.Errorf("of what was typed is left %v", form)
		}
		if !strings.Contains(back.Body, `data-here="`+path+`"`) {
			t.Error("the page that is shown again would look for changes where there are none")
		}
	}
}

func TestStartingARequest(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "officer")
	page := b.Get(b.Get("/requests").Link("New first interest"))
	what := url.Values{"channel": {"phone"}, "summary": {"They called. " + evil}, "country": {"NA"}}
	back := b.Submit(page, "/requests/new", what).Answers(422).Says("so that we can answer")
	what.Set("contactPhone", "+264 61 123")
	first := b.Submit(back, "/requests/new", what).Answers(200).Says("CNX-2026-0001", "Namibia", "They called. "+evil)
	if second := b.Submit(back, "/requests/new", what).Says("had been started already"); second.Path != first.Path+"&again=1" {
		t.Errorf("the second click gets to %s and not to %s", second.Path, first.Path)
	}
	b.Get(first.Path).SaysNot("already")
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf = true })
	b.Submit(b.Get("/requests/new"), "/requests/new", what).Answers(202).Says("The request is being started")
}

// Whoever only reads or administers starts nothing, and is not offered it.
func TestWhoStartsNoRequest(t *testing.T) {
	h := aHouse(t)
	page := as(t, h, "officer").Get("/requests/new")
	for _, name := range []string{"auditor", "admin"} {
		b := as(t, h, name)
		b.Get("/requests").Answers(200).SaysNot("New first interest")
		b.Get("/requests/new").Answers(403)
		b.Submit(page, "/requests/new", url.Values{"channel": {"phone"}, "summary": {"They called."}, "contactPhone": {"1"}}).Answers(403)
	}
	if len(h.Temporal.Started) != 0 {
		t.Errorf("%d requests were started", len(h.Temporal.Started))
	}
}

// The way back leads to a page that knows what was started from it, and from which nothing is started a second time. What
// a link to the page has filled in is there still.
func TestWhatIsStartedAgainAfterGoingBackIsOneRequest(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "officer")
	what := url.Values{"channel": {"phone"}, "summary": {"They called."}, "contactPhone": {"+264 61 123"}}
	page := b.Get("/requests/new?country=NA").Answers(200).SaysNot("was started from this page")
	first := b.Submit(page, "/requests/new", what).Answers(200).Says("CNX-2026-0001", "Namibia")
	back := b.Get(page.Path).Answers(200).Says("A request was started from this page", "Open CNX-2026-0001")
	_, now := back.Form("/requests/new")
	if _, then := page.Form("/requests/new"); now.Get("_key") != then.Get("_key") || now.Get("country") != "NA" {
		t.Errorf("on the way back the page is another one: %v", now)
	}
	if opened := b.Get(back.Link("Open CNX-2026-0001")); opened.Path != first.Path {
		t.Errorf("what was started is sought at %s, and is at %s", opened.Path, first.Path)
	}
	b.Submit(back, "/requests/new", what).Answers(200).Says("CNX-2026-0001", "had been started already")
	h.Started(1)

	what.Set("summary", "They wrote.")
	changed := b.Submit(back, "/requests/new", what).Answers(409).Says("what stands here now is different", "They wrote.", "Open CNX-2026-0001")
	h.Started(1)
	for range 2 { // once more, and once more after going back to the answer
		b.Submit(changed, "/requests/new", nil).Answers(200).Says("CNX-2026-0002")
		changed = b.Submit(back, "/requests/new", what).Answers(409)
	}
	h.Started(2)
	another := b.Get(back.Link("Write down another one")).SaysNot("was started from this page")
	b.Submit(another, "/requests/new", what).Answers(200).Says("CNX-2026-0003")

	other := as(t, h, "officer2") // who was sent the address
	theirs := other.Get(page.Path).Answers(200).SaysNot("was started from this page", "CNX-2026")
	other.Submit(theirs, "/requests/new", what).Answers(409).SaysNot("CNX-2026")
	h.Started(3)
	for _, key := range []string{"", "1", "1"} { // a key that is none is nobody's
		what.Set("_key", key)
		b.Post("/requests/new", what).Answers(200).SaysNot("already")
	}
	h.Started(6)
}

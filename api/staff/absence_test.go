package staff_test

import (
	"net/url"
	"testing"
	"time"

	"connex/api/apitest"
	"connex/casework"
)

// away enters an absence that lasts from today on.
func away(t *testing.T, h *apitest.House, who, substitute string) {
	t.Helper()
	b := as(t, h, who)
	today := casework.DateOf(time.Now())
	b.Submit(b.Get("/settings/absence"), "/settings/absence", url.Values{"from": {today}, "until": {today}, "substitute": {string(h.Account(substitute).ID)}}).
		Answers(200).Says("has a mail about it", "away now", "The "+substitute+" stands in")
}

func TestASubstituteDoesWhatWaits(t *testing.T) {
	h := aHouse(t)
	officer, substitute := h.Account("officer"), as(t, h, "officer2")
	n := h.Request()
	task := string(h.Open(n, casework.DiscussScope, officer.ID))
	h.Open(n, casework.CastVote, officer.ID, func(t *casework.Task) { t.Role = casework.CaseOfficer })
	substitute.Get("/").SaysNot("You stand in for")
	substitute.Get("/tasks/" + task).Says("waits for")
	form := url.Values{"outcome": {"proceed"}, "scope": {"A fiscal model"}, "_key": {"0a4c9d86-3a5c-4b60-9a55-111111111111"}}
	substitute.Post("/tasks/"+task, form).Answers(403)
	away(t, h, "officer", "officer2")
	page := substitute.Get("/").Says("You stand in for The officer, who is away")
	if page.SaysNot("vote"); page.Link("scope") != "/tasks/"+task {
		t.Errorf("it leads to %s", page.Link("scope"))
	}
	form.Set("_key", "0a4c9d86-3a5c-4b60-9a55-222222222222")
	substitute.Post("/tasks/"+task, form).Answers(200).Says("Done", "The officer2 for The officer")
	as(t, h, "officer").Get("/requests/" + string(n)).Says("The officer2 for The officer")
	for _, who := range []string{"officer", "officer2"} {
		if mails, _ := mailed(t, h, h.Account(who).Email); len(mails) != 1 {
			t.Errorf("%s has %d mails", who, len(mails))
		}
	}
}

func TestWhoStandsInDoesWhatTheGovernmentIsAsked(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := string(h.Open(n, casework.ProvideInformation, ""))
	substitute := as(t, h, "officer2")
	form := url.Values{"outcome": {"provided"}, "answer": {"By telephone."}, "noteOfCall": {"They said so."}, "_key": {"0a4c9d86-3a5c-4b60-9a55-333333333333"}}
	substitute.Post("/tasks/"+task, form).Answers(403)
	away(t, h, "officer", "officer2")
	form.Set("_key", "0a4c9d86-3a5c-4b60-9a55-444444444444")
	substitute.Post("/tasks/"+task, form).Answers(200).Says("The officer2 for The officer, on behalf of the government")
}

func TestAnAbsenceIsTakenBack(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := string(h.Open(n, casework.DiscussScope, h.Account("officer").ID))
	away(t, h, "officer", "officer2")
	officer, substitute := as(t, h, "officer"), as(t, h, "officer2")
	substitute.Get("/").Says("You stand in for")
	officer.Submit(officer.Get("/settings/absence"), "/settings/absence/end", nil).Answers(200).Says("Taken back", "No absence is entered")
	substitute.Get("/").SaysNot("You stand in for")
	substitute.Post("/tasks/"+task, url.Values{"outcome": {"proceed"}, "scope": {"A fiscal model"}, "_key": {"0a4c9d86-3a5c-4b60-9a55-555555555555"}}).Answers(403)
	admin := as(t, h, "admin")
	admin.Get("/admin/trail").Says("Absence", "The officer2")
}

func TestWhatAnAbsenceNeeds(t *testing.T) {
	h := aHouse(t)
	officer, reviewer, board := h.Account("officer"), h.Account("reviewer"), as(t, h, "board1")
	h.Account("officer2")
	b, today := as(t, h, "officer"), casework.DateOf(time.Now())
	yesterday := casework.DateOf(time.Now().AddDate(0, 0, -2))
	page := b.Get("/settings/absence")
	for sentence, form := range map[string]url.Values{
		"Please enter a day":          {"from": {"soon"}, "until": {today}, "substitute": {"nobody"}},
		"before the first one":        {"from": {today}, "until": {yesterday}, "substitute": {"nobody"}},
		"over already":                {"from": {yesterday}, "until": {yesterday}, "substitute": {"nobody"}},
		"at most a year":              {"from": {today}, "until": {"2199-01-01"}, "substitute": {"nobody"}},
		"who has the role":            {"from": {today}, "until": {today}, "substitute": {string(reviewer.ID)}},
		"choose somebody who has the": {"from": {today}, "until": {today}, "substitute": {string(officer.ID)}},
	} {
		b.Submit(page, "/settings/absence", form).Answers(422).Says(sentence)
	}
	if all, err := h.Store.Absences(t.Context(), time.Now()); err != nil || len(all) != 0 {
		t.Errorf("entered all the same: %v, %v", all, err)
	}
	away(t, h, "officer", "officer2")
	b.Submit(page, "/settings/absence", url.Values{"from": {today}, "until": {today}, "substitute": {"nobody"}}).Answers(422).Says("another absence")
	second := as(t, h, "officer2")
	second.Submit(second.Get("/settings/absence"), "/settings/absence", url.Values{"from": {today}, "until": {today}, "substitute": {string(officer.ID)}}).Answers(422).Says("away themselves")
	board.Submit(board.Get("/settings/absence"), "/settings/absence", url.Values{"from": {today}, "until": {today}}).Answers(200).Says("nobody stands in")
}

func TestAnAdministratorEntersAnAbsence(t *testing.T) {
	h := aHouse(t)
	officer, officer2, admin := h.Account("officer"), h.Account("officer2"), as(t, h, "admin")
	where, today := "/admin/people/"+string(officer.ID)+"/absence", casework.DateOf(time.Now())
	admin.Submit(admin.Get(where), where, url.Values{"from": {today}, "until": {today}, "substitute": {string(officer2.ID)}}).Answers(200).Says("The officer2 stands in")
	admin.Get("/admin").Says("away until")
	head := as(t, h, "head")
	head.Post(where, url.Values{"from": {today}, "until": {today}}).Answers(403)
	all, err := h.Store.Absences(t.Context(), time.Now())
	if err != nil || len(all) != 1 {
		t.Fatalf("%v, %v", all, err)
	}
	head.Post("/settings/absence/end", url.Values{"absence": {all[0].ID}}).Answers(404) // somebody else's
	if all, err = h.Store.Absences(t.Context(), time.Now()); err != nil || len(all) != 1 {
		t.Errorf("%v, %v", all, err)
	}
	admin.Submit(admin.Get("/admin/people/"+string(officer2.ID)+"/leave"), "/admin/people/"+string(officer2.ID)+"/leave", url.Values{"reason": {"a new post"}, "instead-" + all[0].ID: {"nobody"}}).Answers(200)
	if all, err = h.Store.Absences(t.Context(), time.Now()); err != nil || len(all) != 1 || all[0].Substitute != "" {
		t.Errorf("who has left stands in: %v, %v", all, err)
	}
}

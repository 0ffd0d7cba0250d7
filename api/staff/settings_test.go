package staff_test

import (
	"net/url"
	"strings"
	"testing"

	"connex/api/apitest"
	"connex/api/pagetest"
	"connex/casework"
)

func TestSomebodyReadsInTheirOwnWay(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	h.Open(n, casework.DiscussScope, h.Account("officer").ID)
	officer, officer2 := as(t, h, "officer"), as(t, h, "officer2")
	page := officer.Get(officer.Get("/").Link("My settings")).Says("British: 31 March 2027, 12,500.5", "German: 31.03.2027, 12.500,5", "American: March 31, 2027", "Ulaanbaatar")
	saved := officer.Submit(page, "/settings", url.Values{"writing": {"iso"}, "zone": {"Asia/Tokyo"}, "look": {"dark"}, "mails": {"daily"}, "phone": {"+49 30 55"}}).Answers(200)
	if saved.Says("Saved"); !strings.Contains(saved.Body, `data-theme="dark"`) {
		t.Error("it is not dark")
	}
	if _, form := saved.Form("/settings"); form.Get("writing") != "iso" || form.Get("zone") != "Asia/Tokyo" || form.Get("mails") != "daily" || form.Get("phone") != "+49 30 55" {
		t.Errorf("kept %v", form)
	}
	a, err := h.Store.Account(t.Context(), h.Account("officer").ID)
	if err != nil || a.Look != "dark" || a.Phone != "+49 30 55" {
		t.Errorf("%+v, %v", a, err)
	}
	task, err := h.Store.Task(t.Context(), h.Account("officer"), h.Open(n, casework.PrepareRequestLetter, h.Account("officer").ID))
	if err != nil {
		t.Fatal(err)
	}
	day := casework.DateOf(*task.DueAt)
	officer.Get("/tasks/" + string(task.ID)).Says(day)
	officer2.Get("/tasks/" + string(task.ID)).SaysNot(day) // whose pages the same copies draw
	if other := officer2.Get("/settings"); strings.Contains(other.Body, "data-theme") {
		t.Error("somebody else reads in the dark")
	}
}

func TestPreferencesThatThereAreNot(t *testing.T) {
	h := aHouse(t)
	officer := as(t, h, "officer")
	for name, value := range map[string]string{"writing": "klingon", "zone": "../../etc/passwd", "look": evil, "mails": "never"} {
		officer.Submit(officer.Get("/settings"), "/settings", url.Values{name: {value}}).Answers(422).Says("choose one of the answers")
	}
	if a, err := h.Store.Account(t.Context(), h.Account("officer").ID); err != nil || a.Writing != "en-GB" || a.Zone != "Europe/Berlin" || a.Look != "" || a.Mails != "at-once" {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestChangingOnesPassword(t *testing.T) {
	h := aHouse(t)
	here, elsewhere := as(t, h, "officer"), pagetest.NewBrowser(t, h.URL)
	p := h.Account("officer")
	elsewhere.Submit(elsewhere.Get("/login"), "/login", url.Values{"email": {p.Email}, "password": {apitest.Password}}).Answers(200)
	page := here.Get("/settings")
	for sentence, typed := range map[string]url.Values{
		"not your password until now": {"old": {"something else"}, "password": {chosen}, "repeat": {chosen}},
		"at least 12 characters":      {"old": {apitest.Password}, "password": {"short"}, "repeat": {"short"}},
		"not the same":                {"old": {apitest.Password}, "password": {chosen}, "repeat": {chosen + "s"}},
	} {
		here.Submit(page, "/settings/password", typed).Answers(422).Says(sentence)
	}
	elsewhere.Get("/settings").Answers(200)
	here.Submit(page, "/settings/password", url.Values{"old": {apitest.Password}, "password": {chosen}, "repeat": {chosen}}).Answers(200).Says("Your password is changed")
	here.Get("/settings").Says("My settings")
	if out := elsewhere.Get("/settings"); !strings.HasPrefix(out.Path, "/login") {
		t.Errorf("another session goes on: %s", out.Path)
	}
	if mails, _ := mailed(t, h, p.Email); len(mails) != 1 || mails[0].Template != "password-changed" {
		t.Errorf("mailed %v", mails)
	}
}

func TestASessionIsNoLicenceToGuess(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "officer")
	last := 0
	for range 12 {
		last = b.Post("/settings/password", url.Values{"old": {"guess"}, "password": {chosen}, "repeat": {chosen}}).Status
	}
	if last != 429 {
		t.Errorf("guessing may go on: %d", last)
	}
}

package staff_test

import (
	"net/url"
	"strings"
	"testing"

	"connex/api/apitest"
	"connex/api/pagetest"
	"connex/casework"
	"connex/store"
)

func TestSigningIn(t *testing.T) {
	h := aHouse(t)
	officer, b := h.Account("officer"), pagetest.NewBrowser(t, h.URL)
	asked := b.Get("/requests?q=gold")
	if asked.Path != "/login?next=%2Frequests%3Fq%3Dgold" {
		t.Errorf("who is not signed in gets to %s", asked.Path)
	}
	wrong := b.Submit(asked, "/login", url.Values{"email": {officer.Email}, "password": {"not it"}}).Answers(401)
	if _, form := wrong.Says("The address or the password is not right").Form("/login"); form.Get("email") != officer.Email {
		t.Error("the address must be typed again")
	}
	in := b.Submit(wrong, "/login", url.Values{"password": {apitest.Password}}).Answers(200).Says("The officer", "Requests")
	if in.Path != "/requests?q=gold" {
		t.Errorf("after signing in one gets to %s", in.Path)
	}
	if out := b.Post("/logout", nil); out.Path != "/login" {
		t.Errorf("signed out, one gets to %s", out.Path)
	}
	if again := b.Get("/"); again.Path != "/login?next=%2F" {
		t.Errorf("the session goes on: %s", again.Path)
	}
}

// A process of the release before says whose a session is only within its data.
func TestSessionsFromBeforeGoOn(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "officer")
	if _, err := h.Store.DB().ExecContext(t.Context(), `UPDATE sessions SET account = ''`); err != nil {
		t.Fatal(err)
	}
	b.Get("/requests").Answers(200).Says("The officer")
	if err := h.Store.ChangeAccount(t.Context(), store.Account{ID: h.Account("officer").ID, Name: "The officer", Roles: []casework.Role{casework.CaseOfficer}}); err != nil {
		t.Fatal(err)
	}
	if out := b.Get("/requests"); out.Path != "/login?next=%2Frequests" {
		t.Errorf("the account is closed, and its session leads to %s", out.Path)
	}
}

func TestNobodyIsLedToAnotherSite(t *testing.T) {
	h := aHouse(t)
	b := pagetest.NewBrowser(t, h.URL)
	for _, next := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`, "javascript:alert(1)"} {
		_, form := b.Get("/login?next=" + url.QueryEscape(next)).Form("/login")
		if form.Get("next") != "/" {
			t.Errorf("%s leads to %s", next, form.Get("next"))
		}
	}
}

func TestASessionThatEndsWhileOneTypesCostsNothing(t *testing.T) {
	h := aHouse(t)
	n, officer := h.Request(), h.Account("officer")
	id := h.Open(n, casework.DiscussScope, officer.ID)
	task := "/tasks/" + string(id)
	b := as(t, h, "officer")
	form := b.Get(task)
	b.Post("/logout", nil)
	asked := b.Submit(form, task, url.Values{"outcome": {"proceed"}, "scope": {"Royalties " + evil}}).Answers(401).Says("what you typed is kept")
	wrong := b.Submit(asked, "/login", url.Values{"email": {officer.Email}, "password": {"not it"}}).Answers(401).Says("what you typed is kept")
	again := b.Submit(wrong, "/login", url.Values{"password": {apitest.Password}}).Answers(200).Says("You are signed in again")
	back := b.Submit(again, task, nil).Answers(200)
	if _, values := back.Form(task); values.Get("scope") != "Royalties "+evil || values.Get("outcome") != "proceed" {
		t.Errorf("of what was typed came back %v", values)
	}
	if now, err := h.Store.Task(t.Context(), officer, id); err != nil || now.Status != store.TaskOpen {
		t.Errorf("it was sent: the task is %s, %v", now.Status, err)
	}
	b.Submit(back, task, nil).Answers(200).Says("Done.")
}

// What one typed must reach nobody else who signs in at the same machine, nor the passwords anybody.
func TestWhatIsTypedWhenASessionHasEndedReachesNobodyElse(t *testing.T) {
	h := aHouse(t)
	n, officer := h.Request(), h.Account("officer2")
	notes, b := "/requests/"+string(n)+"/notes", as(t, h, "officer")
	form, passwords := b.Get("/requests/"+string(n)), b.Get("/settings")
	b.Post("/logout", nil)
	asked := b.Submit(form, notes, url.Values{"text": {"Between us: " + evil}}).Answers(401).Says("what you typed is kept")
	secret := b.Submit(passwords, "/settings/password", url.Values{"old": {apitest.Password}, "password": {"a new and long one"}, "repeat": {"a new and long one"}}).Answers(401).
		Says("Your session has ended").SaysNot("what you typed is kept")
	if strings.Contains(secret.Body, apitest.Password) || strings.Contains(secret.Body, "a new and long one") {
		t.Error("passwords stand in the page")
	}
	wrong := b.Submit(asked, "/login", url.Values{"email": {officer.Email}, "password": {"not it"}}).Answers(401)
	another := b.Submit(wrong, "/login", url.Values{"email": {officer.Email}, "password": {apitest.Password}}).Answers(200).Says("was somebody else's")
	if strings.Contains(another.Body, "Between us") {
		t.Error("somebody else gets what was typed")
	}
	b.Get("/").Says("The officer2")
	b.Post("/logout", nil)
	if again := b.Submit(asked, "/login", url.Values{"email": {officer.Email}, "password": {apitest.Password}}); strings.Contains(again.Body, "Between us") {
		t.Error("somebody else gets it by the page that was open still")
	}
	b.Post("/logout", nil)
	back := b.Submit(asked, "/login", url.Values{"email": {h.Account("officer").Email}, "password": {apitest.Password}}).Answers(200).Says("has not been sent")
	b.Submit(back, notes, nil).Answers(200).Says("Between us: " + evil)
	b.Post("/logout", nil)
	in := b.Submit(secret, "/login", url.Values{"email": {h.Account("officer").Email}, "password": {apitest.Password}}).Answers(200)
	if in.Path != "/settings" {
		t.Errorf("one gets to %s", in.Path)
	}

	nobody := pagetest.NewBrowser(t, h.URL)
	if page := nobody.Submit(form, notes, url.Values{"text": {"Between us"}}).Answers(401); strings.Contains(page.Body, "Between us") {
		t.Error("where nobody was signed in what is typed is anybody's")
	}
}

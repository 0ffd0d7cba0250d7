package staff_test

import (
	"net/url"
	"strings"
	"testing"

	"connex/api/pagetest"
	"connex/casework"
)

func TestSearchIsEverywhere(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	h.Account("evaluator")
	aRequestFrom(t, h, casework.Values{"country": "PE", "contactName": "José Ñahui " + evil})
	h.Open(n, casework.CheckConflict, "")
	mine := h.Open(n, casework.DiscussScope, h.Account("officer").ID)
	h.Expert("Tomás Ibáñez", "tomas@experts.example")
	b := as(t, h, "officer")
	b.Submit(b.Get("/requests/"+string(n)), "/requests/"+string(n)+"/documents", url.Values{"title": {"Étude"}}, pagetest.File{Field: "file", Name: "report.txt", Body: "words"})

	b.Get("/search").Says("Type a case number")
	b.Get("/search?q=%20-%20").Says("Type a case number")
	b.Get("/search?q=gibberish").Says("Nothing was found for «gibberish».")
	for typed, to := range map[string][2]string{
		"jose":           {"José Ñahui", "/requests/CNX-2026-0002"},
		"cnx-2026-0001":  {"CNX-2026-0001", "/requests/CNX-2026-0001"},
		"scope guinea":   {"Discuss scope", "/tasks/" + string(mine)},
		"conflict":       {"Check conflict", "/requests/CNX-2026-0001"},
		"ibanez":         {"Tomás Ibáñez", "/experts/"},
		"the officer":    {"The officer", "/requests?officer="},
		"etude fatou":    {"Étude", "/api/v1/documents/"},
		"report.txt":     {"Étude", "/api/v1/documents/"},
		"officer@connex": {"The officer", "/requests?officer="},
	} {
		if got := b.Get("/search?q=" + url.QueryEscape(typed)).Answers(200).Link(to[0]); !strings.HasPrefix(got, to[1]) {
			t.Errorf("%q leads to %s, want %s", typed, got, to[1])
		}
	}
	b.Get("/search?q=jose").Says(evil)
	as(t, h, "reviewer").Get("/search?q=ibanez").SaysNot("Tomás")
	admin := as(t, h, "admin")
	admin.Get("/search?q=jose").Says("Nothing was found")
	if got := admin.Get("/search?q=evaluator").Link("The evaluator"); !strings.HasPrefix(got, "/admin/people/") {
		t.Errorf("an administrator is led to %s", got)
	}
	if where, _ := b.Get("/").Form(""); where == "/search" || !strings.Contains(b.Get("/").Body, `action="/search"`) {
		t.Errorf("the search field of all pages is missing")
	}
	if !strings.Contains(admin.Get("/admin").Body, `action="/search"`) {
		t.Error("an administrator has no search field")
	}
	b.Get("/keys").Says("Keyboard", "goes to the search field")
}

func TestMoreThanAFewAreFound(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	for range 8 {
		h.Open(n, casework.CheckConflict, "")
	}
	b := as(t, h, "officer")
	page := b.Get("/search?q=conflict")
	if got := strings.Count(page.Text(), "Check conflict"); got != 6 {
		t.Errorf("a few are %d", got)
	}
	all := b.Get(page.Link("More tasks"))
	if got := strings.Count(all.Text(), "Check conflict"); got != 8 {
		t.Errorf("all are %d", got)
	}
	b.Get(all.Link("Look everywhere")).Answers(200)
	b.Get("/search?q=conflict&in=nonsense").Answers(200).Says("Nothing was found")
}

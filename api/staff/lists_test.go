package staff_test

import (
	"net/url"
	"testing"
)

func TestTheRoster(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "admin")
	page := b.Get(b.Get("/experts").Says("There is nobody on the roster yet.").Link("New expert"))
	ana := url.Values{"name": {"Ana " + evil}, "email": {"ana@experts.example"}, "disciplines": {"tax", "law"}, "languages": {"fr"}, "available": {"true"}}
	b.Submit(page, "/experts/new", url.Values{"email": {"nobody"}}).Answers(422).Says("There are 2 things to mend")
	saved := b.Submit(page, "/experts/new", ana).Answers(200).Says("Saved.", "not signed")
	b.Submit(b.Get("/experts/new"), "/experts/new", ana).Answers(422).Says("Another expert has this address already.")
	where, form := saved.Form("")
	if form.Get("name") != "Ana "+evil || len(form["disciplines"]) != 2 || form.Get("available") != "true" {
		t.Errorf("what was saved shows as %v", form)
	}
	b.Submit(saved, where, url.Values{"available": nil, "name": {"Ana B."}}).Answers(200)
	b.Get("/experts").Says("Ana B.", "Law, Tax", "French", "No")
	as(t, h, "reviewer").Get("/experts").Answers(403).Says("This is not yours to do")
	as(t, h, "auditor").Get("/experts").Answers(200).SaysNot("New expert")
}

func TestFigures(t *testing.T) {
	h := aHouse(t)
	h.Request()
	page := as(t, h, "head").Get("/reports?from=2000-01-01").Says("1 requests", "First interest 1", "Guinea 1", "Mining 1")
	if page.Link("CSV") != "/api/v1/reports/portfolio.csv?from=2000-01-01" {
		t.Errorf("the file is at %s", page.Link("CSV"))
	}
	as(t, h, "head").Get("/reports?to=2000-01-01").Says("0 requests")
	as(t, h, "head").Get("/reports?from=2026-02-01&to=2026-01-31").Answers(422).Says("before the first one").SaysNot("0 requests")
	as(t, h, "admin").Get("/reports").Answers(403)
}

func TestAccounts(t *testing.T) {
	h := aHouse(t)
	as(t, h, "admin").Get("/admin").Says("The admin", "admin@connex.test", "Administrator", "There are fewer than two heads")
	h.Account("head")
	h.Account("deputy")
	as(t, h, "admin").Get("/admin").SaysNot("There are fewer than two heads")
	as(t, h, "head").Get("/admin").Answers(403)
}

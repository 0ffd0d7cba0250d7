package staff_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"connex/casework"
)

// Whoever is away when their substitute leaves gets another, and hears of it.
func TestWhoStandsInLeaves(t *testing.T) {
	h := aHouse(t)
	officer, officer2, officer3, admin := h.Account("officer"), h.Account("officer2"), h.Account("officer3", casework.CaseOfficer), as(t, h, "admin")
	n := h.Request()
	task := string(h.Open(n, casework.DiscussScope, officer.ID))
	away(t, h, "officer", "officer2")
	where := "/admin/people/" + string(officer2.ID) + "/leave"
	page := admin.Get(where).Says("Who stands in for The officer, away from ", "waits until they are back")
	again := admin.Submit(page, where, url.Values{"reason": {"a new post"}}).Answers(422).Says("say that nobody stands in")
	absences, err := h.Store.Absences(t.Context(), time.Now())
	if err != nil || len(absences) != 1 || absences[0].Substitute != officer2.ID {
		t.Fatalf("%+v, %v", absences, err)
	}
	if a, err := h.Store.Account(t.Context(), officer2.ID); err != nil || !a.Active {
		t.Errorf("the account is closed all the same: %v", err)
	}
	admin.Submit(again, where, url.Values{"instead-" + absences[0].ID: {string(officer3.ID)}}).Answers(200).Says("The account is closed")
	as(t, h, "officer3").Get("/tasks/" + task).Says("You stand in for The officer")
	for address, subject := range map[string]string{officer.Email: "Your absence from", officer3.Email: "You stand in for The officer"} {
		mails, _ := mailed(t, h, address)
		if last := mails[len(mails)-1]; !strings.HasPrefix(last.Subject, subject) || address == officer.Email && !strings.Contains(last.Text, "The officer3 stands in for you") {
			t.Errorf("%s is told %q: %s", address, last.Subject, last.Text)
		}
	}
}

// Where nobody else could stand in, the absence goes on without anybody, and who is away hears that.
func TestNobodyStandsInForWhoLeft(t *testing.T) {
	h := aHouse(t)
	officer, officer2, admin := h.Account("officer"), h.Account("officer2"), as(t, h, "admin")
	away(t, h, "officer", "officer2")
	where := "/admin/people/" + string(officer2.ID) + "/leave"
	admin.Submit(admin.Get(where).Says("there is nobody else who could stand in"), where, url.Values{"reason": {"a new post"}}).Answers(200)
	absences, err := h.Store.Absences(t.Context(), time.Now())
	if err != nil || len(absences) != 1 || absences[0].Substitute != "" {
		t.Errorf("%+v, %v", absences, err)
	}
	if mails, _ := mailed(t, h, officer.Email); len(mails) != 2 || !strings.Contains(mails[1].Text, "Nobody stands in for you") {
		t.Errorf("%d mails: %+v", len(mails), mails)
	}
}

// Who stands in by a role that is taken away could do nothing for who is away any more.
func TestWhoStandsInLosesTheRole(t *testing.T) {
	h := aHouse(t)
	officer, admin := h.Account("officer"), as(t, h, "admin")
	officer2 := h.Account("officer2", casework.CaseOfficer, casework.Reviewer)
	officer3 := h.Account("officer3", casework.CaseOfficer)
	away(t, h, "officer", "officer2")
	where := "/admin/people/" + string(officer2.ID)
	page := admin.Submit(admin.Get(where), where, url.Values{"roles": {"reviewer"}, "reason": {"enough of it"}}).Answers(422)
	page.Says("By the role Case officer this person stands in for somebody who is away.")
	admin.Get(where + "/leave?role=reviewer").SaysNot("Who stands in for The officer")
	office := admin.Get(page.Link("Take the role Case officer away from The officer2")).Says("Who stands in for The officer, away from ")
	again := admin.Submit(office, where+"/leave", url.Values{"reason": {"enough of it"}}).Answers(422).Says("say that nobody stands in")
	absences, err := h.Store.Absences(t.Context(), time.Now())
	if err != nil || len(absences) != 1 || absences[0].Substitute != officer2.ID {
		t.Fatalf("%+v, %v", absences, err)
	}
	admin.Submit(again, where+"/leave", url.Values{"instead-" + absences[0].ID: {string(officer3.ID)}}).Answers(200).Says("The role is taken away.")
	if absences, err = h.Store.Absences(t.Context(), time.Now()); err != nil || len(absences) != 1 || absences[0].Substitute != officer3.ID {
		t.Errorf("%+v, %v", absences, err)
	}
	for address, subject := range map[string]string{officer.Email: "Your absence from", officer3.Email: "You stand in for The officer"} {
		mails, _ := mailed(t, h, address)
		if last := mails[len(mails)-1]; !strings.HasPrefix(last.Subject, subject) {
			t.Errorf("%s is told %q", address, last.Subject)
		}
	}
}

package staff_test

import (
	"net/url"
	"strings"
	"testing"

	"connex/casework"
)

func TestReassigning(t *testing.T) {
	h := aHouse(t)
	n, head := h.Request(), as(t, h, "head")
	h.Account("officer2")
	task := "/tasks/" + string(h.Open(n, casework.DiscussScope, h.Account("officer").ID))
	page := head.Get(task).Says("You cannot do this.", "Give this request to another case officer", "the case officer of the whole request")
	head.Submit(page, task+"/reassign", url.Values{"to": {"nobody@connex.test"}, "reason": {"Ill"}}).Answers(422).Says("There is no account with this address")
	back := head.Submit(page, task+"/reassign", url.Values{"reason": {"Ill " + evil}}).Answers(422).Says("Please choose.").SaysNot("You cannot do this.")
	if form := formOf(back, task+"/reassign"); form.Get("reason") != "Ill "+evil || form.Get("to") != "" {
		t.Errorf("of what was typed is left %v", form)
	}
	back = head.Submit(page, task+"/reassign", url.Values{"to": {"officer2@connex.test"}}).Answers(422).Says("Please fill this in.")
	if form := formOf(back, task+"/reassign"); form.Get("to") != "officer2@connex.test" {
		t.Errorf("of what was chosen is left %v", form)
	}
	for who, offered := range map[string]bool{"officer2": true, "head": true, "officer": false, "reviewer": false} {
		if got := strings.Contains(back.Body, `<option value="`+h.Account(who).Email+`"`); got != offered {
			t.Errorf("%s is offered: %t", who, got)
		}
	}
	h.Temporal.Refusal = casework.RefusedBy(casework.RuleReceiver, "refusal.receiver-conflict")
	back = head.Submit(page, task+"/reassign", url.Values{"to": {"officer2@connex.test"}, "reason": {"On leave"}}).Answers(409)
	if form := formOf(back, task+"/reassign"); form.Get("reason") != "On leave" || form.Get("to") != "officer2@connex.test" || form.Get("_key") == formOf(page, task+"/reassign").Get("_key") {
		t.Errorf("of what was refused is left %v", form)
	}
	h.Temporal.Refusal = casework.RefusedBy(casework.RuleNotHolder, "refusal.not-yours")
	back = head.Submit(back, task+"/reassign", url.Values{"to": {"officer2@connex.test"}, "reason": {"On leave"}}).Answers(409).Says("This task waits for somebody else.")
	if form := formOf(back, task+"/reassign"); form.Get("reason") != "On leave" || strings.Contains(back.Body, `id="reassign-to-error"`) {
		t.Errorf("of what was refused for another reason is left %v", form)
	}
	h.Temporal.Refusal = nil
	if strings.Index(back.Body, `id="reassign-to"`) > strings.Index(back.Body, `id="reassign-reason"`) {
		t.Error("one is asked why before to whom")
	}
	check := waiting(h, n, casework.CheckIntegrity)
	h.Account("second", casework.Reviewer)
	alone := head.Get(check).Says("Give this task to somebody else", "This task alone goes to them")
	head.Submit(alone, check+"/reassign", url.Values{"to": {"second@connex.test"}, "reason": {"Ill"}}).Answers(200).Says("Done.", "It waits for ", "who is told by mail")
	head.Submit(back, task+"/reassign", url.Values{"to": {"officer2@connex.test"}, "reason": {"Ill"}}).Answers(200).Says("Done.")
}

// A request changes hands also while nothing waits for its case officer, from its own page, and not by who is in conflict with it.
func TestARequestIsGivenAway(t *testing.T) {
	h := aHouse(t)
	n, head, deputy := h.Request(), as(t, h, "head"), as(t, h, "deputy")
	h.Account("officer2")
	letter := "/tasks/" + string(h.Open(n, casework.SubmitRequestLetter, ""))
	h.Temporal.Happen(t, casework.Transition{ID: "conflict", CaseNumber: n, Workflow: string(n),
		Request: casework.RequestChange{Officer: h.Account("officer").ID, Conflicts: []casework.PersonID{h.Account("officer").ID, h.Account("deputy").ID}}})
	for _, page := range []string{"/requests/" + string(n), letter} {
		deputy.Get(page).SaysNot("Give this request to another case officer")
		head.Get(page).Says("Give this request to another case officer")
	}
	page := head.Get("/requests/" + string(n))
	if strings.Contains(page.Body, `<option value="officer@connex.test"`) || !strings.Contains(page.Body, `<option value="officer2@connex.test"`) {
		t.Error("somebody in conflict is offered, or nobody")
	}
	deputy.Submit(head.Get(letter), letter+"/reassign", url.Values{"to": {"officer2@connex.test"}, "reason": {"A cousin " + evil}}).Answers(409).
		Says("You have declared a conflict of interest", "A cousin "+evil)
	deputy.Get(letter + "/reassign").Answers(200)
	head.Submit(page, letter+"/reassign", url.Values{"to": {"officer2@connex.test"}, "reason": {"A conflict"}}).Answers(200).Says("Done.", string(n))
}

// holderOf is who can open a task of that kind.
func holderOf(kind casework.TaskKind) string {
	rules, _ := casework.KindOf(kind)
	for name, role := range map[string]casework.Role{"officer": casework.CaseOfficer, "reviewer": casework.Reviewer, "board1": casework.BoardMember,
		"deputy": casework.Head, "evaluator": casework.Evaluator} {
		if rules.Role == role {
			return name
		}
	}
	return "officer" // on behalf of the government
}

package staff_test

import (
	"net/url"
	"strings"
	"testing"

	"connex/api/apitest"
	"connex/casework"
)

// proposed is a case in which the officer has proposed support, by these experts.
func proposed(t *testing.T, h *apitest.House, experts ...string) casework.CaseNumber {
	t.Helper()
	n := h.Request()
	task := "/tasks/" + string(h.Open(n, casework.ProposeSupport, h.Account("officer").ID))
	b := as(t, h, "officer")
	b.Submit(b.Get(task), task, url.Values{"suggestions": {"A model for Guinea first. " + evil}, "experts": experts, "activities.0.title": {"Fiscal model"}, "activities.0.form": {"advice"},
		"activities.0.stage": {"during"}, "activities.0.experts": experts, "activities.0.start": {"2026-01-05"}, "activities.0.end": {"2027-01-05"},
		"activities.0.deliverable": {"An opinion"}, "activities.0.checkInEveryDays": {"14"}, "scopingMission": {"true"}}).Answers(200).Says("Done.")
	return n
}

// elsewhere makes a case one of another country, with another contact.
func elsewhere(t *testing.T, h *apitest.House, n casework.CaseNumber) {
	t.Helper()
	_, err := h.Store.DB().ExecContext(t.Context(), `UPDATE requests SET country = 'ZM', institution = 'Ministry of Finance', contact_name = 'Chileshe Banda' WHERE case_number = $1`, n)
	if err != nil {
		t.Fatal(err)
	}
}

func TestAProposalIsCopiedFromAPastCase(t *testing.T) {
	h := aHouse(t)
	b, leila, gone := as(t, h, "officer"), h.Expert("Leila Haddad", "leila@experts.example"), h.Expert("Tomas Ibanez", "tomas@experts.example")
	from, n := proposed(t, h, string(leila.ID), string(gone.ID)), h.Request()
	elsewhere(t, h, n)
	gone.Available = false
	if _, err := h.Store.ChangeExpert(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	signals := len(h.Temporal.Signals)
	task := "/tasks/" + string(h.Open(n, casework.ProposeSupport, h.Account("officer").ID))
	list := b.Submit(b.Get(task), task, url.Values{"suggestions": {"Mine, half a sentence"}, "_more": {"copy"}}).Answers(200).Says(string(from), "same resource", "same sector").SaysNot("same country")
	page := b.Get(list.Link(string(from))).Answers(200).Says("A model for Guinea first. "+evil, "Leila Haddad", "not available any more and stay behind: Tomas Ibanez",
		"Takes the place of what you have there", "Mine, half a sentence", "It names the other case: Guinea").SaysNot("5 January")

	none := b.Submit(page, task+"/copy", url.Values{"piece": nil}).Answers(422).Says("Please tick something")
	over := b.Submit(none, task+"/copy", url.Values{"piece": {"experts", "activities.0"}}).Answers(200).Says("Taken over from "+string(from), "Recommended experts Activities")
	over.SaysNot("It names the other case") // what was taken over names nobody
	_, form := over.Form(task)
	for name, want := range map[string]string{"suggestions": "Mine, half a sentence", "experts": string(leila.ID), "activities.0.title": "Fiscal model", "activities.0.experts": string(leila.ID),
		"activities.0.deliverable": "An opinion", "activities.0.checkInEveryDays": "14", "activities.0.start": "", "activities.0.end": "", "scopingMission": ""} {
		if got := strings.Join(form[name], " "); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if again := b.Submit(none, task+"/copy", url.Values{"piece": {"experts", "activities.0"}}).Answers(200); again.Path != over.Path {
		t.Errorf("the second click gets to %s", again.Path)
	}
	b.Submit(over, task, nil).Answers(422).Says("There are 2 things to mend", "Taken over from") // the dates
	if len(h.Temporal.Signals) != signals {
		t.Error("a decision was signalled")
	}
}

func TestWhatWasTakenOverIsTakenBack(t *testing.T) {
	h := aHouse(t)
	b, leila := as(t, h, "officer"), h.Expert("Leila Haddad", "leila@experts.example")
	from, n := proposed(t, h, string(leila.ID)), h.Request()
	elsewhere(t, h, n)
	task := "/tasks/" + string(h.Open(n, casework.ProposeSupport, h.Account("officer").ID))
	b.Submit(b.Get(task), task, url.Values{"suggestions": {"Mine"}, "_more": {"copy"}})
	page := b.Get(task + "/copy?from=" + string(from))
	over := b.Submit(page, task+"/copy", url.Values{"piece": {"suggestions", "experts", "activities.0"}}).Says("What stood there before Suggestions", "Mine",
		"It names the other case: Guinea", "Change that before you send.")
	worked := url.Values{"activities.0.start": {"2027-01-05"}, "_more": {"back"}}
	back := b.Submit(over, task, worked).Answers(200).Says("It is as it was before.").SaysNot("Taken over from")
	_, form := back.Form(task)
	for name, want := range map[string]string{"suggestions": "Mine", "experts": "", "activities.0.title": "Fiscal model", "activities.0.start": "2027-01-05"} {
		if got := form.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestAnActivityIsCopiedFromAProposal(t *testing.T) {
	h := aHouse(t)
	b, leila := as(t, h, "officer"), h.Expert("Leila Haddad", "leila@experts.example")
	from, n := proposed(t, h, string(leila.ID)), h.Request()
	task := "/tasks/" + string(h.Open(n, casework.PlanActivity, h.Account("officer").ID))
	page := b.Get(task+"/copy?from="+string(from)).Says("Fiscal model", "An opinion").SaysNot("A model for Guinea")
	_, offered := page.Form(task + "/copy")
	over := b.Submit(page, task+"/copy", nil).Says("Taken over from")
	_, form := over.Form(task)
	if len(offered["piece"]) != 6 || form.Get("title") != "Fiscal model" || form.Get("start") != "" || form.Get("checkInEveryDays") != "14" {
		t.Errorf("of %v was taken over %v", offered["piece"], form)
	}
	b.Get(task + "/copy?from=" + string(from)).Says("All of this is in your form already.")
}

func TestAnOlderPageReplacesNothing(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "officer")
	from, n := proposed(t, h, string(h.Expert("Leila Haddad", "leila@experts.example").ID)), h.Request()
	task := "/tasks/" + string(h.Open(n, casework.ProposeSupport, h.Account("officer").ID))
	page := b.Get(task + "/copy?from=" + string(from))
	b.Submit(b.Get(task), task, url.Values{"suggestions": {"Typed meanwhile"}, "_more": {"draft"}}).Answers(200)
	told := b.Submit(page, task+"/copy", nil).Answers(409).Says("something else was entered in your form", "Typed meanwhile")
	if _, form := b.Get(task).Form(task); form.Get("suggestions") != "Typed meanwhile" || form.Get("experts") != "" {
		t.Errorf("the form is %v", form)
	}
	b.Submit(told, task+"/copy", nil).Says("Taken over from")
	if _, form := b.Get(task).Form(task); form.Get("suggestions") != "Typed meanwhile" || form.Get("activities.0.title") != "Fiscal model" {
		t.Errorf("the form is %v", form)
	}
}

func TestWhoCopiesFromWhere(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "officer")
	from, n := proposed(t, h, string(h.Expert("Leila Haddad", "leila@experts.example").ID)), h.Request()
	officer := h.Account("officer")
	task := "/tasks/" + string(h.Open(n, casework.ProposeSupport, officer.ID))
	page := b.Get(task + "/copy?from=" + string(from)).Answers(200)
	as(t, h, "reviewer").Get(task + "/copy").Answers(403)
	b.Get("/tasks/" + string(h.Open(n, casework.AnswerBoard, officer.ID)) + "/copy").Answers(404)
	b.Get(task + "/copy?from=" + string(n)).Answers(404)
	b.Get(task + "/copy?from=CNX-1999-0001").Answers(404)
	b.Get(task + "/copy?q=nobody-is-called-so").Answers(200).Says("No case with “nobody-is-called-so”")
	happens(t, h, from, func(t *casework.Transition) { t.Request.Conflicts = []casework.PersonID{officer.ID} })
	b.Get(task + "/copy").Says("Nothing of the kind was written").SaysNot(string(from))
	b.Get(task + "/copy?from=" + string(from)).Answers(404)
	b.Submit(page, task+"/copy", nil).Answers(404)
	if draft, err := h.Store.Draft(t.Context(), officer, casework.TaskID(strings.TrimPrefix(task, "/tasks/"))); err != nil || draft.Mark != "" {
		t.Errorf("kept is %v, %v", draft, err)
	}
}

package staff_test

import (
	"net/url"
	"testing"
	"time"

	"connex/casework"
)

// Why an activity cannot begin stands beside its name, with those for whom it waits; nothing is sent before.
func TestWhoKeepsAnActivityFromBeginningIsNamed(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "officer")
	anActivity(t, h, n)
	start := "/tasks/" + string(h.Open(n, casework.StartActivity, h.Account("officer").ID, func(t *casework.Task) { t.Activity = 1 }))
	const neither = "This activity cannot start yet. Leila Haddad has neither signed the current Code of Conduct nor declared interests in this request."
	b.Get("/requests/" + string(n)).Says(neither)
	page := b.Get(start).Says(neither)
	if where, _ := page.Form(start); where != "" {
		t.Error("the form is there")
	}
	signals := len(h.Temporal.Signals)
	b.Post(start, url.Values{"_key": {"0f8fad5b-d9cb-469f-a165-70867728950e"}, "outcome": {"started"}}).Answers(409)
	if len(h.Temporal.Signals) != signals {
		t.Error("it was sent on")
	}
	experts, err := h.Store.Experts(t.Context(), 10, "")
	if err != nil {
		t.Fatal(err)
	}
	happens(t, h, n, func(t *casework.Transition) {
		t.Binding = []casework.Binding{{Expert: experts.Items[0].ID, State: "none"}}
	})
	b.Get(start).Says("Leila Haddad has not signed the current Code of Conduct.")
	_, err = h.Store.DB().ExecContext(t.Context(), `INSERT INTO code_signatures (action_id, expert, version, signed_at, name, sha256, case_number)
		VALUES (gen_random_uuid(), $1, $2, $3, 'Leila Haddad', 'x', $4)`, experts.Items[0].ID, casework.CurrentCode().Version, time.Now(), n)
	if err != nil {
		t.Fatal(err)
	}
	if where, _ := b.Get(start).SaysNot("cannot start yet").Form(start); where == "" {
		t.Error("the form is not there")
	}
}

// The approval letter is not signed while a corrected country waits to be assessed; the list of open tasks says so.
func TestWhyThereIsNoButtonStandsInTheListOfACase(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "deputy")
	sign := "/tasks/" + string(h.Open(n, casework.SignApproval, ""))
	const why = "The request's country was corrected, and whether it is eligible has not been assessed yet."
	b.Get("/requests/" + string(n)).SaysNot(why)
	h.Open(n, casework.AssessEligibility, h.Account("officer").ID)
	b.Get("/requests/" + string(n)).Says(why)
	b.Get(sign).Says(why)
	as(t, h, "officer").Get("/requests/" + string(n)).SaysNot(why)
}

// Links into the middle of a page lead to what is there.
func TestLinksLeadToWhatIsThere(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "officer")
	b.Get("/")
	if _, err := h.Store.DB().ExecContext(t.Context(), `UPDATE visits SET seen_at = now() - interval '3 hours'`); err != nil {
		t.Fatal(err)
	}
	as(t, h, "head").Submit(as(t, h, "head").Get("/requests/"+string(n)), "/requests/"+string(n)+"/notes", url.Values{"text": {"Please look."}, "for": {string(h.Account("officer").ID)}})
	h.Open(n, casework.AssessEligibility, h.Account("officer").ID)
	happens(t, h, n, func(t *casework.Transition) { t.Entries = []casework.Entry{{What: casework.TrailPhaseEntered}} })
	for _, path := range []string{"/", "/requests", "/requests/" + string(n), "/help", "/settings", "/search?q=Guinea"} {
		b.Leads(b.Get(path))
	}
	b.Get("/requests/" + string(n)).Link("Notes")
}

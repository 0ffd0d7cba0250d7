package staff_test

import (
	"html"
	"net/url"
	"strings"
	"testing"

	"connex/casework"
)

// A page that came back with a fault says where it is shown: what it follows is not the address that the form was sent to.
func TestPagesThatCameBackSayWhereTheyAre(t *testing.T) {
	h := aHouse(t)
	n, expert := h.Request(), h.Expert("Leila", "leila@experts.example")
	h.By(h.Link(n, casework.Expert, expert.ID, "leila@experts.example")).Complete(h.Open(n, casework.SelfAssess, expert.ID),
		casework.Values{"outcome": "answered", "exp-pressure": "yes", "exp-pressure-text": "They offered me money", "exp-lessons": "Begin sooner"})
	notes, err := h.Store.HeadNotes(t.Context(), h.Account("head"), 0, "")
	if err != nil || len(notes.Items) != 1 {
		t.Fatalf("notes: %v, %v", notes, err)
	}
	mail := aMail(t, h)
	for address, tt := range map[string]struct {
		as, here string
		typed    url.Values
	}{
		"/requests/views": {"officer", "/requests?columns=case%2Ccountry%2Cinstitution%2Cphase%2Cwaits%2Cdue%2Cofficer&country=GN", url.Values{"query": {"country=GN"}}},
		"/mails/aside":    {"officer", "/mails", url.Values{"mail": {mail.ID}}},
		"/morning/said/" + string(notes.Items[0].ID): {"head", "/morning/said", url.Values{}},
	} {
		b := as(t, h, tt.as)
		back := b.Post(address, tt.typed).Answers(422)
		if !strings.Contains(back.Body, `data-here="`+html.EscapeString(tt.here)+`"`) {
			t.Errorf("%s does not say that it is %s", address, tt.here)
		}
		b.Get(tt.here).Answers(200)
	}
}

// When a mail came is a real moment, which its reader reads in their own zone.
func TestMailIsToldInTheReadersZone(t *testing.T) {
	h := aHouse(t)
	mail := aMail(t, h)
	if _, err := h.Store.DB().ExecContext(t.Context(), `UPDATE inbound_mails SET received_at = '2026-03-01 23:30:00+00'`); err != nil {
		t.Fatal(err)
	}
	b := as(t, h, "officer")
	b.Get("/mails").Says("2 March 2026, 00:30")
	if _, err := h.Store.DB().ExecContext(t.Context(), `UPDATE accounts SET time_zone = 'America/Lima', writing = 'en-US'`); err != nil {
		t.Fatal(err)
	}
	if page := b.Get("/mails").Says("March 1, 2026, 6:30 PM"); !strings.Contains(page.Body, `data-zone="America/Lima" data-hours="12"`) {
		t.Error("the script is not told how its reader reads times")
	}
	b.Get("/mails/" + mail.ID).Says("March 1, 2026, 6:30 PM")
}

package staff

import (
	"slices"
	"time"

	"connex/store"
)

type documentLine struct {
	store.Document
	Href string
}

type upload struct{ Post, Key string }

func (r reading) documents() (lines []documentLine) {
	for _, d := range r.view.Documents {
		lines = append(lines, documentLine{d, documentHref(d.ID)})
	}
	return lines
}

func documentHref(id string) string { return "/api/v1/documents/" + id }

// mailLine is a message in either direction.
type mailLine struct {
	Subject, Who, State string
	At                  time.Time
}

// mails are what went out and what came in, as it happened.
func (r reading) mails() (lines []mailLine) {
	for _, m := range r.view.Mails {
		lines = append(lines, mailLine{m.Subject, r.w.T("page.mail.to", "Name", nameOr(m.Name, m.Address)), string(m.State), m.At})
	}
	for _, m := range r.view.Inbound {
		state := "received"
		if m.UnknownSender {
			state = "unknown"
		}
		lines = append(lines, mailLine{m.Subject, r.w.T("page.mail.from", "Name", nameOr(m.FromName, m.From)), state,
			r.view.Calendar().Process(m.ReceivedAt)})
	}
	slices.SortStableFunc(lines, func(a, b mailLine) int { return a.At.Compare(b.At) })
	return lines
}

func nameOr(name, address string) string {
	if name == "" {
		return address
	}
	return name
}

// nowOf is the present in the case's calendar.
func nowOf(v store.RequestView) time.Time { return v.Calendar().Process(time.Now()) }

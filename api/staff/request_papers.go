package staff

import (
	"fmt"
	"slices"
	"time"

	"connex/api/web"
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
	ID, Subject, Who, State, Text string
	At                            time.Time
	Files                         []web.LineValue
}

// mails are what went out and what came in, as it happened.
func (r reading) mails() (lines []mailLine) {
	for i, m := range r.view.Mails {
		lines = append(lines, mailLine{fmt.Sprint("mail-", i), m.Subject, r.w.T("page.mail.to", "Name", nameOr(m.Name, m.Address)), string(m.State), m.Text,
			m.At, r.attached(m.Attachments)})
	}
	for _, m := range r.view.Inbound {
		state := "received"
		if m.UnknownSender {
			state = "unknown"
		}
		lines = append(lines, mailLine{"mail-" + m.ID, m.Subject, r.w.T("page.mail.from", "Name", nameOr(m.FromName, m.From)), state, m.Text,
			r.view.Calendar().Process(m.ReceivedAt), r.attached(m.Attachments)})
	}
	slices.SortStableFunc(lines, func(a, b mailLine) int { return a.At.Compare(b.At) })
	return lines
}

func (r reading) attached(ids []string) (files []web.LineValue) {
	for _, id := range ids {
		if document, known := r.known.Documents[id]; known {
			files = append(files, document)
		}
	}
	return files
}

func nameOr(name, address string) string {
	if name == "" {
		return address
	}
	return name
}

// nowOf is the present in the case's calendar.
func nowOf(v store.RequestView) time.Time { return v.Calendar().Process(time.Now()) }

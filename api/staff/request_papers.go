package staff

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"connex/api/web"
	"connex/store"
)

type documentLine struct {
	store.Document
	Href string
}

type upload struct{ Post, Here, Key, Title, Fault string }

func (r reading) upload(again upload) upload {
	again.Here = "/requests/" + string(r.file.CaseNumber)
	again.Post = again.Here + "/documents"
	again.Key = cmp.Or(again.Key, web.NewKey())
	return again
}

// documents, newest first.
func (r reading) documents() (lines []documentLine) {
	for _, d := range slices.Backward(r.file.Documents) {
		lines = append(lines, documentLine{d, documentHref(d.ID)})
	}
	return lines
}

func documentHref(id string) string { return "/api/v1/documents/" + id }

// messageLine is a mail in either direction.
type messageLine struct {
	store.Message
	Anchor, Who string
	When        time.Time // in the case's calendar
	Files       []web.LineValue
	Open        bool
}

// messageList shows the newest, and the others to unfold.
type messageList struct {
	Count      int
	New, Older []messageLine
	Print      bool
}

const newMessages = 8

func (r reading) messages() (list messageList) {
	lines := r.messageLines()
	list = messageList{Count: len(lines), New: lines, Print: r.print}
	if len(lines) > newMessages+2 && !r.print {
		list.New, list.Older = lines[:newMessages], lines[newMessages:]
	}
	return list
}

// messageLines are what went out and what came in, newest first. On its own page a case's number need not be said.
func (r reading) messageLines() (lines []messageLine) {
	for _, m := range slices.Backward(r.file.Messages) {
		way := "page.mail.to"
		if m.Received {
			way = "page.mail.from"
		}
		m.Subject, m.Text = r.subject(m), r.withoutSecrets(m.Text)
		lines = append(lines, messageLine{Message: m, Anchor: mailAnchor(m.ID), Who: r.w.T(way, "Name", nameOr(m.Name, m.Address)),
			When: r.file.Calendar().Process(m.At), Files: r.attached(m.Attachments), Open: r.print})
	}
	return lines
}

// withoutSecrets says what stood where a mail had a personal link or a code: they are their receiver's alone.
func (r reading) withoutSecrets(text string) string {
	return strings.NewReplacer("{link}", r.w.T("page.mail.link"), "{code}", r.w.T("page.mail.code")).Replace(text)
}

func (r reading) subject(m store.Message) string {
	if short := strings.TrimPrefix(m.Subject, "["+string(r.file.CaseNumber)+"] "); short != "" {
		return short
	}
	return r.w.T("page.mails.no-subject")
}

// mailAnchor is where a mail stands on the page: its ID without what an address must not have.
func mailAnchor(id string) string {
	return "mail-" + strings.Map(func(c rune) rune {
		if c == '-' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return '_'
	}, id)
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

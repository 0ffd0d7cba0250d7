package e2e

import (
	"io"
	"net"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"connex/mail"
)

// mailbox is the mail server that the system sends by: it keeps everything that anybody gets.
type mailbox struct {
	address string
	server  *smtp.Server

	mu    sync.Mutex
	mails []letter
}

type file = mail.File

// letter is a mail as it arrived.
type letter struct {
	mail.Incoming
	to []string
	at time.Time
}

func openMailbox() (*mailbox, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	box := &mailbox{address: listener.Addr().String()}
	box.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &delivery{box: box}, nil }))
	box.server.EnableSMTPUTF8 = true
	go func() { _ = box.server.Serve(listener) }() // until close
	return box, nil
}

func (b *mailbox) close() { _ = b.server.Close() }

// delivery is one conversation with the mail server.
type delivery struct {
	box *mailbox
	to  []string
}

func (d *delivery) Mail(string, *smtp.MailOptions) error { return nil }

func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.to = append(d.to, strings.ToLower(to))
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	read, err := mail.Read(raw)
	if err != nil {
		return &smtp.SMTPError{Code: 550, Message: err.Error()}
	}
	d.box.keep(letter{read, d.to, time.Now()})
	return nil
}

func (d *delivery) Reset()        { d.to = nil }
func (d *delivery) Logout() error { return nil }

func (b *mailbox) keep(l letter) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mails = append(b.mails, l)
}

// about are all mails of a case, oldest first.
func (b *mailbox) about(caseNumber string) (found []letter) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.mails {
		if strings.Contains(l.Subject, caseNumber) {
			found = append(found, l)
		}
	}
	return found
}

// to are the mails of a case to one address.
func (b *mailbox) to(address, caseNumber string) (found []letter) {
	for _, l := range b.about(caseNumber) {
		if slices.Contains(l.to, strings.ToLower(address)) {
			found = append(found, l)
		}
	}
	return found
}

var (
	linkLine = regexp.MustCompile(`(?m)^\s*\S+(/p/[\w.~-]+)\s*$`)
	codeLine = regexp.MustCompile(`(?m)^\s*Code: (\d{6})\s*$`)
)

// link is the path of the newest personal link for a case that an address got, or nothing.
func (b *mailbox) link(address, caseNumber string) (path string) {
	for _, l := range b.to(address, caseNumber) {
		for _, found := range linkLine.FindAllStringSubmatch(l.Text, -1) {
			path = found[1]
		}
	}
	return path
}

// code waits for the confirmation code that an address gets after an instant.
func (b *mailbox) code(address, caseNumber string, since time.Time) (code string) {
	for begun := time.Now(); code == "" && time.Since(begun) < patience; time.Sleep(20 * time.Millisecond) {
		for _, l := range b.to(address, caseNumber) {
			if found := codeLine.FindStringSubmatch(l.Text); found != nil && !l.at.Before(since) {
				code = found[1]
			}
		}
	}
	return code
}

// waitFor gives what came in time to be found, else fails.
func waitFor[T any](t testing.TB, within time.Duration, what string, look func() (T, bool)) T {
	t.Helper()
	for begun := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		found, there := look()
		if there {
			return found
		}
		if time.Since(begun) > within {
			t.Fatalf("waited %s in vain for %s", within, what)
		}
	}
}

package mail

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"connex/mail/mailtest"
)

func aMessage(changes ...func(*Message)) Message {
	m := Message{
		From: "CONNEX Support Unit <secretariat@connex.test>", To: "Владимир Щербаков <focal@ministry.example>",
		Subject: "[CNX-2026-0007] Your request letter", Text: "Dear all,\n\nhttp://127.0.0.1/p/x\n",
		MessageID: "out-17@connex.test", InReplyTo: "<a1@ministry.example>", Date: time.Date(2026, 3, 3, 9, 15, 0, 0, time.UTC),
	}
	for _, change := range changes {
		change(&m)
	}
	return m
}

func withEverything(m *Message) {
	m.HTML = "<p>Dear all</p>"
	m.Calendar = &Calendar{Method: "REQUEST", Text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}
	m.Attachments = []Attachment{{"letter.pdf", "application/pdf", bytes.Repeat([]byte("%PDF"), 100)}, {"ደብዳቤ.pdf", "application/pdf", []byte("x")}}
}

func TestARetryIsTheSameMail(t *testing.T) {
	server := listen(t, &backend{})
	s := sender(t, server.addr)
	for range 2 {
		if err := s.Send(context.Background(), aMessage(withEverything)); err != nil {
			t.Fatal(err)
		}
	}
	kept := server.kept
	if len(kept) != 2 || !bytes.Equal(kept[0].raw, kept[1].raw) {
		t.Fatalf("%d mails arrived, or two that differ", len(kept))
	}
	if got := kept[0]; got.from != "secretariat@connex.test" || len(got.to) != 1 || got.to[0] != "focal@ministry.example" {
		t.Errorf("the envelope says from %s to %s", got.from, got.to)
	}
	if !bytes.Contains(kept[0].raw, []byte("\r\nMessage-ID: <out-17@connex.test>\r\n")) {
		t.Errorf("another Message-ID in\n%s", kept[0].raw)
	}
}

func TestWhatArrivesIsWhatWasWritten(t *testing.T) {
	link := "http://127.0.0.1:8080/p/" + strings.Repeat("Aé-_", 40)
	text := "Dear Владимир,\n\n.hidden dot\n" + link + "\nCode: 123456\n\n" + strings.Repeat("long ", 300) + "\nحتى هنا\nFrom here = there"
	raw, err := aMessage2(func(m *Message) {
		withEverything(m)
		m.Text, m.Subject = text, "[CNX-2026-0007] "+strings.Repeat("Ответ на запрос ", 10)+"=?utf-8?q?x?="
	}).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(got.Text) != strings.TrimSpace(text) {
		t.Errorf("the text became\n%q, was\n%q", got.Text, text)
	}
	if want := "[CNX-2026-0007] " + strings.Repeat("Ответ на запрос ", 10) + "= ?utf-8?q?x?="; got.Subject != want {
		t.Errorf("the subject became %q", got.Subject)
	}
	if got.FromName != "CONNEX Support Unit" || got.InReplyTo != "a1@ministry.example" || !got.Date.Equal(aMessage().Date) {
		t.Errorf("from %q, in reply to %q, at %v", got.FromName, got.InReplyTo, got.Date)
	}
	var names []string
	for _, a := range got.Attachments {
		names = append(names, a.Name)
	}
	if strings.Join(names, "|") != "attachment-1.ics|letter.pdf|ደብዳቤ.pdf" {
		t.Errorf("attachments %q", names)
	}
	for line := range bytes.Lines(raw) {
		if len(line) > 998 || bytes.ContainsFunc(line, func(r rune) bool { return r > 126 }) || !bytes.HasSuffix(line, []byte("\r\n")) {
			t.Errorf("no server need take the line %q", line)
		}
	}
}

func TestWhatTheServerSays(t *testing.T) {
	for name, tt := range map[string]struct {
		backend   *backend
		permanent bool
		code      int
	}{
		"busy":              {&backend{rcpt: &smtp.SMTPError{Code: 451, Message: "try later"}}, false, 451},
		"nobody there":      {&backend{rcpt: &smtp.SMTPError{Code: 550, Message: "no such user"}}, true, 550},
		"not this mail":     {&backend{data: &smtp.SMTPError{Code: 554, Message: "looks like spam"}}, true, 554},
		"disk full":         {&backend{data: &smtp.SMTPError{Code: 452, Message: "no space"}}, false, 452},
		"not from you":      {&backend{mail: &smtp.SMTPError{Code: 550, Message: "who are you"}}, true, 550},
		"cut while talking": {&backend{hangUp: true}, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			server := listen(t, tt.backend)
			err := sender(t, server.addr).Send(context.Background(), aMessage())
			var failed *Error
			if !errors.As(err, &failed) || failed.Permanent != tt.permanent || failed.Code != tt.code {
				t.Errorf("%v, want permanent %v with code %d", err, tt.permanent, tt.code)
			}
			if len(server.kept) != 0 {
				t.Error("and yet it arrived")
			}
		})
	}
}

func TestNobodyListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	var failed *Error
	if err := sender(t, l.Addr().String()).Send(context.Background(), aMessage()); !errors.As(err, &failed) || failed.Permanent {
		t.Errorf("%v, want an error that passes", err)
	}
}

func TestASilentServerIsGivenUp(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, stop := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer stop()
	began := time.Now()
	if err := sender(t, l.Addr().String()).Send(ctx, aMessage()); err == nil || time.Since(began) > 3*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
}

// A server that answers every line, keeps the mail, and is gone before the goodbye.
func TestOnceTheServerKeepsItNothingElseMatters(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "220 here\r\n")
		for lines := bufio.NewScanner(conn); lines.Scan(); {
			switch lines.Text() {
			case "DATA":
				fmt.Fprint(conn, "354 go on\r\n")
				for lines.Scan() && lines.Text() != "." {
				}
				fmt.Fprint(conn, "250 kept\r\n")
				return
			default:
				fmt.Fprint(conn, "250 ok\r\n")
			}
		}
	}()
	if err := sender(t, l.Addr().String()).Send(context.Background(), aMessage()); err != nil {
		t.Errorf("%v; sent again it would be there twice", err)
	}
}

func TestHeadersCannotBeSmuggledIn(t *testing.T) {
	server := listen(t, &backend{})
	s := sender(t, server.addr)
	for name, change := range map[string]func(*Message){
		"subject":     func(m *Message) { m.Subject = "hello\r\nBcc: all@ministry.example" },
		"NUL":         func(m *Message) { m.Subject = "hello\x00" },
		"from":        func(m *Message) { m.From = "a@connex.test\nX: y" },
		"two people":  func(m *Message) { m.To = "a@ministry.example, b@ministry.example" },
		"to nobody":   func(m *Message) { m.To = "" },
		"a command":   func(m *Message) { m.To = "a@ministry.example>\r\nRCPT TO:<b@ministry.example" },
		"a local é":   func(m *Message) { m.To = "é@ministry.example" },
		"a space":     func(m *Message) { m.To = `"a b"@ministry.example` },
		"message id":  func(m *Message) { m.MessageID = "x> <y@z" },
		"no id":       func(m *Message) { m.MessageID = "" },
		"in reply to": func(m *Message) { m.InReplyTo = "a b@c" },
		"file name":   func(m *Message) { m.Attachments = []Attachment{{"a\r\nb", "text/plain", nil}} },
		"media type":  func(m *Message) { m.Attachments = []Attachment{{"a", "text/plain\r\nX: y", nil}} },
		"no type":     func(m *Message) { m.Attachments = []Attachment{{"a", "", nil}} },
		"method":      func(m *Message) { m.Calendar = &Calendar{Method: "REQUEST; x=y"} },
		"no date":     func(m *Message) { m.Date = time.Time{} },
	} {
		var failed *Error
		if err := s.Send(context.Background(), aMessage(change)); !errors.As(err, &failed) || !failed.Permanent || failed.Code != 0 {
			t.Errorf("%s: %v, want it refused for good", name, err)
		}
	}
	if len(server.kept) != 0 {
		t.Errorf("%d of them arrived", len(server.kept))
	}
}

func TestAForeignDomainIsWrittenAsServersKnowIt(t *testing.T) {
	server := listen(t, &backend{})
	if err := sender(t, server.addr).Send(context.Background(), aMessage(func(m *Message) { m.To = "focal@bücher.example" })); err != nil {
		t.Fatal(err)
	}
	if to := server.kept[0].to[0]; to != "focal@xn--bcher-kva.example" {
		t.Errorf("sent to %s", to)
	}
}

func TestEncryption(t *testing.T) {
	server, roots := listenTLS(t)
	trusting := sender(t, "starttls://user:secret@"+server.addr)
	trusting.Trust(&tls.Config{RootCAs: roots, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12})
	if err := trusting.Send(context.Background(), aMessage()); err != nil || server.user != "user:secret" {
		t.Errorf("%v, signed in as %q", err, server.user)
	}
	wary := sender(t, "starttls://user:secret@"+server.addr)
	if err := wary.Send(context.Background(), aMessage()); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("an unknown certificate: %v", err)
	}
	plain := listen(t, &backend{})
	if err := sender(t, "starttls://"+plain.addr).Send(context.Background(), aMessage()); err == nil || len(plain.kept) != 0 {
		t.Error("a server that cannot encrypt got the mail in the clear")
	}
}

func TestAWrongAddressKeepsItsPassword(t *testing.T) {
	for _, addr := range []string{"", "mail.example", "http://user:secret@mail.example", "tls://user:secret@:465", "tls://user:secret@mail.example:x", "starttls://%zz:secret@x"} {
		if _, err := NewSender(addr); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", addr, err)
		}
	}
}

func aMessage2(change func(*Message)) *Message {
	m := aMessage(change)
	return &m
}

func sender(t *testing.T, addr string) *Sender {
	t.Helper()
	s, err := NewSender(addr)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// backend is a mail server that answers as it is told.
type backend struct {
	mail, rcpt, data error
	hangUp           bool

	addr string
	mu   sync.Mutex
	user string
	kept []envelope
}

type envelope struct {
	from string
	to   []string
	raw  []byte
}

func listen(t *testing.T, b *backend) *backend { return serve(t, b, nil) }

func listenTLS(t *testing.T) (*backend, *x509.CertPool) {
	t.Helper()
	config, roots := mailtest.Certificate(t)
	return serve(t, &backend{}, config), roots
}

func serve(t *testing.T, b *backend, config *tls.Config) *backend {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b.addr = l.Addr().String()
	server := smtp.NewServer(b)
	server.TLSConfig, server.ErrorLog = config, quiet{}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return b
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

type session struct {
	*backend
	conn *smtp.Conn
	now  envelope
}

func (b *backend) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &session{backend: b, conn: c}, nil
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		s.user = user + ":" + password
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.now.from = from
	return s.mail
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.now.to = append(s.now.to, to)
	return s.rcpt
}

func (s *session) Data(r io.Reader) (err error) {
	if s.hangUp {
		return s.conn.Conn().Close()
	}
	if s.now.raw, err = io.ReadAll(r); err != nil || s.data != nil {
		return s.data
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = append(s.kept, s.now)
	return nil
}

func (s *session) Reset()        { s.now = envelope{} }
func (s *session) Logout() error { return nil }

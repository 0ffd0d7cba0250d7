// Package mail is the way out, over SMTP, and the way in, from files of mails. A mail that goes out is composed here to
// the last byte, from nothing but its data: tried again after a fault it is the same mail with the same Message-ID, so
// that a server that has it already can tell. What comes in is somebody else's doing: it is read within limits, and
// what cannot be read is said to be so, never dropped.
package mail

import (
	"bytes"
	"fmt"
	"mime"
	"net/mail"
	"regexp"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/idna"
)

// Message is a mail that goes out, to one person.
type Message struct {
	From        string // an address, with or without a name: CONNEX Support Unit <secretariat@connex.test>
	To          string // one address
	Subject     string
	Text        string
	HTML        string // the same in HTML, or empty
	MessageID   string // with or without angle brackets; so is InReplyTo
	InReplyTo   string
	Date        time.Time
	Attachments []Attachment
	Calendar    *Calendar // an invitation or its cancelling
}

// Attachment is a file in a mail.
type Attachment struct {
	Name      string
	MediaType string
	Bytes     []byte
}

// Calendar is a text/calendar part; its method says whether it invites or cancels.
type Calendar struct {
	Method string
	Text   string
}

// header is one that was checked; addresses carry what the envelope needs.
type header struct {
	from, to             *mail.Address
	messageID, inReplyTo string
}

// check refuses what no server would mend: more than one line in a header is an attempt to write headers of one's own.
func (m *Message) check() (h header, err error) {
	for name, value := range map[string]string{"From": m.From, "To": m.To, "Subject": m.Subject, "Message-ID": m.MessageID, "In-Reply-To": m.InReplyTo} {
		if strings.ContainsFunc(value, unicode.IsControl) {
			return h, refuse("%s contains a control character", name)
		}
	}
	if h.from, err = address(m.From); err != nil {
		return h, err
	}
	if h.to, err = address(m.To); err != nil {
		return h, err
	}
	if h.messageID, err = bracketed(m.MessageID); err != nil {
		return h, err
	}
	if m.InReplyTo != "" {
		if h.inReplyTo, err = bracketed(m.InReplyTo); err != nil {
			return h, err
		}
	}
	for _, a := range m.Attachments {
		if _, _, err := mime.ParseMediaType(a.MediaType); err != nil || strings.ContainsFunc(a.Name+a.MediaType, unicode.IsControl) {
			return h, refuse("the attachment %q of type %q", a.Name, a.MediaType)
		}
	}
	if m.Calendar != nil && !method.MatchString(m.Calendar.Method) {
		return h, refuse("the calendar method %q", m.Calendar.Method)
	}
	if m.Date.IsZero() {
		return h, refuse("a mail without a date")
	}
	return h, nil
}

var (
	method    = regexp.MustCompile(`^[A-Z]+$`)
	messageID = regexp.MustCompile(`^<[!-;=?-~]+@[!-;=?-~]+>$`)
)

// address is exactly one. A name before the @ that is not ASCII would need a server at the other end that nobody can
// count on, and is refused; the domain is written as such servers know it.
func address(given string) (*mail.Address, error) {
	parsed, err := mail.ParseAddress(given)
	if err != nil {
		return nil, refuse("%q is not one address", given)
	}
	at := strings.LastIndex(parsed.Address, "@")
	local, domain := parsed.Address[:at], parsed.Address[at+1:]
	domain, err = idna.Lookup.ToASCII(domain)
	if err != nil || strings.ContainsFunc(local, func(r rune) bool { return r > unicode.MaxASCII || r <= ' ' }) {
		return nil, refuse("%q is no address that mail can be sent to", given)
	}
	parsed.Address = local + "@" + domain
	return parsed, nil
}

func bracketed(id string) (string, error) {
	id = "<" + strings.TrimSuffix(strings.TrimPrefix(id, "<"), ">") + ">"
	if !messageID.MatchString(id) || len(id) > 250 {
		return "", refuse("%q is no Message-ID", id)
	}
	return id, nil
}

// Bytes is the mail as it goes over the wire, the same for the same message.
func (m *Message) Bytes() ([]byte, error) {
	h, err := m.check()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	head := func(name, value string) { fold(&b, name+": "+value) }
	head("From", h.from.String())
	head("To", h.to.String())
	head("Subject", encoded(m.Subject))
	head("Date", m.Date.UTC().Format("Mon, 02 Jan 2006 15:04:05 -0700"))
	head("Message-ID", h.messageID)
	if h.inReplyTo != "" {
		head("In-Reply-To", h.inReplyTo)
		head("References", h.inReplyTo)
	}
	head("MIME-Version", "1.0")
	head("Auto-Submitted", "auto-generated") // so that absence notes are not sent back
	part := m.body(h.messageID)
	for _, name := range partHeaders {
		if value := part.header.Get(name); value != "" {
			head(name, value)
		}
	}
	b.WriteString("\r\n")
	b.Write(part.body)
	return b.Bytes(), nil
}

// encoded is a header's text in ASCII. What looks like an encoded word already is none: it would be read as something
// else than the sender saw.
func encoded(text string) string {
	return mime.QEncoding.Encode("utf-8", strings.ReplaceAll(text, "=?", "= ?"))
}

// fold breaks a long header where it has spaces.
func fold(b *bytes.Buffer, line string) {
	width := 0
	for i, word := range strings.Split(line, " ") {
		switch {
		case i == 0:
		case width+1+len(word) > 76 && i > 1:
			b.WriteString("\r\n ")
			width = 1
		default:
			b.WriteString(" ")
			width++
		}
		b.WriteString(word)
		width += len(word)
	}
	b.WriteString("\r\n")
}

// Error says why a mail did not go out. A permanent one is the same tomorrow: a person must change something.
type Error struct {
	Permanent bool
	Untaken   bool // the server surely does not have it: it was not reached, or said so
	Code      int  // the server's, 0 where it was not asked
	Reason    string
}

func (e *Error) Error() string {
	if e.Code != 0 {
		return fmt.Sprintf("mail: %d %s", e.Code, e.Reason)
	}
	return "mail: " + e.Reason
}

func refuse(format string, args ...any) error {
	return &Error{Permanent: true, Reason: "refused: " + fmt.Sprintf(format, args...)}
}

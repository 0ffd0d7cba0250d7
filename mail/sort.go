package mail

import (
	"bufio"
	"bytes"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// What machines attach to say what became of a mail.
var aboutDelivery = map[string]bool{
	"message/delivery-status": true, "message/disposition-notification": true, "message/global-delivery-status": true,
	"text/rfc822-headers": true, "message/rfc822-headers": true,
}

// sortOf tells who wrote a mail: a person, a program that answers, or a mail server that gives a mail back.
func sortOf(e *enmime.Envelope) (Sort, Returned) {
	if report := e.Root.DepthMatchFirst(ofType("message/delivery-status", "message/global-delivery-status")); report != nil {
		return delivery(e, report.Content)
	}
	failed := line(e.GetHeader("X-Failed-Recipients"))
	if failed != "" { // some servers say it in words only, and here
		return Bounce, returned(e, Returned{Address: bare(failed), Permanent: true})
	}
	if e.Root.DepthMatchFirst(ofType("message/disposition-notification")) != nil || automatic(e) {
		return AutoReply, Returned{}
	}
	return Written, Returned{}
}

func ofType(types ...string) enmime.PartMatcher {
	return func(p *enmime.Part) bool {
		for _, t := range types {
			if p.ContentType == t {
				return true
			}
		}
		return false
	}
}

// delivery reads a server's report: for each person what was done, the failures before the delays. One that only says
// that all went well is no more than an automatic reply.
func delivery(e *enmime.Envelope, report []byte) (Sort, Returned) {
	var failed, delayed *Returned
	groups := textproto.NewReader(bufio.NewReader(bytes.NewReader(append(report, "\r\n\r\n"...))))
	for range 100 {
		group, err := groups.ReadMIMEHeader()
		if r := (Returned{Address: bare(group.Get("Final-Recipient")), Permanent: strings.HasPrefix(group.Get("Status"), "5")}); r.Address != "" {
			switch strings.ToLower(strings.TrimSpace(group.Get("Action"))) {
			case "failed":
				failed = orFirst(failed, r)
			case "delayed":
				r.Permanent = false
				delayed = orFirst(delayed, r)
			}
		}
		if err != nil {
			break
		}
	}
	switch {
	case failed != nil:
		return Bounce, returned(e, *failed)
	case delayed != nil:
		return Bounce, returned(e, *delayed)
	}
	return AutoReply, Returned{}
}

func orFirst(have *Returned, r Returned) *Returned {
	if have != nil {
		return have
	}
	return &r
}

// returned adds which mail it was, from the copy of it, or of its headers, that came along.
func returned(e *enmime.Envelope, r Returned) Returned {
	original := e.Root.DepthMatchFirst(ofType("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers"))
	if original == nil {
		return r
	}
	copied, err := parser.ReadEnvelope(bytes.NewReader(append(headersOf(original.Content), "\r\n\r\n"...)))
	if err != nil {
		return r
	}
	r.MessageID, r.Subject = first(ids(copied, "Message-ID")), line(copied.GetHeader("Subject"))
	return r
}

// headersOf is all before the first empty line; the rest of a returned mail is of no interest.
func headersOf(content []byte) []byte {
	content = bytes.TrimLeft(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")), "\n")
	head, _, _ := bytes.Cut(content, []byte("\n\n"))
	return bytes.Clone(head)
}

// bare is the address in «rfc822; somebody@somewhere».
func bare(recipient string) string {
	if _, after, found := strings.Cut(recipient, ";"); found {
		recipient = after
	}
	recipient = strings.Trim(line(recipient), "<> ")
	if parsed, err := mail.ParseAddress(recipient); err == nil {
		return parsed.Address
	}
	return loose.FindString(recipient)
}

// Subjects that mail programs give to absence notes, at the very beginning: «Re: Automatic reply» is a person's.
var absence = regexp.MustCompile(`(?i)^\s*(automatic reply|auto(matic)?[- ]?(reply|response)|out of office|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina|resposta automática|automatische antwort|abwesenheitsnotiz|автоматический ответ|автоответ|رد تلقائي|risposta automatica|automatisch antwoord|autosvar|automatiskt svar|otomatik yanıt|自动回复)\s*[::]`)

// automatic goes by the header that the standard has for it, then by those that programs invented before.
func automatic(e *enmime.Envelope) bool {
	submitted := strings.ToLower(line(e.GetHeader("Auto-Submitted")))
	switch {
	case submitted != "":
		return !strings.HasPrefix(submitted, "no")
	case e.GetHeader("X-Autoreply") != "", e.GetHeader("X-Autorespond") != "", e.GetHeader("X-Auto-Reply") != "":
		return true
	case strings.EqualFold(line(e.GetHeader("Precedence")), "auto_reply"):
		return true
	}
	return absence.MatchString(line(e.GetHeader("Subject")))
}

// replied tells an answering machine from other programs that send mail.
func replied(e *enmime.Envelope) bool {
	return !strings.HasPrefix(strings.ToLower(line(e.GetHeader("Auto-Submitted"))), "auto-generated")
}

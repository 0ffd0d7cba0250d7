package mail

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"connex/casework"
)

// The declared charset is believed: guessing takes short texts in old charsets for others. HTML is made text by us, for
// it is limited first.
var parser = enmime.NewParser(enmime.SkipMalformedParts(true), enmime.MultipartWOBoundaryAsSinglePart(true),
	enmime.DisableCharacterDetection(true), enmime.DisableTextConversion(true), enmime.MaxStoredPartErrors(20),
	enmime.SetReadPartErrorPolicy(func(*enmime.Part, error) bool { return true }))

// reader collects what is in a mail and in the mails attached to it.
type reader struct {
	files    []File
	enclosed []Enclosed
	faults   []string
	parts    int
	tooMany  bool
}

func (r *reader) fault(text string) {
	if len(r.faults) < 20 {
		r.faults = append(r.faults, line(text))
	}
}

var (
	boundaries = regexp.MustCompile(`(?i)boundary\s*(\*\d*\*?)?\s*=`)
	oneOf      = []string{"From", "Sender", "To", "Subject", "Date", "Message-Id", "Received", "Return-Path"}
)

// parse looks at the size of things before the parser does: it goes as deep as a mail says, and memory with it.
func (r *reader) parse(raw []byte) (*enmime.Envelope, error) {
	raw = withoutMailboxLine(raw)
	switch {
	case len(raw) > largest:
		return nil, &Unreadable{fmt.Sprintf("it is larger than %d MB", largest>>20)}
	case len(boundaries.FindAllIndex(raw, mostBoundary+1)) > mostBoundary:
		return nil, &Unreadable{"it is nested too deep"}
	case bytes.Count(raw, []byte("\n--")) > 20_000:
		return nil, &Unreadable{"it has too many parts"}
	}
	e, err := parser.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		return nil, &Unreadable{line(err.Error())}
	}
	for _, name := range oneOf {
		if e.Root.Header.Get(name) != "" {
			return e, nil
		}
	}
	return nil, &Unreadable{"it has no header of a mail"}
}

// withoutMailboxLine drops the line that mailboxes of the old kind put before each mail.
func withoutMailboxLine(raw []byte) []byte {
	raw = bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), "\r\n")
	if bytes.HasPrefix(raw, []byte("From ")) {
		if _, rest, found := bytes.Cut(raw, []byte("\n")); found {
			return rest
		}
	}
	return raw
}

// textOf is what a person reads: the plain text, or what the HTML says.
func textOf(e *enmime.Envelope) string {
	text := e.Text
	if strings.TrimSpace(text) == "" && e.HTML != "" {
		text = textOfHTML(cut(e.HTML, 4*longestText))
	}
	return casework.Plain(cut(text, longestText))
}

// cut shortens what nobody reads to the end; the raw mail has all of it.
func cut(text string, longest int) string {
	if len(text) <= longest {
		return text
	}
	return strings.ToValidUTF8(text[:longest], "") + "\n[…]"
}

// line is a header's value on one line.
func line(text string) string { return casework.OneLine(cut(text, longestHeader)) }

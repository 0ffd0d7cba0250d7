package mail

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"connex/casework"

	"github.com/jhillyerd/enmime/v2"
)

// Sort is what sort of mail came in. Neither an automatic reply nor a bounce is anybody's answer.
type Sort string

// The sorts; a mail that a person wrote has none.
const (
	Written   Sort = ""
	AutoReply Sort = "auto-reply"
	Bounce    Sort = "bounce"
)

// Incoming is a mail that came in, as far as it could be read: decoded, in UTF-8, without control characters. Message-IDs
// are without brackets.
type Incoming struct {
	MessageID   string // made from the bytes where the mail has none, so that the same mail is filed once
	InReplyTo   string
	References  []string // oldest first
	FromName    string
	FromAddress string
	Date        time.Time // zero where the mail has none
	Subject     string
	Text        string
	Attachments []File
	Enclosed    []Enclosed // mails that were attached; their files are among Attachments
	Sort        Sort
	Returned    Returned // of a bounce
	Faults      []string // what in it could not be read; the raw mail has it
}

// File is an attachment. Its media type is that of its content, whatever the mail calls it.
type File struct {
	Name      string
	MediaType string
	Bytes     []byte
	Within    string // the subject of the attached mail that it was in; empty: of this one
	Inline    bool   // a picture in the text, most often a logo
}

// Enclosed is a mail that was attached to another.
type Enclosed struct {
	FromAddress string
	Subject     string
	Date        time.Time
	Text        string
}

// Returned is what a bounce says: to whom a mail did not get, whether trying again is of no use, and which mail it was.
type Returned struct {
	Address   string
	Permanent bool
	MessageID string
	Subject   string
}

// Unreadable says why some bytes cannot be read as a mail. They are kept as they came.
type Unreadable struct{ Reason string }

func (e *Unreadable) Error() string { return "mail: cannot be read: " + e.Reason }

const (
	largest       = 50 << 20
	mostParts     = 500
	mostBoundary  = 100
	deepest       = 5 // mails within mails
	longestText   = 500_000
	longestHeader = 2_000
)

// Read reads a mail. What is wrong in one part costs that part only, and is told in Faults.
func Read(raw []byte) (Incoming, error) {
	r := reader{}
	root, err := r.parse(raw)
	if err != nil {
		return Incoming{}, err
	}
	in := Incoming{Subject: line(root.GetHeader("Subject")), Text: textOf(root)}
	in.FromName, in.FromAddress = from(root)
	in.Date, _ = root.Date()
	in.MessageID = cmp.Or(first(ids(root, "Message-ID")), madeID(raw))
	in.InReplyTo = first(ids(root, "In-Reply-To"))
	in.References = ids(root, "References")
	in.Sort, in.Returned = sortOf(root)
	if in.Sort != Bounce { // what comes back was ours to begin with
		r.collect(root.Root, "", 0)
	}
	if r.tooMany {
		return Incoming{}, &Unreadable{fmt.Sprintf("it has more than %d parts", mostParts)}
	}
	in.Attachments, in.Enclosed = r.files, r.enclosed
	if in.Sort == AutoReply && len(in.Attachments) > 0 && !replied(root) {
		in.Sort = Written // a scanner's or a form's: nobody wrote a word, yet somebody sent a document
	}
	for _, fault := range root.Errors {
		if fault.Severe {
			r.fault(fault.Error())
		}
	}
	in.Faults = r.faults
	return in, nil
}

// Threads are the Message-IDs that this mail may answer, the likeliest first. An index of all mails, sent and received,
// tells which of them are ours.
func (in *Incoming) Threads() []string {
	nearest := slices.Clone(in.References)
	slices.Reverse(nearest)
	var all []string
	for _, id := range append([]string{in.Returned.MessageID, in.InReplyTo}, nearest...) {
		if id != "" && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

// CaseOf finds the case that a mail names in its subject, or a bounce in the subject of the mail that it returns. No
// other header counts: whoever forwards a mail can have written them, and so can the text quote any case.
func CaseOf(in Incoming) (casework.CaseNumber, bool) {
	if in.Sort == Bounce {
		if n, found := casework.FindCaseNumber(in.Returned.Subject); found {
			return n, true
		}
	}
	return casework.FindCaseNumber(in.Subject)
}

// first is the first of a list, or nothing.
func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

var bracket = regexp.MustCompile(`<([^<>\s]+)>`)

// ids are the Message-IDs in a header. Some programs forget the brackets.
func ids(e *enmime.Envelope, header string) []string {
	value := e.Root.Header.Get(header)
	var all []string
	for _, found := range bracket.FindAllStringSubmatch(value, 100) {
		all = append(all, found[1])
	}
	if bare := strings.TrimSpace(value); len(all) == 0 && bare != "" && !strings.ContainsAny(bare, " \t<>") {
		all = append(all, bare)
	}
	return slices.DeleteFunc(all, func(id string) bool { return len(id) > 250 || line(id) != id })
}

func madeID(raw []byte) string {
	sum := sha256.Sum256(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")))
	return hex.EncodeToString(sum[:]) + "@without-id.invalid"
}

// from is who a mail says that it is from, which proves nothing.
func from(e *enmime.Envelope) (name, addr string) {
	if list, err := e.AddressList("From"); err == nil && len(list) > 0 {
		return line(list[0].Name), line(list[0].Address)
	}
	given := line(e.GetHeader("From"))
	if parsed, err := mail.ParseAddress(given); err == nil {
		return parsed.Name, parsed.Address
	}
	if found := loose.FindString(given); found != "" {
		return strings.Trim(strings.ReplaceAll(given, found, ""), " <>\""), found
	}
	return given, ""
}

var loose = regexp.MustCompile(`[^\s<>"(),:;]+@[^\s<>"(),:;]+`)

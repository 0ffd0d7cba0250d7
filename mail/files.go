package mail

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"github.com/jhillyerd/enmime/v2"
)

// collect walks the parts of a mail and of the mails in it: all that is not read as text is a file.
func (r *reader) collect(p *enmime.Part, within string, depth int) {
	for ; p != nil; p = p.NextSibling {
		if r.parts++; r.parts > mostParts {
			r.tooMany = true
			return
		}
		switch {
		case p.FirstChild != nil:
			r.collect(p.FirstChild, within, depth)
		case strings.HasPrefix(p.ContentType, "multipart/"), readAsText(p), aboutDelivery[p.ContentType]:
		case p.ContentType == "message/rfc822" && r.open(p, depth):
		default:
			r.keep(p, within)
		}
	}
}

// readAsText tells the mail's own words from a text file that somebody attached.
func readAsText(p *enmime.Part) bool {
	plain := p.ContentType == "" || p.ContentType == "text/plain" || p.ContentType == "text/html"
	return plain && p.Disposition != "attachment" && p.FileName == ""
}

// open reads an attached mail. One that is not readable, or one too many levels down, stays a file.
func (r *reader) open(p *enmime.Part, depth int) bool {
	if depth >= deepest {
		r.fault("mails within mails, more than anybody opens")
		return false
	}
	e, err := r.parse(p.Content)
	if err != nil {
		r.fault(err.Error())
		return false
	}
	_, address := from(e)
	enclosed := Enclosed{FromAddress: address, Subject: line(e.GetHeader("Subject")), Text: textOf(e)}
	enclosed.Date, _ = e.Date()
	r.enclosed = append(r.enclosed, enclosed)
	r.collect(e.Root, cmp.Or(enclosed.Subject, "mail"), depth+1)
	return true
}

func (r *reader) keep(p *enmime.Part, within string) {
	if len(p.Content) == 0 {
		return
	}
	found := mimetype.Detect(p.Content)
	mediaType, _, _ := strings.Cut(found.String(), ";")
	ending := found.Extension()
	if p.ContentType == "text/calendar" { // plain text to who looks at the content only
		mediaType, ending = p.ContentType, ".ics"
	}
	r.files = append(r.files, File{
		Name: fileName(p.FileName, len(r.files)+1, ending), MediaType: mediaType, Bytes: p.Content,
		Within: within, Inline: p.Disposition == "inline" && p.ContentID != "",
	})
}

// fileName is safe to show and to save: the last element of whatever path was given, never empty, never hidden.
func fileName(given string, number int, ending string) string {
	name := path.Base(strings.ReplaceAll(line(given), `\`, "/"))
	if name = strings.TrimLeft(name, ". "); name == "" || name == "/" {
		return fmt.Sprintf("attachment-%d%s", number, ending)
	}
	return shortened(name)
}

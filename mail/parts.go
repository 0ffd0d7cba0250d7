package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"path"
	"strings"
	"unicode"
)

// part is a piece of a mail: its headers and its encoded body.
type part struct {
	header textproto.MIMEHeader
	body   []byte
}

var partHeaders = []string{"Content-Type", "Content-Transfer-Encoding", "Content-Disposition"}

// body is the mail's one part: its text; or text, HTML and calendar as alternatives; with files beside them.
func (m *Message) body(seed string) part {
	alternatives := []part{textPart("text/plain; charset=utf-8", m.Text)}
	if m.HTML != "" {
		alternatives = append(alternatives, textPart("text/html; charset=utf-8", m.HTML))
	}
	if m.Calendar != nil {
		alternatives = append(alternatives, textPart("text/calendar; charset=utf-8; method="+m.Calendar.Method, m.Calendar.Text))
	}
	whole := together("alternative", seed, alternatives)
	if len(m.Attachments) == 0 {
		return whole
	}
	parts := []part{whole}
	for _, a := range m.Attachments {
		parts = append(parts, filePart(a))
	}
	return together("mixed", seed, parts)
}

// together wraps parts, or is the only one. The boundary is made of the Message-ID, so that it is the same in a retry
// and, 128 bits of a hash, in no text that somebody writes.
func together(kind, seed string, parts []part) part {
	if len(parts) == 1 {
		return parts[0]
	}
	sum := sha256.Sum256([]byte(kind + seed))
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.SetBoundary("=_" + hex.EncodeToString(sum[:16])) // always a sound one
	for _, p := range parts {
		into, _ := w.CreatePart(p.header) // a buffer takes everything
		_, _ = into.Write(p.body)
	}
	_ = w.Close()
	contentType := `multipart/` + kind + `; boundary="` + w.Boundary() + `"`
	return part{textproto.MIMEHeader{"Content-Type": {contentType}}, b.Bytes()}
}

// textPart is quoted-printable, which carries a line of any length through any server: a link stays in one piece.
func textPart(mediaType, text string) part {
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	text = strings.NewReplacer("\x00", "", "\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n").Replace(text)
	_, _ = w.Write([]byte(strings.TrimRight(strings.ToValidUTF8(text, "\uFFFD"), "\r\n") + "\r\n"))
	_ = w.Close()
	return part{textproto.MIMEHeader{"Content-Type": {mediaType}, "Content-Transfer-Encoding": {"quoted-printable"}}, b.Bytes()}
}

func filePart(a Attachment) part {
	mediaType, params, _ := mime.ParseMediaType(a.MediaType) // was checked
	if params == nil {
		params = map[string]string{}
	}
	name := shortened(a.Name)
	params["name"] = encoded(name)
	return part{textproto.MIMEHeader{
		"Content-Type":              {mime.FormatMediaType(mediaType, params)},
		"Content-Transfer-Encoding": {"base64"},
		"Content-Disposition":       {disposition(name)},
	}, lines(a.Bytes)}
}

// disposition gives a name in any script as the standard has it, and before that one in ASCII for programs that never
// learned it.
func disposition(name string) string {
	whole := mime.FormatMediaType("attachment", map[string]string{"filename": name})
	kind, extended, found := strings.Cut(whole, "; filename*=")
	if !found {
		return whole
	}
	plain := strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII || r == '"' || r == '\\' {
			return '_'
		}
		return r
	}, name)
	return kind + `; filename="` + plain + `"; filename*=` + extended
}

const longestName = 150 // bytes; three times that, encoded, still fits a header's line

func shortened(name string) string {
	if len(name) <= longestName {
		return name
	}
	ending := path.Ext(name)
	if len(ending) > 10 {
		ending = ""
	}
	return strings.ToValidUTF8(name[:longestName-len(ending)], "") + ending
}

// lines is base64 in lines of 76.
func lines(content []byte) []byte {
	text := base64.StdEncoding.EncodeToString(content)
	var b bytes.Buffer
	for len(text) > 76 {
		b.WriteString(text[:76] + "\r\n")
		text = text[76:]
	}
	b.WriteString(text + "\r\n")
	return b.Bytes()
}

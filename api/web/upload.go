package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
	"github.com/gin-gonic/gin"

	"connex/casework"
)

// Upload is a file that somebody sent.
type Upload struct {
	Name      string // made harmless
	MediaType string // by content, whatever the sender called it
	Body      []byte
}

// taken are the media types that are kept, by what the content shows. Nothing that a browser would run.
var taken = []string{
	"application/pdf", "image/png", "image/jpeg", "image/tiff", "image/heic", "image/webp",
	"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation",
	"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
	"application/vnd.oasis.opendocument.presentation", "application/rtf", "text/rtf", "text/plain", "text/csv", "message/rfc822",
}

const (
	mostParts   = 500 // of one form
	longestName = 150
)

// readUploads takes a form of several parts apart as it streams in: its texts and its files, by field. A field of files
// that was left empty has none.
func readUploads(c *gin.Context) (texts url.Values, files map[string][]Upload, err error) {
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return nil, nil, WrongMedia("multipart/form-data")
	}
	texts, files = url.Values{}, map[string][]Upload{}
	for range mostParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return texts, files, nil
		}
		if err == nil {
			err = keepPart(part, texts, files)
		}
		if err != nil {
			return nil, nil, misformed(err)
		}
	}
	return nil, nil, Unreadable(casework.Say("problem.unreadable.form"))
}

// ReadUpload is readUploads where exactly one file is expected.
func ReadUpload(c *gin.Context, field string) (Upload, url.Values, error) {
	texts, files, err := readUploads(c)
	if err != nil {
		return Upload{}, nil, err
	}
	found := files[field]
	delete(files, field)
	switch {
	case len(found) == 0:
		return Upload{}, nil, Invalid(casework.Faults{field: casework.Say("invalid.missing")})
	case len(found) > 1 || len(files) > 0:
		return Upload{}, nil, Unreadable(casework.Say("problem.unreadable.form"))
	}
	return found[0], texts, nil
}

// misformed keeps our own words and the limit's; what else is wrong with a form is the sender's fault.
func misformed(err error) error {
	var large *http.MaxBytesError
	if asProblem(err) != nil || errors.As(err, &large) {
		return err
	}
	return Unreadable(casework.Say("problem.unreadable.form"))
}

func keepPart(part *multipart.Part, texts url.Values, files map[string][]Upload) error {
	name := part.FormName()
	if part.FileName() == "" {
		text, err := readPart(part, bodyLimit)
		if err != nil {
			return err
		}
		if !utf8.Valid(text) || slices.Contains(text, 0) {
			return Unreadable(casework.Say("problem.unreadable.form"))
		}
		texts.Add(name, string(text))
		return nil
	}
	body, err := readPart(part, FileLimit)
	if err != nil {
		return err
	}
	if len(body) == 0 {
		return Invalid(casework.Faults{name: casework.Say("invalid.missing")})
	}
	media, err := Sniff(body)
	files[name] = append(files[name], Upload{Name: harmless(part.FileName()), MediaType: media, Body: body})
	return err
}

func readPart(part io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(part, limit+1))
	if err == nil && int64(len(body)) > limit {
		return nil, TooLarge(limit)
	}
	return body, err
}

// Sniff tells the media type by the content and refuses what we do not keep.
func Sniff(body []byte) (string, error) {
	media, _, _ := strings.Cut(mimetype.Detect(body).String(), ";")
	if !slices.Contains(taken, media) {
		return "", WrongMedia("PDF", "Word", "Excel", "PowerPoint", "OpenDocument", "RTF", "JPEG", "PNG", "TIFF", "text", "e-mail")
	}
	return media, nil
}

// harmless is a file's name without folders, controls and marks that turn the reading direction.
func harmless(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`"<>|:*?`, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	if extension := path.Ext(name); utf8.RuneCountInString(name) > longestName {
		name = string([]rune(strings.TrimSuffix(name, extension))[:longestName-20]) + string([]rune(extension)[:min(20, utf8.RuneCountInString(extension))])
	}
	if strings.Trim(name, ". ") == "" {
		return "file"
	}
	return name
}

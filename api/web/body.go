package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"connex/casework"
)

// What a body may weigh and how long it may take to arrive. Files may come over a bad line.
const (
	bodyLimit  = 1 << 20
	FileLimit  = 25 << 20
	filesLimit = FileLimit + bodyLimit // a program's file and what stands around it
	formLimit  = 40 * FileLimit        // a page's form: what is too large in it is read past, so that the rest comes back
	bodyTime   = 30 * time.Second
	fileTime   = 10 * time.Minute
	drained    = 4 * FileLimit
)

// withLimits bounds every body before anybody reads it, also those that nobody will.
func withLimits(engine, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		limit, within := int64(bodyLimit), bodyTime
		switch media := mediaType(r); {
		case media == "multipart/form-data" && !forPrograms(r):
			limit, within = formLimit, fileTime
		case media == "multipart/form-data" || media == "message/rfc822":
			limit, within = filesLimit, fileTime
		}
		if r.ContentLength != 0 {
			r.Body = inTime(w, r.Body, within)
		}
		if r.ContentLength > limit {
			_, _ = io.CopyN(io.Discard, r.Body, drained) // who is cut off while sending does not read why
			refusing(engine, w, r, TooLarge(limit))
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		next.ServeHTTP(w, r)
	})
}

// inTime gives a body this long to arrive. Once it is there the line may be silent again: a deadline left standing would
// end whatever is still being answered.
func inTime(w http.ResponseWriter, body io.ReadCloser, within time.Duration) io.ReadCloser {
	line := http.NewResponseController(w)
	_ = line.SetReadDeadline(time.Now().Add(within)) // a test's recorder has none
	return &timedBody{body, func() { _ = line.SetReadDeadline(time.Time{}) }}
}

type timedBody struct {
	io.ReadCloser
	arrived func()
}

func (b *timedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF { //nolint:errorlint // a reader's end is never wrapped
		b.arrived()
	}
	return n, err
}

// withSenseOnly refuses addresses that no page of ours makes and that PostgreSQL would refuse later.
func withSenseOnly(engine, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, err := url.QueryUnescape(r.URL.RawQuery)
		if text := r.URL.Path + query; err != nil || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			refusing(engine, w, r, NotFound())
			return
		}
		next.ServeHTTP(w, r)
	})
}

func mediaType(r *http.Request) string {
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return media
}

// ReadJSON reads the whole body into target, strictly: one value, no unknown name, none twice, nothing behind it.
func ReadJSON(c *gin.Context, target any) error {
	if media := mediaType(c.Request); media != "application/json" {
		return WrongMedia("application/json")
	}
	raw, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, target, json.RejectUnknownMembers(true)); err != nil {
		return misread(err)
	}
	return nil
}

// misread names the field that a program got wrong, as far as the decoder knows it.
func misread(err error) *Problem {
	var wrong *json.SemanticError
	if !errors.As(err, &wrong) || wrong.JSONPointer == "" {
		return Unreadable(casework.Say("problem.unreadable.syntax"))
	}
	name := fieldName(wrong.JSONPointer)
	if errors.Is(err, json.ErrUnknownName) {
		return Invalid(casework.Faults{name: casework.Say("invalid.unknown-field")})
	}
	return Invalid(casework.Faults{name: casework.Say("invalid.wrong-type")})
}

func fieldName(pointer jsontext.Pointer) string {
	var parts []string
	for token := range pointer.Tokens() {
		parts = append(parts, token)
	}
	return strings.Join(parts, ".")
}

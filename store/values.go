package store

import (
	"bytes"
	"database/sql/driver"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// List is a column of texts that are all of one type.
type List[T ~string] []T

// Scan reads it from the database.
func (l *List[T]) Scan(src any) error {
	var texts pq.StringArray
	if err := texts.Scan(src); err != nil {
		return err
	}
	*l = make(List[T], len(texts))
	for i, text := range texts {
		(*l)[i] = T(text)
	}
	return nil
}

// Value writes it; an empty list is no NULL.
func (l List[T]) Value() (driver.Value, error) {
	texts := make(pq.StringArray, len(l))
	for i, text := range l {
		texts[i] = string(text)
	}
	return texts.Value()
}

func array[T ~string](items []T) List[T] { return List[T](items) }

// asJSON is a parameter for a jsonb column. Text, since parameters travel in binary form only as bytea.
func asJSON(value any) jsonParameter { return jsonParameter{value} }

type jsonParameter struct{ value any }

// Value is canonical: sorted keys, no escapes that JSON does not need.
func (j jsonParameter) Value() (driver.Value, error) {
	raw, err := canonical(j.value)
	return string(raw), err
}

// jsonColumn is a jsonb column as read; nil where it is NULL.
type jsonColumn []byte

// Scan keeps a copy: the driver owns what it hands out.
func (j *jsonColumn) Scan(src any) error {
	switch raw := src.(type) {
	case nil:
		*j = nil
	case []byte:
		*j = bytes.Clone(raw)
	case string:
		*j = []byte(raw)
	default:
		return fmt.Errorf("a jsonb column of %T", src)
	}
	return nil
}

func (j jsonColumn) into(target any) error {
	if len(j) == 0 {
		return nil
	}
	return json.Unmarshal(j, target)
}

// canonical is the one JSON of a value: numbers, keys and escapes as if it had been decoded and encoded again, so that
// what went through jsonb or through a signal can be compared with what did not.
func canonical(value any) ([]byte, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var plain any
	if err := json.Unmarshal(raw, &plain); err != nil {
		return nil, err
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(plain); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), nil
}

// uuidOr is id where it is a UUID as PostgreSQL writes it, else one that nothing has: whatever comes from outside may be
// asked for, and is then simply not found.
func uuidOr[T ~string](id T) string {
	if parsed, err := uuid.Parse(string(id)); err == nil && len(id) == 36 {
		return parsed.String()
	}
	return uuid.Nil.String()
}

// optionalUUID is NULL for an empty one.
func optionalUUID[T ~string](id T) any {
	if id == "" {
		return nil
	}
	return uuidOr(id)
}

func uuids[T ~string](ids []T) List[string] {
	list := make(List[string], len(ids))
	for i, id := range ids {
		list[i] = uuidOr(id)
	}
	return list
}

// clean makes any bytes a text that PostgreSQL keeps: what came by mail must not be lost for its spelling.
func clean(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}

// clip shortens an instant to what PostgreSQL keeps.
func clip(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// Page is a piece of a list, and where the next one begins: empty at the end.
type Page[T any] struct {
	Items []T
	Next  string
	Anew  bool // what it was to follow is no cursor of this list, so it is the first
}

// following says of a page whether it follows what was asked for.
func (p Page[T]) following(after string, ours bool) Page[T] {
	p.Anew = after != "" && !ours
	return p
}

// pageOf cuts what was read, one more than asked for, to a page.
func pageOf[T any](items []T, limit int, at func(T) string) Page[T] {
	if len(items) <= limit {
		return Page[T]{Items: items}
	}
	return Page[T]{Items: items[:limit], Next: at(items[limit-1])}
}

// cursor is where a list goes on, as text that callers hand back unseen.
func cursor(parts ...string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Join(parts, "\x00")))
}

// parts of a cursor; false where it is none of ours.
func partsOf(cursor string, n int) ([]string, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	parts := strings.Split(string(raw), "\x00")
	return parts, err == nil && cursor != "" && len(parts) == n && utf8.Valid(raw)
}

// momentAndID are the parts of a cursor of what is listed by time.
func momentAndID(cursor string) (at, id string, ours bool) {
	parts, ours := partsOf(cursor, 2)
	if !ours || !isMoment(parts[0]) || uuidOr(parts[1]) != parts[1] {
		return "", "", false
	}
	return parts[0], parts[1], true
}

// isMoment tells whether a text is an instant as our cursors have it, which PostgreSQL reads too.
func isMoment(text string) bool {
	at, err := time.Parse(time.RFC3339Nano, text)
	return err == nil && at.UTC().Year() > 0 || text == "infinity"
}

// seqOf is the cursor of what is listed by number.
func seqOf(cursor string) (seq int64, ours bool) {
	parts, ours := partsOf(cursor, 1)
	if !ours {
		return 0, false
	}
	seq, err := strconv.ParseInt(parts[0], 10, 64)
	return seq, err == nil && seq > 0
}

// Limits of a page of any list.
const (
	defaultLimit = 50
	maximalLimit = 200
)

func limit(asked int) int {
	if asked <= 0 {
		return defaultLimit
	}
	return min(asked, maximalLimit)
}

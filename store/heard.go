package store

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"connex/casework"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// Some answers are a note to the head. Such a note is the answer itself, in the row of its action: it waits on a page that
// heads alone can open until one of them has heard it, whatever becomes of the case meanwhile.

// HeadNote is an answer that heads must hear of.
type HeadNote struct {
	Action
	hearing
}

// hearing is where it was said, and which head has heard it.
type hearing struct {
	Country string        `db:"country"`
	Begun   time.Time     `db:"calendar_start"`
	Length  time.Duration `db:"day_length"`
	Head    string        `db:"head_name"` // empty while nobody has
	Found   string        `db:"found"`
	HeardAt time.Time     `db:"heard_at"`
}

// At is when it was said, in the case's calendar.
func (n HeadNote) At() time.Time {
	return casework.Calendar{Start: n.Begun.UTC(), DayLength: n.Length}.Process(n.CreatedAt)
}

const headNotes = `
	FROM   visible_to($1) v JOIN requests r USING (case_number) JOIN actions a USING (case_number) LEFT JOIN heard h ON h.action = a.id
	WHERE  a.state = 'applied' AND a.kind = ANY ($2) AND EXISTS (SELECT FROM unnest($2::text[], $3::text[], $4::text[]) AS c(kind, field, answer)
	       WHERE c.kind = a.kind AND jsonb_exists(a.form -> c.field, c.answer))`

// alarms are the answers of all questionnaires that heads must hear of: kinds, questions, answers.
func alarms() (kinds, fields, answers List[string]) {
	kinds, fields, answers = List[string]{}, List[string]{}, List[string]{}
	for _, q := range casework.Questionnaires() {
		for _, question := range q.Questions {
			if question.Concern == nil || question.Concern.Tells != casework.Head {
				continue
			}
			for _, answer := range question.Concern.When {
				kinds, fields, answers = append(kinds, string(q.Kind)), append(fields, question.Key), append(answers, answer)
			}
		}
	}
	return kinds, fields, answers
}

// HeadNotes are the notes that a head can see: those that nobody has heard, oldest first, then the others, newest first.
func (s *Store) HeadNotes(ctx context.Context, p Person, asked int, after string) (Page[HeadNote], error) {
	heard, said, id := "infinity", "-infinity", uuid.Nil.String()
	if parts, ok := partsOf(after, 3); ok && uuidOr(parts[2]) == parts[2] && isMoment(parts[0]) && isMoment(parts[1]) {
		heard, said, id = parts[0], parts[1], parts[2]
	}
	n := limit(asked)
	notes, _, err := headNotesIn(ctx, s.db, p, `
		AND    (COALESCE(h.at, 'infinity') < $6 OR COALESCE(h.at, 'infinity') = $6 AND (a.created_at, a.id) > ($7::timestamptz, $8::uuid))
		ORDER  BY COALESCE(h.at, 'infinity') DESC, a.created_at, a.id LIMIT $5`, n+1, heard, said, id)
	return pageOf(notes, n, HeadNote.cursor), err
}

func (n HeadNote) cursor() string {
	heard := "infinity"
	if n.Head != "" {
		heard = n.HeardAt.UTC().Format(time.RFC3339Nano)
	}
	return cursor(heard, n.CreatedAt.UTC().Format(time.RFC3339Nano), string(n.ID))
}

// unheardNotes are the first that nobody has heard, and how many there are.
func unheardNotes(ctx context.Context, q sqlx.QueryerContext, p Person, most int) (few Few[HeadNote], err error) {
	few.Items, few.All, err = headNotesIn(ctx, q, p, ` AND h.action IS NULL ORDER BY a.created_at, a.id LIMIT $5`, most)
	return few, err
}

// headNotesIn reads some of the notes; $5 and on are the arguments of which.
func headNotesIn(ctx context.Context, q sqlx.QueryerContext, p Person, which string, arguments ...any) (notes []HeadNote, all int, err error) {
	if p.Link != nil || !p.Has(casework.Head) {
		return nil, 0, nil
	}
	kinds, fields, answers := alarms()
	var rows []struct {
		actionRow
		hearing
		All int `db:"n"`
	}
	err = sqlx.SelectContext(ctx, q, &rows, `SELECT `+actionColumns+`, r.country, r.calendar_start, r.day_length, count(*) OVER () AS n,
		COALESCE(h.head_name, '') AS head_name, COALESCE(h.found, '') AS found, COALESCE(h.at, 'epoch') AS heard_at`+headNotes+which,
		append([]any{p.reader(), kinds, fields, answers}, arguments...)...)
	for _, row := range rows {
		action, fault := row.action()
		err = errors.Join(err, fault)
		notes, all = append(notes, HeadNote{action, row.hearing}), row.All
	}
	return notes, all, err
}

// ErrHeard: another head has noted already what they do about it, or this one something else.
var ErrHeard = errors.New("this note was heard already")

// HearNote notes that a head has heard, and what they did about it. Whoever was first stays: ErrHeard, unless they say the
// same again. ErrNotFound where there is no such note for them.
func (s *Store) HearNote(ctx context.Context, p Person, id casework.ActionID, found string) error {
	if p.Link != nil || !p.Has(casework.Head) {
		return ErrNotFound
	}
	kinds, fields, answers := alarms()
	var n struct{ There, Kept int }
	err := s.db.GetContext(ctx, &n, `
		WITH note AS (SELECT a.id, a.case_number`+headNotes+` AND a.id = $5),
		     kept AS (
			INSERT INTO heard AS h (action, head, head_name, found) SELECT id, $6, $7, $8 FROM note
			ON CONFLICT (action) DO UPDATE SET found = EXCLUDED.found WHERE h.head = EXCLUDED.head AND h.found = EXCLUDED.found RETURNING h.action),
		     told AS (SELECT pg_notify('connex', case_number || ':') FROM note JOIN kept ON action = id)
		SELECT (SELECT count(*) FROM note) AS there, (SELECT count(*) FROM kept LEFT JOIN told ON true) AS kept`, p.reader(), kinds, fields, answers, uuidOr(id), p.ID, p.Name, clean(strings.TrimSpace(found)))
	switch {
	case err != nil:
		return err
	case n.There == 0:
		return ErrNotFound
	case n.Kept == 0:
		return ErrHeard
	}
	return nil
}

// HeadNote is one of them, for a head; ErrNotFound for everybody else.
func (s *Store) HeadNote(ctx context.Context, p Person, id casework.ActionID) (HeadNote, error) {
	notes, _, err := headNotesIn(ctx, s.db, p, ` AND a.id = $5`, uuidOr(id))
	if err != nil || len(notes) == 0 {
		return HeadNote{}, cmp.Or(err, ErrNotFound)
	}
	return notes[0], nil
}

// HeadsOf are the heads who may see a case.
func (s *Store) HeadsOf(ctx context.Context, n casework.CaseNumber) (heads []Account, err error) {
	err = s.db.SelectContext(ctx, &heads, `
		SELECT `+accountColumns+` FROM accounts
		WHERE  active AND 'head' = ANY (roles) AND EXISTS (SELECT FROM visible_to(id) v WHERE v.case_number = $1) ORDER BY id`, n)
	return heads, err
}

package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"connex/casework"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// Note is what somebody of the staff wrote on a case for their colleagues. It decides nothing and is never changed.
type Note struct {
	ID         string              `db:"id"`
	CaseNumber casework.CaseNumber `db:"case_number"`
	Author     casework.PersonID   `db:"author"`
	AuthorName string              `db:"author_name"`
	AuthorRole casework.Role       `db:"author_role"`
	Text       string              `db:"text"`
	At         time.Time           `db:"at"` // process time
	RealAt     time.Time           `db:"real_at"`
	Mentions   []Mention           `db:"-"`
	Altered    bool                `db:"-"` // it is not the text that the trail has the hash of
}

// Mention is whom a note was brought to, and whether they have read it.
type Mention struct {
	Person casework.PersonID `json:"person"`
	Read   bool              `json:"read"`
	Name   string            `json:"name,omitempty"` // where notes are listed by themselves
	Email  string            `json:"email,omitempty"`
}

// For is the mention of somebody in a note; false where the note does not mention them.
func (n Note) For(p casework.PersonID) (Mention, bool) {
	for _, m := range n.Mentions {
		if m.Person == p {
			return m, true
		}
	}
	return Mention{}, false
}

// hashOf is a note's as the trail has it.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

const noteColumns = `n.id, n.case_number, n.author, n.author_name, n.author_role, n.text, n.at, n.real_at`

// NewNote is a note to be kept.
type NewNote struct {
	ID         string // a UUID from the page
	CaseNumber casework.CaseNumber
	By         Person
	Role       casework.Role // in which it is written
	Text       string
	Mentions   []casework.PersonID
}

// AddNote keeps a note and brings it to those of its mentions who may see the case; the trail names it by ID and hash. Who
// writes has read what of this case was brought to them. The same ID again is the same note.
// Then, in the same transaction, tell may queue the mails to those whom it was brought to; a note that was there is not told again.
func (s *Store) AddNote(ctx context.Context, n NewNote, tell func(*Tx, Note, []Recipient) error) (note Note, err error) {
	if _, err := s.Request(ctx, n.By, n.CaseNumber); err != nil || n.By.Link != nil {
		return Note{}, notThere(err)
	}
	note = Note{ID: uuidOr(n.ID), CaseNumber: n.CaseNumber, Author: n.By.ID, AuthorName: n.By.Name, AuthorRole: n.Role, Text: clean(strings.TrimSpace(n.Text))}
	err = s.InCase(ctx, n.CaseNumber, func(c *Tx) error {
		note.At, note.RealAt = clip(c.ProcessNow()), c.Now
		added, err := c.addNote(ctx, note, n.Mentions)
		if err != nil || !added {
			return err
		}
		c.Note(Entry{What: casework.TrailNoteAdded, Outcome: hashOf(note.Text), About: note.ID}.by(n.By, n.Role))
		brought, err := c.broughtTo(ctx, note.ID)
		if err != nil || tell == nil || len(brought) == 0 {
			return err
		}
		return tell(c, note, brought)
	})
	return note, err
}

func (c *Tx) addNote(ctx context.Context, n Note, mentions []casework.PersonID) (added bool, err error) {
	var there Note
	switch err := c.tx.GetContext(ctx, &there, `SELECT `+noteColumns+` FROM notes n WHERE n.id = $1`, n.ID); {
	case err == nil && there.Author == n.Author && there.CaseNumber == n.CaseNumber:
		return false, nil
	case err == nil:
		return false, ErrKeyReused
	case !errors.Is(found(err), ErrNotFound):
		return false, err
	}
	_, err = c.tx.ExecContext(ctx, `
		WITH written AS (
			INSERT INTO notes (id, case_number, author, author_name, author_role, text, sha256, at, real_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)),
		read AS (
			UPDATE mentions m SET read_at = $9 FROM notes o
			WHERE  o.id = m.note AND o.case_number = $2 AND m.person = $3 AND m.read_at IS NULL)
		INSERT INTO mentions (note, person)
		SELECT $1::uuid, a.id FROM accounts a
		WHERE  a.id = ANY ($10::text[]) AND a.id <> $3 AND EXISTS (SELECT FROM visible_to(a.id) v WHERE v.case_number = $2)`,
		n.ID, n.CaseNumber, n.Author, n.AuthorName, n.AuthorRole, n.Text, hashOf(n.Text), n.At, n.RealAt, array(mentions))
	if err != nil {
		return false, fmt.Errorf("keep a note: %w", err)
	}
	return true, nil
}

// broughtTo are those whom a note mentions, each in a role in which they see the case.
func (c *Tx) broughtTo(ctx context.Context, note string) (list []Recipient, err error) {
	err = c.tx.SelectContext(ctx, &list, `
		SELECT CASE WHEN a.id = $2 THEN 'case_officer' ELSE a.roles[1] END AS role, a.id, a.name, a.email
		FROM   mentions m JOIN accounts a ON a.id = m.person WHERE m.note = $1 ORDER BY a.name, a.id`, note, c.Request.Officer)
	return list, err
}

// Mentioned is a note that somebody was mentioned in, and has not read yet.
type Mentioned struct {
	Note
	Country     string `db:"country"`
	Institution string `db:"institution"`
}

// Colleagues are who of the staff, but for p, may see a case, and so may be mentioned in its notes.
func (s *Store) Colleagues(ctx context.Context, p Person, n casework.CaseNumber) (list []casework.Colleague, err error) {
	err = s.db.SelectContext(ctx, &list, `
		SELECT a.id, a.name, a.email FROM accounts a JOIN visible_to($1) mine ON mine.case_number = $3
		WHERE  a.id <> $2 AND EXISTS (SELECT FROM visible_to(a.id) v WHERE v.case_number = $3) ORDER BY a.name, a.id`, p.reader(), p.ID, n)
	return list, err
}

// Notes are a page of those on a case, oldest first.
func (s *Store) Notes(ctx context.Context, p Person, n casework.CaseNumber, asked int, after string) (page Page[Note], err error) {
	since, id := "-infinity", uuid.Nil.String()
	moment, which, ours := momentAndID(after)
	if ours {
		since, id = moment, which
	}
	most := limit(asked)
	err = s.reading(ctx, func(tx *sqlx.Tx) error {
		if _, err := visibleRequest(ctx, tx, p, n); err != nil || p.Link != nil {
			return notThere(err)
		}
		var rows []struct {
			Note
			MentionsJSON jsonColumn `db:"mentions"`
		}
		err := tx.SelectContext(ctx, &rows, `
			SELECT `+noteColumns+`,
				(SELECT jsonb_agg(jsonb_build_object('person', a.id, 'name', a.name, 'email', a.email, 'read', m.read_at IS NOT NULL) ORDER BY a.name, a.id)
				 FROM mentions m JOIN accounts a ON a.id = m.person WHERE m.note = n.id) AS mentions
			FROM notes n WHERE n.case_number = $1 AND (n.real_at, n.id) > ($2::timestamptz, $3::uuid) ORDER BY n.real_at, n.id LIMIT $4`, n, since, id, most+1)
		notes := make([]Note, len(rows))
		for i, row := range rows {
			notes[i] = row.Note
			err = errors.Join(err, row.MentionsJSON.into(&notes[i].Mentions))
		}
		page = pageOf(notes, most, func(n Note) string { return cursor(n.RealAt.UTC().Format(time.RFC3339Nano), n.ID) }).following(after, ours)
		return err
	})
	return page, err
}

const mostMentions = 50

// Mentions are the notes that p was mentioned in and has not read, oldest first. Of a case that p no longer sees there
// are none.
func (s *Store) Mentions(ctx context.Context, p Person) (list []Mentioned, err error) {
	err = s.db.SelectContext(ctx, &list, `
		SELECT `+noteColumns+`, r.country, r.institution
		FROM   mentions m JOIN notes n ON n.id = m.note JOIN visible_to($1) v USING (case_number) JOIN requests r USING (case_number)
		WHERE  m.person = $2 AND m.read_at IS NULL ORDER BY n.real_at, n.id LIMIT $3`, p.reader(), p.ID, mostMentions)
	return list, err
}

// ReadNote notes that p has read a note that mentions them, however often they say so; ErrNotFound for any other.
func (s *Store) ReadNote(ctx context.Context, p Person, id string) (n Note, err error) {
	err = s.inTx(ctx, func(tx *sqlx.Tx) error {
		err := tx.GetContext(ctx, &n, `
			UPDATE mentions m SET read_at = COALESCE(m.read_at, clock_timestamp())
			FROM   notes n JOIN visible_to($1) v USING (case_number)
			WHERE  m.note = n.id AND n.id = $3 AND m.person = $2
			RETURNING `+noteColumns, p.reader(), p.ID, uuidOr(id))
		if err != nil {
			return found(err)
		}
		c := &Tx{tx: tx, Request: Request{CaseNumber: n.CaseNumber}}
		return c.tell(ctx)
	})
	return n, err
}

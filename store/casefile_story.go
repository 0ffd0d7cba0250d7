package store

import (
	"context"
	"errors"
	"time"

	"connex/casework"
)

// storyRow is an entry with the note that it names, and whether it is a vote that the reader must not see yet.
type storyRow struct {
	Entry
	Text     string     `db:"note_text"`
	RealAt   time.Time  `db:"note_real_at"`
	Mentions jsonColumn `db:"mentions"`
	Hidden   bool       `db:"hidden"`
}

// story is the trail, checked whole before anything in it is hidden, and the notes that it names.
func (r caseReader) story(ctx context.Context) error {
	var rows []storyRow
	err := r.tx.SelectContext(ctx, &rows, `
		SELECT `+trailColumns+`, COALESCE(n.text, '') AS note_text, COALESCE(n.real_at, 'epoch') AS note_real_at,
			(SELECT jsonb_agg(jsonb_build_object('person', m.person, 'read', m.read_at IS NOT NULL) ORDER BY m.person)
			 FROM mentions m WHERE m.note = n.id) AS mentions,
			COALESCE(e.actor_id <> $2 AND v.opened_at >= (
				SELECT max(mine.opened_at) FROM tasks mine
				WHERE  mine.case_number = $1 AND mine.kind = 'cast-vote' AND mine.status = 'open' AND mine.holder = $2), false) AS hidden
		FROM   trail e
		LEFT   JOIN notes n ON e.what = 'note-added' AND n.id::text = e.about AND n.case_number = e.case_number
		LEFT   JOIN tasks v ON e.what = 'cast-vote' AND v.id::text = e.task_id AND v.case_number = e.case_number
		WHERE  e.case_number = $1 ORDER BY e.seq`, r.file.CaseNumber, r.p.ID)
	if err != nil {
		return err
	}
	var hidden []int64
	for _, row := range rows {
		r.file.Story = append(r.file.Story, row.Entry)
		if row.Hidden {
			hidden = append(hidden, row.Seq)
		}
		if row.What == casework.TrailNoteAdded {
			note, err := row.note()
			if err != nil {
				return err
			}
			r.file.Notes = append(r.file.Notes, note)
		}
	}
	errors.As(Verify(r.file.CaseNumber, r.file.Story, r.file.TrailSeq, r.file.TrailHash, r.seal), &r.file.Broken)
	blank(r.file.Story, hidden)
	return nil
}

// note is what the entry names. Its text is held against the hash in the trail, as the trail is against its own hashes.
func (row storyRow) note() (Note, error) {
	n := Note{ID: row.About, CaseNumber: row.CaseNumber, Author: row.ActorID, AuthorName: row.ActorName, AuthorRole: row.ActorRole, Text: row.Text,
		At: row.At, RealAt: row.RealAt, Altered: hashOf(row.Text) != row.Outcome}
	return n, row.Mentions.into(&n.Mentions)
}

package store

import (
	"context"
	"slices"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// Waiting is what a digest tells: what was escalated to its reader, what waits for them, most overdue first, and the notes
// that mention them and that they have not read.
type Waiting struct {
	Reader    Person
	Escalated []Task
	Tasks     []Task
	Notes     []Mentioned
	More      bool // there is more than a mail has room for
}

// None tells whether there is nothing to tell.
func (w Waiting) None() bool { return len(w.Escalated)+len(w.Tasks)+len(w.Notes) == 0 }

// DigestReaders are those who chose the digest.
func (s *Store) DigestReaders(ctx context.Context) (accounts []Account, err error) {
	err = s.db.SelectContext(ctx, &accounts, `
		SELECT `+accountColumns+` FROM accounts WHERE active AND mails = $1 AND password_hash <> '' ORDER BY id`, MailsDaily)
	return accounts, err
}

// digestMost keeps a digest a mail that one reads.
const digestMost = 60

// DigestOf is what waits for somebody now, also in the place of whoever is away.
func (s *Store) DigestOf(ctx context.Context, id casework.PersonID) (w Waiting, err error) {
	if w.Reader, err = s.Staff(ctx, id); err != nil {
		return w, err
	}
	mine, err := s.Tasks(ctx, w.Reader, TaskFilter{Mine: true, Limit: digestMost})
	if err != nil {
		return w, err
	}
	if w.Notes, err = s.Mentions(ctx, w.Reader); err != nil {
		return w, err
	}
	w.Tasks = slices.DeleteFunc(mine.Items, func(t Task) bool { return t.Blocked() != nil })
	w.More = mine.Next != ""
	err = s.reading(ctx, func(tx *sqlx.Tx) error {
		late, err := selectedTasks(ctx, tx, w.Reader, `t.due_real_at < COALESCE(r.suspended_real_at, now()) AND t.holder <> $2
			AND (t.role IN ('government', 'expert') AND r.officer = $2 OR t.role NOT IN ('government', 'expert') AND $3)`, w.Reader.Has(casework.Head))
		w.Escalated = slices.DeleteFunc(late, func(t Task) bool { return !t.OfCasework().Escalated() || w.has(t.ID) })
		return err
	})
	return w, err
}

func (w Waiting) has(id casework.TaskID) bool {
	return slices.ContainsFunc(w.Tasks, func(t Task) bool { return t.ID == id })
}

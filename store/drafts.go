package store

import (
	"context"
	"database/sql"
	"errors"

	"connex/casework"
)

// ErrNewerDraft: since the page was opened, something else was kept for the same form, in another window perhaps.
var ErrNewerDraft = errors.New("something newer is kept")

// Unfinished is a half-filled form as its writer left it. Mark tells it from those before and after; it is empty where there is
// no draft.
type Unfinished struct {
	Form  casework.Values
	Mark  string
	Taken *casework.Taken // over from another case; nil where nothing was
}

// draftMark of drafts d.
const draftMark = `extract(epoch FROM d.saved_at)::text`

// saveDraft keeps a half-filled form, one for each person and task; also where somebody else did the task meanwhile, or it
// is not asked for any more. Who did it themselves has nothing left to finish. What is kept beside a form ($6) stays where the form
// says nothing of it.
var saveDraft = `
	INSERT INTO drafts AS d (task_id, person, form)
	SELECT t.id, $3, $4::jsonb FROM visible_to($1) v JOIN tasks t USING (case_number) WHERE t.id = $2 AND (t.status = 'open' OR t.completed_by <> $3)
	ON CONFLICT (task_id, person) DO UPDATE SET form = ` + draftSaid("$6") + `, saved_at = clock_timestamp()`

// draftSaid is the new form with what is kept beside it, under names that begin so.
func draftSaid(beside string) string {
	return `(EXCLUDED.form || (SELECT COALESCE(jsonb_object_agg(key, value), '{}') FROM jsonb_each(d.form)
		WHERE starts_with(key, ` + beside + `) AND NOT jsonb_exists(EXCLUDED.form, key)))`
}

// SaveDraft keeps it if what is kept is still the draft with this mark, or says the same; else ErrNewerDraft. Either way
// the answer is the mark of what is kept now. No page takes the place of a draft that it does not know of.
func (s *Store) SaveDraft(ctx context.Context, p Person, task casework.TaskID, mark string, form casework.Values) (now string, err error) {
	err = s.db.GetContext(ctx, &now, saveDraft+` WHERE `+draftMark+` = $5 OR d.form = `+draftSaid("$6")+` RETURNING `+draftMark,
		p.reader(), uuidOr(task), p.ID, asJSON(form), mark, casework.Beside)
	if !errors.Is(err, sql.ErrNoRows) {
		return now, err
	}
	kept, err := s.Draft(ctx, p, task)
	if err != nil {
		return "", err
	}
	if kept.Mark == "" {
		return "", ErrNotFound
	}
	return kept.Mark, ErrNewerDraft
}

// TakeOver keeps a draft into which something was taken over from another case, or given back (nil), if what is kept is still
// the draft with this mark; else ErrNewerDraft: whoever has typed meanwhile is shown that first.
func (s *Store) TakeOver(ctx context.Context, p Person, task casework.TaskID, mark string, form casework.Values, taken *casework.Taken) error {
	var note any
	if taken != nil {
		note = asJSON(taken)
	}
	done, err := s.db.ExecContext(ctx, `
		INSERT INTO drafts AS d (task_id, person, form, taken)
		SELECT t.id, $3, $4::jsonb, $6::jsonb FROM visible_to($1) v JOIN tasks t USING (case_number) WHERE t.id = $2 AND t.status = 'open'
		ON CONFLICT (task_id, person) DO UPDATE SET form = EXCLUDED.form, taken = EXCLUDED.taken, saved_at = clock_timestamp() WHERE `+draftMark+` = $5`,
		p.reader(), uuidOr(task), p.ID, asJSON(form), mark, note)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return err
	}
	kept, err := s.Draft(ctx, p, task)
	if err != nil {
		return err
	}
	if kept.Mark == "" {
		return ErrNotFound
	}
	return ErrNewerDraft
}

// Draft is what this person left unfinished; empty where there is nothing.
func (s *Store) Draft(ctx context.Context, p Person, task casework.TaskID) (Unfinished, error) {
	var row struct {
		Form  jsonColumn `db:"form"`
		Mark  string     `db:"mark"`
		Taken jsonColumn `db:"taken"`
	}
	draft := Unfinished{Form: casework.Values{}}
	err := found(s.db.GetContext(ctx, &row, `SELECT d.form, `+draftMark+` AS mark, d.taken FROM visible_to($1) v JOIN tasks t USING (case_number) JOIN drafts d ON d.task_id = t.id
		WHERE d.task_id = $2 AND d.person = $3`, p.reader(), uuidOr(task), p.ID))
	if errors.Is(err, ErrNotFound) {
		return draft, nil
	}
	if err == nil {
		draft.Mark, err = row.Mark, errors.Join(row.Form.into(&draft.Form), row.Taken.into(&draft.Taken))
	}
	return draft, err
}

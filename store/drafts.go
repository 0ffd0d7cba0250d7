package store

import (
	"context"

	"connex/casework"
)

// SaveDraft keeps a half-filled form, one for each person and task. Drafts of tasks that are closed are forgotten with
// them, so none is kept.
func (s *Store) SaveDraft(ctx context.Context, p Person, task casework.TaskID, form casework.Values) error {
	saved, err := s.db.ExecContext(ctx, `
		INSERT INTO drafts (task_id, person, form)
		SELECT t.id, $3, $4::jsonb FROM visible_to($1) v JOIN tasks t USING (case_number) WHERE t.id = $2 AND t.status = 'open'
		ON CONFLICT (task_id, person) DO UPDATE SET form = EXCLUDED.form, saved_at = clock_timestamp()`,
		p.reader(), uuidOr(task), p.ID, asJSON(form))
	if err != nil {
		return err
	}
	if rows, err := saved.RowsAffected(); err != nil || rows > 0 {
		return err
	}
	return ErrNotFound
}

// Draft is what this person left unfinished; empty where there is nothing.
func (s *Store) Draft(ctx context.Context, p Person, task casework.TaskID) (casework.Values, error) {
	var raw jsonColumn
	err := found(s.db.GetContext(ctx, &raw, `SELECT d.form FROM visible_to($1) v JOIN tasks t USING (case_number) JOIN drafts d ON d.task_id = t.id
		WHERE d.task_id = $2 AND d.person = $3`, p.reader(), uuidOr(task), p.ID))
	form := casework.Values{}
	switch err {
	case nil:
		return form, raw.into(&form)
	case ErrNotFound:
		return form, nil
	}
	return nil, err
}

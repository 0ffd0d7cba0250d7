package store

import (
	"context"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// LetterDrafts are the rendered drafts of the letters that tasks ask to sign: document IDs by task. Letters that were
// drafted before drafts were rendered have none.
func (s *Store) LetterDrafts(ctx context.Context, p Person, tasks ...Task) (drafts map[casework.TaskID]string, err error) {
	return letterDrafts(ctx, s.db, p, tasks)
}

func letterDrafts(ctx context.Context, q sqlx.QueryerContext, p Person, tasks []Task) (map[casework.TaskID]string, error) {
	drafts, keys, of := map[casework.TaskID]string{}, List[string]{}, map[string]casework.TaskID{}
	for _, t := range tasks {
		if t.Kind != casework.SignApproval && t.Kind != casework.SignDeclining {
			continue
		}
		for _, action := range t.About {
			key := casework.DraftKey(action)
			keys, of[key] = append(keys, key), t.ID
		}
	}
	if len(keys) == 0 {
		return drafts, nil
	}
	var rows []struct {
		ID  string `db:"id"`
		Key string `db:"key"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, `
		SELECT d.id, d.key FROM visible_to($1) v JOIN documents d USING (case_number) WHERE d.kind = 'draft' AND d.key = ANY ($2) ORDER BY d.added_at, d.id`,
		p.reader(), keys)
	for _, r := range rows {
		drafts[of[r.Key]] = r.ID
	}
	return drafts, err
}

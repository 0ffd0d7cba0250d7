package store

import (
	"context"

	"connex/casework"
)

// nextLooks is how many tasks are looked at to find one that separation of duties lets the reader do.
const nextLooks = 20

// NextTask is what p does after a task, done or not, and how many tasks wait for them beside it. It is the one that
// comes next in the inbox, of the same kind first, for whoever works through a kind; behind the last it begins anew.
// ErrNotFound: nothing else waits that they may do. What they see of the task itself is the caller's to know.
func (s *Store) NextTask(ctx context.Context, p Person, after casework.TaskID) (next Task, waiting int, err error) {
	var rows []struct {
		taskRow
		Waiting int `db:"waiting"`
	}
	err = s.db.SelectContext(ctx, &rows, `
		SELECT x.*, count(*) OVER () AS waiting
		FROM   (`+selectTasks+`
			WHERE t.status = 'open' AND NOT t.standing AND t.id <> $3
			AND  (t.holder = $2 OR t.holder = '' AND t.role = ANY ($4) OR t.holder = ANY ($6) AND t.role = ANY ($4) AND t.kind = ANY ($7))) x
		LEFT   JOIN tasks done ON done.id = $3
		ORDER  BY x.kind IS DISTINCT FROM done.kind, (COALESCE(x.due_real_at, 'infinity'), x.id) < (COALESCE(done.due_real_at, 'infinity'), $3),
			COALESCE(x.due_real_at, 'infinity'), x.id LIMIT $5`,
		p.reader(), p.ID, uuidOr(after), array(p.Roles), nextLooks, array(p.StandsFor), array(standIns()))
	if err != nil {
		return next, 0, err
	}
	for _, row := range rows {
		if next, err = row.task(p.ID); err != nil || next.Blocked() == nil {
			return next, row.Waiting, err
		}
	}
	return Task{}, 0, ErrNotFound
}

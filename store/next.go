package store

import (
	"context"

	"connex/casework"
)

// nextLooks is how many tasks are looked at to find one that separation of duties lets the reader do.
const nextLooks = 20

// NextTask is what p does after a task, done or not, and how many tasks wait for them beside it. It is what the same request
// wants of them by the same day, whose papers they have before them; else what comes next in the inbox, of the same kind first,
// for whoever works through a kind. Behind the last it begins anew.
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
		CROSS  JOIN LATERAL (SELECT (COALESCE(x.due_real_at, 'infinity'), `+placeOf("x")+`, x.id) AS here, COALESCE(x.due_real_at, 'infinity') AS due) q
		ORDER  BY (x.case_number = done.case_number AND q.due <= COALESCE(done.due_real_at, 'infinity')) IS NOT TRUE, x.kind IS DISTINCT FROM done.kind,
			q.here < (COALESCE(done.due_real_at, 'infinity'), `+placeOf("done")+`, $3), q.here LIMIT $5`,
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

package store

import (
	"context"

	"connex/casework"
)

// nextLooks is how many tasks are looked at to find one that separation of duties lets the reader do.
const nextLooks = 20

// NextTask is what p does after a task, done or not, and how many tasks wait for them beside it. It is the one that
// comes next in the inbox, of the same kind first, for whoever works through a kind; behind the last it begins anew.
// ErrNotFound: nothing else waits that they may do.
func (s *Store) NextTask(ctx context.Context, p Person, after Task) (next Task, waiting int, err error) {
	var rows []struct {
		taskRow
		Waiting int `db:"waiting"`
	}
	err = s.db.SelectContext(ctx, &rows, `
		SELECT x.*, count(*) OVER () AS waiting FROM (`+selectTasks+`
			WHERE t.status = 'open' AND NOT t.standing AND t.id <> $3
			AND  (t.holder = $2 OR t.holder = '' AND t.role = ANY ($4) OR t.holder = ANY ($8) AND t.role = ANY ($4) AND t.kind = ANY ($9))) x
		ORDER  BY x.kind <> $5, (COALESCE(x.due_real_at, 'infinity'), x.id) < ($6::timestamptz, $3), COALESCE(x.due_real_at, 'infinity'), x.id LIMIT $7`,
		p.reader(), p.ID, uuidOr(after.ID), array(p.Roles), after.Kind, dueOf(after), nextLooks, array(p.StandsFor), array(standIns()))
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

// TaskOf is the task that an action of p's completed, for going on from there; ErrNotFound also for what completes none.
func (s *Store) TaskOf(ctx context.Context, p Person, id casework.ActionID) (Task, error) {
	action, err := s.ActionOf(ctx, p, id)
	if err != nil {
		return Task{}, err
	}
	if _, completes := casework.KindOf(action.Kind); !completes {
		return Task{}, ErrNotFound
	}
	return s.Task(ctx, p, action.Task)
}

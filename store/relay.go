package store

import (
	"context"
	"fmt"

	"connex/casework"
)

// PendingActions hands out what still waits for its effect, of each case only the oldest, to one process at a time: a row
// that was handed out comes again only after a pause that grows with each attempt. Even an action whose signal was
// accepted comes back until it is applied or refused; the workflow and Record take a repetition for what it is.
func (s *Store) PendingActions(ctx context.Context, limit int) ([]Action, error) {
	var rows []actionRow
	err := s.db.SelectContext(ctx, &rows, `
		UPDATE actions a
		SET    attempts = a.attempts + 1,
		       next_attempt_at = clock_timestamp() + LEAST(8, 2 ^ LEAST(a.attempts, 3)) * interval '1 second'
		WHERE  a.id IN (
			SELECT p.id FROM actions p
			WHERE  p.state = 'pending' AND p.next_attempt_at <= clock_timestamp()
			AND    NOT EXISTS (SELECT FROM actions o WHERE o.case_number = p.case_number AND o.state = 'pending'
			                   AND (o.created_at, o.id) < (p.created_at, p.id))
			ORDER  BY p.next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED)
		AND    a.state = 'pending'
		RETURNING `+actionColumns, limit)
	if err != nil {
		return nil, err
	}
	return actionsOf(rows)
}

// RefuseAction settles an action that no workflow will: its request has ended, or its task is open no longer, as one of an
// activity that has ended. It says whether it did; it does not where the task still waits, or the action was settled
// before.
func (s *Store) RefuseAction(ctx context.Context, id casework.ActionID, r casework.Refusal) (refused bool, err error) {
	err = s.db.GetContext(ctx, &refused, `
		WITH refused AS (
			UPDATE actions a SET state = 'refused', rule = $2, reason = $3, settled_at = clock_timestamp()
			FROM   requests r
			WHERE  a.id = $1 AND a.state = 'pending' AND r.case_number = a.case_number
			AND    (r.ending <> '' OR NOT EXISTS (SELECT FROM tasks t WHERE t.id = a.task_id AND t.status = 'open'))
			RETURNING a.case_number || ':' || a.id::text AS notice),
		told AS (SELECT pg_notify('connex', notice) FROM refused)
		SELECT count(*) > 0 FROM told`, uuidOr(id), r.Rule, whyOf(r))
	if err != nil {
		return false, fmt.Errorf("refuse %s: %w", id, err)
	}
	return refused, nil
}

package store

import (
	"context"
	"fmt"
	"time"

	"connex/casework"
)

// Underway is a workflow that must be running, as our rows have it: of a request that goes on, or of one of its
// activities that is not over.
type Underway struct {
	Workflow   string                  `db:"workflow_id"`
	CaseNumber casework.CaseNumber     `db:"case_number"`
	Activity   int                     `db:"activity"` // 0: the request itself
	Phase      casework.Phase          `db:"phase"`
	Suspended  bool                    `db:"suspended"`
	Tasks      List[casework.TaskID]   `db:"tasks"`       // that are open, standing ones included, sorted
	WaitingFor List[casework.TaskKind] `db:"waiting_for"` // kinds of those that wait, sorted
}

const underway = `
	SELECT w.workflow_id, w.case_number, w.activity, w.phase, w.suspended, t.tasks, t.waiting_for
	FROM   (SELECT r.case_number AS workflow_id, r.case_number, 0 AS activity, r.phase, r.suspended FROM requests r WHERE r.ending = ''
	        UNION ALL
	        SELECT a.case_number || '/activity-' || a.number, a.case_number, a.number, r.phase, r.suspended
	        FROM   activities a JOIN requests r USING (case_number)
	        WHERE  r.ending = '' AND a.state IN ('planned', 'running', 'ended')) w
	CROSS  JOIN LATERAL (
		SELECT COALESCE(array_agg(t.id::text ORDER BY t.id), '{}') AS tasks,
			COALESCE(array_agg(DISTINCT t.kind COLLATE "C") FILTER (WHERE NOT t.standing), '{}') AS waiting_for
		FROM   tasks t WHERE t.case_number = w.case_number AND t.workflow_id = w.workflow_id AND t.status = 'open') t`

// Underway lists them in the order of their IDs, after one of these.
func (s *Store) Underway(ctx context.Context, after string, limit int) (list []Underway, err error) {
	err = s.db.SelectContext(ctx, &list, underway+` WHERE w.workflow_id > $1 ORDER BY w.workflow_id LIMIT $2`, after, limit)
	return list, err
}

// UnderwayNow is one of them; ErrNotFound where it need not run any more.
func (s *Store) UnderwayNow(ctx context.Context, workflow string) (u Underway, err error) {
	err = s.db.GetContext(ctx, &u, underway+` WHERE w.workflow_id = $1`, workflow)
	return u, found(err)
}

// BeginRound lets one process compare, if nobody began to for a while; after is where the last round came to.
func (s *Store) BeginRound(ctx context.Context, every time.Duration) (after string, mine bool, err error) {
	var begun []string
	err = s.db.SelectContext(ctx, &begun, `
		UPDATE reconciliation SET begun_at = clock_timestamp() WHERE begun_at <= clock_timestamp() - $1 * interval '1 second' RETURNING after`, every.Seconds())
	if err != nil || len(begun) == 0 {
		return "", false, err
	}
	return begun[0], true, nil
}

// EndRound says where the next one goes on.
func (s *Store) EndRound(ctx context.Context, after string) error {
	_, err := s.db.ExecContext(ctx, `UPDATE reconciliation SET ended_at = clock_timestamp(), after = $1`, after)
	return err
}

// LastRound is when a comparison last came to its end.
func (s *Store) LastRound(ctx context.Context) (at time.Time, err error) {
	err = s.db.GetContext(ctx, &at, `SELECT ended_at FROM reconciliation`)
	return at, err
}

// StuckWorkflows are those that were found and are not known to be well again.
func (s *Store) StuckWorkflows(ctx context.Context) (list []string, err error) {
	err = s.db.SelectContext(ctx, &list, `SELECT workflow_id FROM stuck_workflows ORDER BY workflow_id`)
	return list, err
}

// MarkStuck keeps that a workflow does not run, or differs; it says whether that is new. Open pages of the case hear
// of it.
func (s *Store) MarkStuck(ctx context.Context, u Underway, what Trouble) (isNew bool, err error) {
	err = s.db.GetContext(ctx, &isNew, `
		WITH marked AS (
			INSERT INTO stuck_workflows AS s (workflow_id, case_number, what) VALUES ($1, $2, $3)
			ON CONFLICT (workflow_id) DO UPDATE SET what = $3, since = clock_timestamp() WHERE s.what <> $3
			RETURNING s.case_number),
		told AS (SELECT pg_notify('connex', case_number || ':') FROM marked)
		SELECT count(*) > 0 FROM told`, u.Workflow, u.CaseNumber, what)
	if err != nil {
		return false, fmt.Errorf("mark %s as stuck: %w", u.Workflow, err)
	}
	return isNew, nil
}

// MarkWell takes that back, and says whether there was anything to take back.
func (s *Store) MarkWell(ctx context.Context, workflow string) (was bool, err error) {
	err = s.db.GetContext(ctx, &was, `
		WITH well AS (DELETE FROM stuck_workflows WHERE workflow_id = $1 RETURNING case_number),
		told AS (SELECT pg_notify('connex', case_number || ':') FROM well)
		SELECT count(*) > 0 FROM told`, workflow)
	return was, err
}

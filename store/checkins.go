package store

import (
	"context"
	"time"

	"github.com/lib/pq"

	"connex/casework"
)

// CheckIn is an open check-in with what one looks at to answer it.
type CheckIn struct {
	Task
	Title     string                  // of the activity
	Last      casework.Values         // the last check-in's form; nil where this is the first
	LastAt    time.Time               // process time
	Reports   []casework.ExpertReport // the experts' newest since then
	Draft     casework.Values         // what the reader left unfinished
	DraftMark string                  // of it: see Unfinished
	MovesWith casework.TaskID         // the standing task that moves its deadline; empty where there is none
}

// checkInsMost is how many rows one table has.
const checkInsMost = 150

// CheckIns are the open check-ins that wait for p or for whom p stands in, over all cases, what is due first first.
func (s *Store) CheckIns(ctx context.Context, p Person) ([]CheckIn, error) {
	var rows []struct {
		taskRow
		Title     string          `db:"title"`
		Last      jsonColumn      `db:"last_form"`
		LastAt    *time.Time      `db:"last_at"`
		Reports   jsonColumn      `db:"reports"`
		Draft     jsonColumn      `db:"draft"`
		DraftMark string          `db:"draft_mark"`
		MovesWith casework.TaskID `db:"moves_with"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT q.*, COALESCE(x.title, '') AS title, l.form AS last_form, l.created_at AS last_at, e.reports, d.form AS draft, COALESCE(`+draftMark+`, '') AS draft_mark,
			COALESCE(m.id::text, '') AS moves_with
		FROM  (`+selectTasks+` WHERE t.status = 'open' AND t.kind = 'check-in' AND NOT t.standing AND (t.holder = $2 OR t.holder = ANY ($4))) q
		LEFT  JOIN activities x ON x.case_number = q.case_number AND x.number = q.activity
		LEFT  JOIN actions l ON l.id = x.check_in_action
		LEFT  JOIN drafts d ON d.task_id = q.id AND d.person = $2
		LEFT  JOIN tasks m ON m.case_number = q.case_number AND m.kind = 'move-deadline' AND m.status = 'open' AND m.standing
		LEFT  JOIN LATERAL (
			SELECT jsonb_agg(jsonb_build_object('name', n.actor_name, 'form', n.form) ORDER BY n.actor_name) AS reports
			FROM  (SELECT DISTINCT ON (a.actor) a.actor_name, a.form FROM actions a JOIN tasks o ON o.id = a.task_id
			       WHERE a.case_number = q.case_number AND a.kind = 'report-activity' AND a.state = 'applied' AND o.activity = q.activity
			       AND   a.created_at > COALESCE(l.created_at, '-infinity') ORDER BY a.actor, a.created_at DESC) n
		) e ON true
		ORDER  BY q.due_real_at NULLS LAST, q.id LIMIT $3`, p.reader(), p.ID, checkInsMost, array(p.StandsFor))
	if err != nil {
		return nil, err
	}
	list := make([]CheckIn, len(rows))
	for i, row := range rows {
		task, err := row.task(p.ID)
		if err != nil {
			return nil, err
		}
		list[i] = CheckIn{Task: task, Title: row.Title, DraftMark: row.DraftMark, MovesWith: row.MovesWith}
		if row.LastAt != nil {
			list[i].LastAt = task.Calendar.Process(*row.LastAt)
		}
		for column, target := range map[*jsonColumn]any{&row.Last: &list[i].Last, &row.Reports: &list[i].Reports, &row.Draft: &list[i].Draft} {
			if err := column.into(target); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// LostCheckIns are those among these check-ins that do not wait for p, in their own place or another's, any more. Those that
// p did are not among them, but for the one that p has pressed a button of.
func (s *Store) LostCheckIns(ctx context.Context, p Person, ids []casework.TaskID, pressed casework.TaskID) ([]Task, error) {
	known := make([]string, 0, len(ids))
	for _, id := range ids[:min(len(ids), checkInsMost)] {
		known = append(known, uuidOr(id))
	}
	var rows []taskRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT q.*, COALESCE(x.title, '') AS activity_title
		FROM  (`+selectTasks+` WHERE t.kind = 'check-in' AND t.id = ANY ($3::uuid[])
			AND CASE WHEN t.status = 'open' THEN t.holder <> $2 AND NOT t.holder = ANY ($4) ELSE t.completed_by <> $2 OR t.id = $5 END) q
		LEFT  JOIN activities x ON x.case_number = q.case_number AND x.number = q.activity
		ORDER BY q.case_number, q.activity, q.id`, p.reader(), p.ID, pq.Array(known), array(p.StandsFor), uuidOr(pressed))
	if err != nil {
		return nil, err
	}
	return tasksOf(rows, p.ID)
}

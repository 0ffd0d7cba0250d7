package store

import (
	"context"
	"slices"
	"time"

	"connex/casework"
)

// TaskFilter says which tasks. The zero value: all that wait, for whomever.
type TaskFilter struct {
	Mine     bool // what the reader, a role of theirs or whom they stand in for holds, also what they are barred from
	Standing bool // those that may be done at any time, instead of those that wait
	Overdue  *bool
	Case     casework.CaseNumber
	After    string
	Limit    int
}

// listed are the open tasks of a filter, of whatever page.
const listed = `t.status = 'open' AND t.standing = $4 AND ($5 = '' OR t.case_number = $5)
		AND    (NOT $6 OR t.holder = $2 OR t.holder = '' AND t.role = ANY ($7) AND NOT t.kind = ANY ($8) OR $9 AND t.kind = ANY ($8)
		        OR t.holder = ANY ($10) AND t.role = ANY ($7) AND t.kind = ANY ($11))
		AND    ($12::boolean IS NULL OR $12 = ` + lateNow + `)` + mayHold

// lateNow tells whether a task t of a request r that waits is overdue.
const lateNow = `COALESCE(t.due_real_at < COALESCE(r.suspended_real_at, now()), false)`

// listing are the parameters of listed.
func (f TaskFilter) listing(p Person) []any {
	return []any{p.reader(), p.ID, linkRole(p), f.Standing, f.Case, f.Mine && p.Link == nil, array(p.Roles), array(everybodys()), acts(p),
		array(p.StandsFor), array(standIns()), f.Overdue}
}

// Tasks lists open tasks of requests that the reader may see, what is due first first.
func (s *Store) Tasks(ctx context.Context, p Person, f TaskFilter) (Page[Task], error) {
	due, id := "-infinity", "00000000-0000-0000-0000-000000000000"
	moment, which, ours := momentAndID(f.After)
	if ours {
		due, id = moment, which
	}
	n := limit(f.Limit)
	var rows []taskRow
	err := s.db.SelectContext(ctx, &rows, selectTasks+`
		WHERE  `+listed+` AND (COALESCE(t.due_real_at, 'infinity'), t.id) > ($13::timestamptz, $14::uuid)
		ORDER  BY COALESCE(t.due_real_at, 'infinity'), t.id LIMIT $15`, append(f.listing(p), due, id, n+1)...)
	if err != nil {
		return Page[Task]{}, err
	}
	tasks, err := tasksOf(rows, p.ID)
	return pageOf(tasks, n, func(t Task) string { return cursor(dueOf(t), string(t.ID)) }).following(f.After, ours), err
}

// CountTasks tells how many tasks Tasks lists on all its pages, and how many of them are overdue.
func (s *Store) CountTasks(ctx context.Context, p Person, f TaskFilter) (all, overdue int, err error) {
	err = s.db.QueryRowContext(ctx, `
		SELECT count(*), count(*) FILTER (WHERE `+lateNow+`)
		FROM   visible_to($1) v JOIN requests r USING (case_number) JOIN tasks t USING (case_number) WHERE `+listed, f.listing(p)...).Scan(&all, &overdue)
	return all, overdue, err
}

func dueOf(t Task) string {
	if t.DueRealAt == nil {
		return "infinity"
	}
	return t.DueRealAt.UTC().Format(time.RFC3339Nano)
}

// everybodys are the kinds that wait for no role: every member of staff who acts may do them.
func everybodys() []casework.TaskKind {
	return slices.DeleteFunc(casework.AllKinds(), func(k casework.TaskKind) bool {
		kind, _ := casework.KindOf(k)
		return kind.Holding != casework.ByStaff
	})
}

// standIns are the kinds that a substitute may do.
func standIns() []casework.TaskKind {
	return slices.DeleteFunc(casework.AllKinds(), func(k casework.TaskKind) bool { return !casework.MayStandIn(k) })
}

// acts tells whether p has a role of staff that does something on requests: an auditor reads, an administrator not even that.
func acts(p Person) bool {
	return p.Link == nil && slices.ContainsFunc(p.Roles, func(r casework.Role) bool {
		return r.Staff() && r != casework.Auditor && r != casework.Administrator
	})
}

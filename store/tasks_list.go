package store

import (
	"context"
	"errors"
	"slices"
	"strings"
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

// placeOf is where a task stands among those that are due with it: reader $2's own first, then request by request, the checks
// in their order.
func placeOf(task string) string {
	return strings.ReplaceAll(`format('%s %s %s %s %s', (x.holder <> $2)::int, x.case_number, COALESCE(array_position(ARRAY[`+quoted(casework.Checks)+`], x.kind), 0),
		x.kind, lpad(x.activity::text, 4, '0'))`, "x.", task+".")
}

func quoted(kinds []casework.TaskKind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = `'` + string(k) + `'`
	}
	return strings.Join(names, `, `)
}

// Tasks lists open tasks of requests that the reader may see, what is due first first.
func (s *Store) Tasks(ctx context.Context, p Person, f TaskFilter) (Page[Task], error) {
	due, at, id := "-infinity", "", "00000000-0000-0000-0000-000000000000"
	parts, ours := partsOf(f.After, 3)
	if ours = ours && isMoment(parts[0]) && uuidOr(parts[2]) == parts[2]; ours {
		due, at, id = parts[0], parts[1], parts[2]
	}
	n := limit(f.Limit)
	var rows []struct {
		taskRow
		Place string `db:"place"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT q.*, p.place FROM (`+selectTasks+` WHERE `+listed+`) q CROSS JOIN LATERAL (SELECT `+placeOf("q")+` AS place) p
		WHERE  (COALESCE(q.due_real_at, 'infinity'), p.place, q.id) > ($13::timestamptz, $14, $15::uuid)
		ORDER  BY COALESCE(q.due_real_at, 'infinity'), p.place, q.id LIMIT $16`, append(f.listing(p), due, at, id, n+1)...)
	var tasks []Task
	for _, row := range rows {
		task, fault := row.task(p.ID)
		tasks, err = append(tasks, task), errors.Join(err, fault)
	}
	last := func(Task) string { return cursor(dueOf(tasks[n-1]), rows[n-1].Place, string(tasks[n-1].ID)) }
	return pageOf(tasks, n, last).following(f.After, ours), err
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

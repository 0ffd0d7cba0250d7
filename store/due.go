package store

import (
	"context"
	"strings"
	"time"

	"connex/casework"
)

// DueFilter says which tasks that have a due date. Times are the cases' own, each in its calendar.
type DueFilter struct {
	Mine     bool // what the reader or a role of theirs holds
	From, To time.Time
	After    string // where a page before ended
	Limit    int
}

// DueTask is a task that waits, as a calendar shows it.
type DueTask struct {
	ID         casework.TaskID     `db:"id"`
	CaseNumber casework.CaseNumber `db:"case_number"`
	Country    string              `db:"country"`
	Kind       casework.TaskKind   `db:"kind"`
	Activity   int                 `db:"activity"`
	Role       casework.Role       `db:"role"`
	HolderName string              `db:"holder_name"`
	DueAt      time.Time           `db:"due_at"`
	Overdue    bool                `db:"overdue"`
	Mine       bool                `db:"mine"`
}

// mine is the condition for a task that somebody, a role of theirs or somebody for whom they stand in holds. ids is what
// idsOf has of them.
func mine(ids, roles string) string {
	var kinds []string
	for _, kind := range standIns() {
		kinds = append(kinds, string(kind))
	}
	return `(t.holder = (` + ids + `::text[])[1] OR t.holder = '' AND t.role = ANY (` + roles + `)
		OR t.holder = ANY (` + ids + `::text[]) AND t.role = ANY (` + roles + `) AND t.kind = ANY ('{` + strings.Join(kinds, ",") + `}'))`
}

// idsOf is a person, and after them those for whom they stand in.
func idsOf(p Person) List[casework.PersonID] {
	return append(List[casework.PersonID]{p.ID}, p.StandsFor...)
}

// dueFrom are the tasks of the requests that reader $1 may see; the reader is the person $2 (as idsOf) with the roles $3.
var dueFrom = `
	FROM   visible_to($1) v JOIN requests r USING (case_number) JOIN tasks t USING (case_number) ` + taskHolders + `
	CROSS  JOIN LATERAL (SELECT ` + mine("$2", "$3") + ` AS mine) m
	WHERE  t.status = 'open' AND NOT t.standing AND t.due_at IS NOT NULL AND (m.mine OR NOT $4)`

const dueColumns = `t.id, t.case_number, r.country, t.kind, t.activity, t.role, t.due_at, m.mine,
	t.due_real_at < COALESCE(r.suspended_real_at, now()) AS overdue,
	COALESCE(h.name, e.name, CASE WHEN t.role = 'government' THEN r.contact_name END, '') AS holder_name`

// Due lists what is due from one instant to before another, in order; the zero time leaves an end open.
func (s *Store) Due(ctx context.Context, p Person, f DueFilter) (Page[DueTask], error) {
	n := limit(f.Limit)
	at, id := "-infinity", "00000000-0000-0000-0000-000000000000"
	if moment, which, ours := momentAndID(f.After); ours {
		at, id = moment, which
	}
	var tasks []DueTask
	err := s.db.SelectContext(ctx, &tasks, `
		SELECT `+dueColumns+dueFrom+`
		AND    ($5::timestamptz IS NULL OR t.due_at >= $5) AND ($6::timestamptz IS NULL OR t.due_at < $6)
		AND    (t.due_at, t.id) > ($7::timestamptz, $8::uuid)
		ORDER  BY t.due_at, t.id LIMIT $9`,
		p.reader(), idsOf(p), array(p.Roles), f.Mine, optionalTime(f.From), optionalTime(f.To), at, id, n+1)
	return pageOf(tasks, n, func(t DueTask) string { return cursor(t.DueAt.UTC().Format(time.RFC3339Nano), string(t.ID)) }), err
}

// DueDay is what is due on one day: some of it, and how much there is.
type DueDay struct {
	Tasks []DueTask
	All   int
}

// DueByDay has a day for each of these instants but the last: it begins there and ends at the next. So many tasks of
// each are read at most.
func (s *Store) DueByDay(ctx context.Context, p Person, mine bool, begins []time.Time, most int) ([]DueDay, error) {
	instants := make(List[string], len(begins))
	for i, t := range begins {
		instants[i] = t.UTC().Format(time.RFC3339Nano)
	}
	var rows []struct {
		DueTask
		Day   int `db:"day"` // counted from one
		All   int `db:"all_on_day"`
		Place int `db:"place"`
	}
	const day = `width_bucket(t.due_at, $5::timestamptz[])`
	err := s.db.SelectContext(ctx, &rows, `
		SELECT * FROM (
			SELECT `+dueColumns+`, `+day+` AS day, count(*) OVER (PARTITION BY `+day+`) AS all_on_day,
				row_number() OVER (PARTITION BY `+day+` ORDER BY t.due_at, t.case_number, t.id) AS place`+dueFrom+`
			AND    t.due_at >= $6 AND t.due_at < $7) due
		WHERE  place <= $8 ORDER BY day, place`,
		p.reader(), idsOf(p), array(p.Roles), mine, instants, begins[0].UTC(), begins[len(begins)-1].UTC(), most)
	days := make([]DueDay, len(begins)-1)
	for _, row := range rows {
		d := &days[row.Day-1]
		d.Tasks, d.All = append(d.Tasks, row.DueTask), row.All
	}
	return days, err
}

func optionalTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC()
}

// DueAround tells what lies outside a stretch of time: how many tasks are due before it, and when the nearest are due on
// both sides.
type DueAround struct {
	Before   int        `db:"before"`
	Previous *time.Time `db:"previous"`
	Next     *time.Time `db:"next"`
}

// DueAround looks around a stretch of time.
func (s *Store) DueAround(ctx context.Context, p Person, mine bool, from, to time.Time) (around DueAround, err error) {
	err = s.db.GetContext(ctx, &around, `
		SELECT count(*) FILTER (WHERE t.due_at < $5) AS before, max(t.due_at) FILTER (WHERE t.due_at < $5) AS previous,
			min(t.due_at) FILTER (WHERE t.due_at >= $6) AS next`+dueFrom,
		p.reader(), idsOf(p), array(p.Roles), mine, from.UTC(), to.UTC())
	return around, err
}

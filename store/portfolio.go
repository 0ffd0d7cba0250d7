package store

import (
	"context"
	"time"

	"connex/casework"
)

// PortfolioFilter says which requests. Empty fields ask for nothing.
type PortfolioFilter struct {
	Phase      casework.Phase
	Country    string
	Officer    string // ID or address
	WaitingFor string // a role or a kind of task that waits
	Overdue    *bool
	Ended      *bool
	Text       string // in number, institution, contact, summary, scope or signatory
	After      string
	Limit      int
}

// PortfolioLine is a request in a list.
type PortfolioLine struct {
	CaseNumber   casework.CaseNumber     `db:"case_number"`
	Phase        casework.Phase          `db:"phase"`
	Ending       casework.Ending         `db:"ending"`
	Suspended    bool                    `db:"suspended"`
	Country      string                  `db:"country"`
	Institution  string                  `db:"institution"`
	Sector       string                  `db:"sector"`
	Resource     string                  `db:"resource"`
	Risk         casework.Rating         `db:"risk"`
	Officer      casework.PersonID       `db:"officer"`
	OfficerName  string                  `db:"officer_name"`
	OfficerEmail string                  `db:"officer_email"`
	OpenedAt     time.Time               `db:"opened_at"`
	OpenedRealAt time.Time               `db:"opened_real_at"`
	EndedAt      *time.Time              `db:"ended_at"`
	WaitingFor   List[casework.TaskKind] `db:"waiting_for"`
	DueAt        *time.Time              `db:"due_at"` // what is due first
	Overdue      bool                    `db:"overdue"`
	Next         casework.Next           `db:"-"`
	NextJSON     jsonColumn              `db:"next"`
}

// Requests lists those that the reader may see, newest first.
func (s *Store) Requests(ctx context.Context, p Person, f PortfolioFilter) (Page[PortfolioLine], error) {
	at, number := "infinity", ""
	if parts, ok := partsOf(f.After, 2); ok {
		if _, err := time.Parse(time.RFC3339Nano, parts[0]); err == nil {
			at, number = parts[0], parts[1]
		}
	}
	n := limit(f.Limit)
	var lines []PortfolioLine
	err := s.db.SelectContext(ctx, &lines, `
		SELECT r.case_number, r.phase, r.ending, r.suspended, r.country, r.institution, r.sector, r.resource, r.risk, r.officer,
			COALESCE(o.name, '') AS officer_name, COALESCE(o.email, '') AS officer_email, r.opened_at, r.opened_real_at, r.ended_at, r.next,
			w.kinds AS waiting_for, w.due_at, w.overdue
		FROM   visible_to($1) v JOIN requests r USING (case_number) LEFT JOIN accounts o ON o.id = r.officer
		CROSS  JOIN LATERAL (
			SELECT COALESCE(array_agg(DISTINCT t.kind), '{}') AS kinds, COALESCE(array_agg(DISTINCT t.role), '{}') AS roles, min(t.due_at) AS due_at,
				COALESCE(bool_or(t.due_real_at < COALESCE(r.suspended_real_at, now())), false) AS overdue
			FROM tasks t WHERE t.case_number = r.case_number AND t.status = 'open' AND NOT t.standing) w
		WHERE  ($2 = '' OR r.phase = $2) AND ($3 = '' OR r.country = $3) AND ($4 = '' OR $4 IN (r.officer, o.email))
		AND    ($5 = '' OR $5 = ANY (w.kinds) OR $5 = ANY (w.roles)) AND ($6::boolean IS NULL OR $6 = w.overdue)
		AND    ($7::boolean IS NULL OR $7 = (r.ending <> ''))
		AND    ($8 = '' OR strpos(lower(concat_ws(' ', r.case_number, r.institution, r.contact_name, r.summary, r.scope, r.signatory, r.country)), lower($8)) > 0)
		AND    (r.opened_real_at, r.case_number) < ($9::timestamptz, $10)
		ORDER  BY r.opened_real_at DESC, r.case_number DESC LIMIT $11`,
		p.reader(), f.Phase, f.Country, f.Officer, f.WaitingFor, f.Overdue, f.Ended, f.Text, at, number, n+1)
	if err != nil {
		return Page[PortfolioLine]{}, err
	}
	for i := range lines {
		if err := lines[i].NextJSON.into(&lines[i].Next); err != nil {
			return Page[PortfolioLine]{}, err
		}
	}
	return pageOf(lines, n, func(l PortfolioLine) string {
		return cursor(l.OpenedRealAt.UTC().Format(time.RFC3339Nano), string(l.CaseNumber))
	}), nil
}

// OpenCases are the requests that go on, after a number: for holding them against the workflows that run.
func (s *Store) OpenCases(ctx context.Context, after casework.CaseNumber, limit int) (list []casework.CaseNumber, err error) {
	err = s.db.SelectContext(ctx, &list, `SELECT case_number FROM requests WHERE ending = '' AND case_number > $1 ORDER BY case_number LIMIT $2`, after, limit)
	return list, err
}

// ReportRow is a request as reports count it. Times are the case's.
type ReportRow struct {
	PortfolioLine
	Decision     string     `db:"decision"`
	Channel      string     `db:"channel"`
	Stage        string     `db:"negotiation_stage"`
	SubmittedAt  *time.Time `db:"submitted_at"` // the formal letter
	DecidedAt    *time.Time `db:"decided_at"`
	ExchangedAt  *time.Time `db:"exchanged_at"`
	Activities   int        `db:"activities"`
	Evaluated    int        `db:"evaluated"`
	DaysSpent    float64    `db:"days_spent"`
	AverageScore *float64   `db:"average_score"` // of all criteria of all evaluations; null: nobody could say
}

// PortfolioReport are the requests opened between two dates of their own calendars, both included; ” leaves an end open.
func (s *Store) PortfolioReport(ctx context.Context, p Person, from, to string) (rows []ReportRow, err error) {
	var first, last any
	if isDate(from) {
		first = casework.StartOf(from)
	}
	if isDate(to) {
		last = casework.StartOf(to).Add(36 * time.Hour) // into the day after, however long the day is
		last = casework.StartOf(casework.DateOf(last.(time.Time)))
	}
	err = s.db.SelectContext(ctx, &rows, `
		SELECT r.case_number, r.phase, r.ending, r.suspended, r.country, r.institution, r.sector, r.resource, r.risk, r.officer,
			COALESCE(o.name, '') AS officer_name, COALESCE(o.email, '') AS officer_email, r.opened_at, r.opened_real_at, r.ended_at, r.next,
			'{}'::text[] AS waiting_for, false AS overdue, r.channel, r.negotiation_stage, COALESCE(r.decision->>'result', '') AS decision,
			e.submitted_at, e.decided_at, e.exchanged_at, x.activities, x.evaluated, w.days_spent, w.average_score
		FROM   visible_to($1) v JOIN requests r USING (case_number) LEFT JOIN accounts o ON o.id = r.officer
		CROSS  JOIN LATERAL (
			SELECT max(t.at) FILTER (WHERE t.what = 'submit-request-letter') AS submitted_at, max(t.at) FILTER (WHERE t.what = 'round-decided') AS decided_at,
				max(t.at) FILTER (WHERE t.what = 'letters-exchanged') AS exchanged_at
			FROM trail t WHERE t.case_number = r.case_number) e
		CROSS  JOIN LATERAL (
			SELECT count(*) AS activities, count(*) FILTER (WHERE y.state = 'evaluated') AS evaluated FROM activities y WHERE y.case_number = r.case_number) x
		CROSS  JOIN LATERAL (
			SELECT COALESCE(sum((a.form->>'daysSpent')::numeric) FILTER (WHERE a.kind IN ('check-in', 'end-activity') AND jsonb_typeof(a.form->'daysSpent') = 'number'), 0) AS days_spent,
				avg(score.value::numeric) AS average_score
			FROM actions a
			LEFT JOIN LATERAL jsonb_each_text(CASE WHEN jsonb_typeof(a.form->'scores') = 'object' THEN a.form->'scores' ELSE '{}' END) score
				ON score.value ~ '^[1-6]$'
			WHERE a.case_number = r.case_number AND a.state = 'applied' AND a.kind IN ('check-in', 'end-activity', 'write-evaluation', 'closing-evaluation')) w
		WHERE  ($2::timestamptz IS NULL OR r.opened_at >= $2) AND ($3::timestamptz IS NULL OR r.opened_at < $3)
		ORDER  BY r.opened_at, r.case_number`, p.reader(), first, last)
	return rows, err
}

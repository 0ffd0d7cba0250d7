package store

import (
	"context"
	"time"

	"connex/casework"
)

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

// PortfolioReport are the requests opened between two dates of their own calendars, both included; an empty one leaves its end open.
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
			FROM trail t WHERE t.case_number = r.case_number AND t.what IN ('submit-request-letter', 'round-decided', 'letters-exchanged')) e
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

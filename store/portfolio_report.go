package store

import (
	"context"
	"errors"
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
	first, last := opened(from, to)
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

// opened is from when on, and before when, a request was opened between two dates; nil leaves an end open.
func opened(from, to string) (first, last any) {
	if isDate(from) {
		first = casework.StartOf(from)
	}
	if isDate(to) {
		after := casework.StartOf(to).Add(36 * time.Hour) // into the day after, however long the day is
		last = casework.StartOf(casework.DateOf(after))
	}
	return first, last
}

// WeeklyReport are the same requests up to a date as weekly figures count them: each with the phases that it entered and the
// activities that began, so that the figures can be told as they stood at a moment.
func (s *Store) WeeklyReport(ctx context.Context, p Person, to string) ([]casework.Counted, error) {
	var rows []weeklyRow
	_, before := opened("", to)
	err := s.db.SelectContext(ctx, &rows, `
		SELECT r.opened_at, r.ended_at, r.ending, r.country, r.sector, r.language, COALESCE(r.decision->>'result', '') AS decision,
			m.submitted_at, m.decided_at, e.entered, x.activities
		FROM   visible_to($1) v JOIN requests r USING (case_number)
		LEFT   JOIN (SELECT t.case_number, max(t.at) FILTER (WHERE t.what = 'submit-request-letter') AS submitted_at,
				max(t.at) FILTER (WHERE t.what = 'round-decided') AS decided_at
			FROM trail t WHERE t.what IN ('submit-request-letter', 'round-decided', 'letters-exchanged') GROUP BY t.case_number) m USING (case_number)
		LEFT   JOIN (SELECT t.case_number, json_agg(json_build_object('phase', t.outcome, 'at', t.at) ORDER BY t.seq) AS entered
			FROM trail t WHERE t.what = 'phase-entered' GROUP BY t.case_number) e USING (case_number)
		LEFT   JOIN (SELECT y.case_number, json_agg(json_build_object('began', y.began_at, 'ended', y.ended_at)) AS activities
			FROM activities y WHERE y.began_at IS NOT NULL GROUP BY y.case_number) x USING (case_number)
		WHERE  $2::timestamptz IS NULL OR r.opened_at < $2`, p.reader(), before)
	if err != nil {
		return nil, err
	}
	counted := make([]casework.Counted, len(rows))
	for i, row := range rows {
		if counted[i], err = row.counted(); err != nil {
			return nil, err
		}
	}
	return counted, nil
}

type weeklyRow struct {
	OpenedAt    time.Time       `db:"opened_at"`
	EndedAt     *time.Time      `db:"ended_at"`
	Ending      casework.Ending `db:"ending"`
	Country     string          `db:"country"`
	Sector      string          `db:"sector"`
	Language    string          `db:"language"`
	Decision    casework.Result `db:"decision"`
	SubmittedAt *time.Time      `db:"submitted_at"`
	DecidedAt   *time.Time      `db:"decided_at"`
	Entered     jsonColumn      `db:"entered"`
	Activities  jsonColumn      `db:"activities"`
}

func (r weeklyRow) counted() (casework.Counted, error) {
	c := casework.Counted{Opened: &r.OpenedAt, Submitted: r.SubmittedAt, Decided: r.DecidedAt, Ended: r.EndedAt, Result: r.Decision,
		Ending: r.Ending, Country: r.Country, Sector: r.Sector, Language: r.Language}
	err := errors.Join(r.Entered.into(&c.Entered), r.Activities.into(&c.Activities))
	return c, err
}

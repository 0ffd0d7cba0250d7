package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// PortfolioFilter says which requests, in which order. Empty fields ask for nothing.
type PortfolioFilter struct {
	Phase      casework.Phase
	Country    string
	Officer    string // ID or address, or Nobody
	WaitingFor string // a role or a kind of task that waits
	Sector     string
	Risk       casework.Rating
	Overdue    *bool
	Ended      *bool
	Text       string   // words that all must be found: see terms
	Sort       string   // one of PortfolioOrders, with a - before it the other way round; empty: the newest first
	Ranks      []string // for an order by words: the values of its column in the order of their words
	After      string
	Limit      int
}

// Nobody is whose requests have no case officer yet.
const Nobody = "nobody"

// PortfolioLine is a request in a list.
type PortfolioLine struct {
	CaseNumber   casework.CaseNumber     `db:"case_number"`
	Phase        casework.Phase          `db:"phase"`
	Ending       casework.Ending         `db:"ending"`
	Suspended    bool                    `db:"suspended"`
	Country      string                  `db:"country"`
	Institution  string                  `db:"institution"`
	Contact      string                  `db:"contact_name"`
	Sector       string                  `db:"sector"`
	Resource     string                  `db:"resource"`
	Stage        string                  `db:"negotiation_stage"`
	Risk         casework.Rating         `db:"risk"`
	Officer      casework.PersonID       `db:"officer"`
	OfficerName  string                  `db:"officer_name"`
	OfficerEmail string                  `db:"officer_email"`
	OpenedAt     time.Time               `db:"opened_at"`
	OpenedRealAt time.Time               `db:"opened_real_at"`
	EnteredAt    time.Time               `db:"phase_entered_at"`
	EndedAt      *time.Time              `db:"ended_at"`
	WaitingFor   List[casework.TaskKind] `db:"waiting_for"`
	DueAt        *time.Time              `db:"due_at"` // what is due first
	Overdue      bool                    `db:"overdue"`
	Next         casework.Next           `db:"-"`
	NextJSON     jsonColumn              `db:"next"`
	SortKey      string                  `db:"sort_key"`
}

// portfolioFrom are the requests that reader $1 may see, each with its officer and with what it waits for.
const portfolioFrom = `
	FROM   visible_to($1) v JOIN requests r USING (case_number) LEFT JOIN accounts o ON o.id = r.officer
	CROSS  JOIN LATERAL (
		SELECT COALESCE(array_agg(DISTINCT t.kind), '{}') AS kinds, COALESCE(array_agg(DISTINCT t.role), '{}') AS roles, min(t.due_at) AS due_at,
			min(t.due_real_at) AS due_real_at, COALESCE(min(t.due_real_at) < COALESCE(r.suspended_real_at, now()), false) AS overdue
		FROM tasks t WHERE t.case_number = r.case_number AND t.status = 'open' AND NOT t.standing) w`

// fit is what one filter lets through. Lists, boards, files and figures all ask the same, so that they agree.
type fit struct{ filter, condition string }

// portfolioQuery is a statement about requests in the making. Only the filters that are in use stand in it: the planner
// takes each condition for one that narrows, and with eight of them it expects a single request and reads all of them
// for each.
type portfolioQuery struct {
	args []any
	text string // the condition on the words
	fits []fit

	ended bool // those that have ended are asked for
}

// arg is how a value is named in the statement.
func (q *portfolioQuery) arg(value any) string {
	q.args = append(q.args, value)
	return `$` + strconv.Itoa(len(q.args))
}

func (f PortfolioFilter) query(p Person, terms []term) *portfolioQuery {
	q := &portfolioQuery{args: []any{p.reader()}, text: `true`, ended: f.Ended != nil && *f.Ended}
	if len(terms) > 0 {
		q.text = `r.case_number IN ` + casesWithAll(q.arg(queries(terms)), q.arg(countriesOf(terms)))
	}
	q.fit("phase", f.Phase != "", `r.phase = `, f.Phase)
	q.fit("country", f.Country != "", `r.country = `, strings.ToUpper(f.Country))
	q.fit("sector", f.Sector != "", `r.sector = `, f.Sector)
	q.fit("risk", f.Risk != "", `r.risk = `, f.Risk)
	q.fit("overdue", f.Overdue != nil, `w.overdue = `, f.Overdue)
	q.fit("ended", f.Ended != nil, `(r.ending <> '') = `, f.Ended)
	q.fit("waitingFor", f.WaitingFor != "", `w.kinds || w.roles @> ARRAY[`, f.WaitingFor, `]`)
	if f.Officer == Nobody {
		q.fits = append(q.fits, fit{"officer", `r.officer = ''`})
	} else {
		q.fit("officer", f.Officer != "", `r.officer = (SELECT id FROM accounts WHERE `, lower(f.Officer), ` IN (id, email))`)
	}
	return q
}

func (q *portfolioQuery) fit(filter string, used bool, condition string, value any, rest ...string) {
	if used {
		q.fits = append(q.fits, fit{filter, condition + q.arg(value) + strings.Join(rest, "")})
	}
}

// where are the conditions of all filters.
func (q *portfolioQuery) where() string {
	conditions := ` WHERE ` + q.text
	for _, f := range q.fits {
		conditions += ` AND ` + f.condition
	}
	return conditions
}

const portfolioColumns = `r.case_number, r.phase, r.ending, r.suspended, r.country, r.institution, r.contact_name, r.sector, r.resource,
	r.negotiation_stage, r.risk, r.officer, COALESCE(o.name, '') AS officer_name, COALESCE(o.email, '') AS officer_email, r.opened_at,
	r.opened_real_at, r.phase_entered_at, r.ended_at, r.next, w.kinds AS waiting_for, w.due_at, w.overdue`

// Requests lists those that the reader may see.
func (s *Store) Requests(ctx context.Context, p Person, f PortfolioFilter) (Page[PortfolioLine], error) {
	terms, err := s.terms(ctx, f.Text)
	if err != nil {
		return Page[PortfolioLine]{}, err
	}
	return portfolioPage(ctx, s.db, p, f, terms)
}

func portfolioPage(ctx context.Context, db sqlx.QueryerContext, p Person, f PortfolioFilter, terms []term) (Page[PortfolioLine], error) {
	n := limit(f.Limit)
	lines, o, err := portfolioLines(ctx, db, p, f, terms, func(q *portfolioQuery, o order) string {
		return o.after(q, f.After) + ` ORDER BY ` + o.by() + ` LIMIT ` + q.arg(n+1)
	})
	_, ours := o.partsOf(f.After)
	return pageOf(lines, n, o.cursorAt).following(f.After, ours), err
}

// AllRequests are all that fit, in order: for files.
func (s *Store) AllRequests(ctx context.Context, p Person, f PortfolioFilter) ([]PortfolioLine, error) {
	terms, err := s.terms(ctx, f.Text)
	if err != nil {
		return nil, err
	}
	lines, _, err := portfolioLines(ctx, s.db, p, f, terms, func(_ *portfolioQuery, o order) string { return ` ORDER BY ` + o.by() })
	return lines, err
}

func portfolioLines(ctx context.Context, db sqlx.QueryerContext, p Person, f PortfolioFilter, terms []term,
	rest func(*portfolioQuery, order) string) (lines []PortfolioLine, o order, err error) {
	q := f.query(p, terms)
	o = f.order(q)
	statement := `SELECT ` + portfolioColumns + `, (` + o.key + `)::text AS sort_key` + portfolioFrom + q.where() + rest(q, o)
	if err := sqlx.SelectContext(ctx, db, &lines, statement, q.args...); err != nil {
		return nil, o, err
	}
	for i := range lines {
		if err := lines[i].NextJSON.into(&lines[i].Next); err != nil {
			return nil, o, err
		}
	}
	return lines, o, nil
}

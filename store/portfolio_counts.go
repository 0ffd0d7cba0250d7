package store

import (
	"context"
	"strings"

	"github.com/jmoiron/sqlx"
)

// PortfolioCounts say how many requests fit, and how many there would be with another value of one filter while the
// others stay: what stands beside each answer of that filter.
type PortfolioCounts struct {
	All int
	By  map[string]map[string]int // filter, value
}

// Portfolio is a piece of the list with the counts of the whole, as they were at one moment.
type Portfolio struct {
	Page[PortfolioLine]
	Counts PortfolioCounts
}

// Portfolio lists the requests that the reader may see, and counts them.
func (s *Store) Portfolio(ctx context.Context, p Person, f PortfolioFilter) (list Portfolio, err error) {
	terms, err := s.terms(ctx, f.Text)
	if err != nil {
		return list, err
	}
	err = s.reading(ctx, func(tx *sqlx.Tx) error {
		if list.Page, err = portfolioPage(ctx, tx, p, f, terms); err != nil {
			return err
		}
		list.Counts, err = countPortfolio(ctx, tx, p, f, terms)
		return err
	})
	return list, err
}

// CountRequests counts without listing.
func (s *Store) CountRequests(ctx context.Context, p Person, f PortfolioFilter) (PortfolioCounts, error) {
	terms, err := s.terms(ctx, f.Text)
	if err != nil {
		return PortfolioCounts{}, err
	}
	return countPortfolio(ctx, s.db, p, f, terms)
}

// counted are the filters, each with the value under which it counts a request. In a phase are those that go on, unless one asks for
// those that have ended: their phase is where they did.
var counted = []struct{ filter, value string }{
	{"phase", `phase`}, {"country", `country`}, {"officer", `officer`}, {"waitingFor", `role`}, {"sector", `sector`}, {"risk", `risk`},
	{"overdue", `overdue`}, {"ended", `ended`},
}

// counts is the statement that counts all that fit, and for each filter those that fit all others.
func (q *portfolioQuery) counts() string {
	var columns, counts strings.Builder
	all := ` WHERE true`
	for _, f := range q.fits {
		columns.WriteString(`, ` + f.condition + ` AS fits_` + strings.ToLower(f.filter))
		all += ` AND fits_` + strings.ToLower(f.filter)
	}
	for _, c := range counted {
		from := `lines`
		if c.filter == "waitingFor" {
			from = `lines CROSS JOIN LATERAL unnest(roles) AS role`
		}
		others := strings.Replace(all, ` AND fits_`+strings.ToLower(c.filter), ``, 1)
		if c.filter == "phase" && !q.ended {
			others += ` AND ended = 'no'`
		}
		counts.WriteString(` UNION ALL SELECT '` + c.filter + `', ` + c.value + `, count(*) FROM ` + from + others + ` GROUP BY 2`)
	}
	return `WITH lines AS MATERIALIZED (
		SELECT r.phase, r.country, COALESCE(NULLIF(r.officer, ''), '` + Nobody + `') AS officer, r.sector, r.risk, w.roles,
			CASE WHEN w.overdue THEN 'yes' ELSE 'no' END AS overdue, CASE WHEN r.ending <> '' THEN 'yes' ELSE 'no' END AS ended` +
		columns.String() + portfolioFrom + ` WHERE ` + q.text + `)
	SELECT '' AS filter, '' AS value, count(*) AS n FROM lines` + all + counts.String()
}

func countPortfolio(ctx context.Context, db sqlx.QueryerContext, p Person, f PortfolioFilter, terms []term) (counts PortfolioCounts, err error) {
	var rows []struct {
		Filter string `db:"filter"`
		Value  string `db:"value"`
		N      int    `db:"n"`
	}
	q := f.query(p, terms)
	if err := sqlx.SelectContext(ctx, db, &rows, q.counts(), q.args...); err != nil {
		return counts, err
	}
	counts.By = map[string]map[string]int{}
	for _, c := range counted {
		counts.By[c.filter] = map[string]int{}
	}
	for _, row := range rows {
		if row.Filter == "" {
			counts.All = row.N
			continue
		}
		counts.By[row.Filter][row.Value] = row.N
	}
	return counts, nil
}

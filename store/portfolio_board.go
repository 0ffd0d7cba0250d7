package store

import (
	"context"
	"slices"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// BoardColumn are the requests of one phase, or those that have ended (no phase): the most urgent first, and how many
// there are in all.
type BoardColumn struct {
	Phase casework.Phase
	Lines []PortfolioLine
	All   int
}

type boardRow struct {
	PortfolioLine
	Column casework.Phase `db:"board_column"`
	All    int            `db:"all_in_column"`
	Place  int            `db:"place"`
}

// Board is the portfolio by phase, each with so many of its requests at most.
func (s *Store) Board(ctx context.Context, p Person, f PortfolioFilter, most int) (columns []BoardColumn, counts PortfolioCounts, err error) {
	terms, err := s.terms(ctx, f.Text)
	if err != nil {
		return nil, counts, err
	}
	var rows []boardRow
	const column = `CASE WHEN r.ending = '' THEN r.phase ELSE '' END`
	q := f.query(p, terms)
	err = s.reading(ctx, func(tx *sqlx.Tx) error {
		err := tx.SelectContext(ctx, &rows, `SELECT * FROM (
			SELECT `+portfolioColumns+`, `+column+` AS board_column, count(*) OVER (PARTITION BY `+column+`) AS all_in_column,
				row_number() OVER (PARTITION BY `+column+` ORDER BY w.due_real_at NULLS LAST, r.opened_real_at DESC, r.case_number) AS place`+
			portfolioFrom+q.where()+`) board WHERE place <= `+q.arg(most)+` ORDER BY board_column, place`, q.args...)
		if err != nil {
			return err
		}
		counts, err = countPortfolio(ctx, tx, p, f, terms)
		return err
	})
	return columnsOf(rows), counts, err
}

// columnsOf has a column for each phase, in their order, and the ended ones last.
func columnsOf(rows []boardRow) (columns []BoardColumn) {
	for _, phase := range append(slices.Clone(casework.Phases), "") {
		c := BoardColumn{Phase: phase}
		for _, row := range rows {
			if row.Column == phase {
				c.Lines, c.All = append(c.Lines, row.PortfolioLine), row.All
			}
		}
		columns = append(columns, c)
	}
	return columns
}

package staff

import (
	"connex/casework"
	"connex/store"
	"connex/words"
)

// mostCards is how many requests a column of the board shows; the list has them all.
const mostCards = 12

// boardColumn is a phase with its requests, the most urgent first.
type boardColumn struct {
	ID, Title string
	All       int
	Cards     []boardCard
	More      string // where all of them are
}

type boardCard struct {
	store.PortfolioLine
	Country, WaitsFor, Ended string
}

// boardOf has a column for each phase; one for those that have ended only where there are any.
func boardOf(w *words.Words, l look, columns []store.BoardColumn) (board []boardColumn) {
	for _, c := range columns {
		column := boardColumn{ID: "column-" + string(c.Phase), All: c.All}
		switch {
		case c.Phase == "" && c.All == 0:
			continue
		case c.Phase == "":
			column.ID, column.Title = "column-over", w.T("portfolio.over")
		default:
			column.Title = w.T("page.phase." + string(c.Phase))
		}
		for _, line := range c.Lines {
			card := boardCard{PortfolioLine: line, Country: optionOr(w, line.Country), WaitsFor: kindWords(w, line.WaitingFor)}
			if line.Ending != "" {
				card.Ended = standing(w, line.Phase, line.Ending)
			}
			column.Cards = append(column.Cards, card)
		}
		if c.All > len(c.Lines) {
			column.More = l.inList(c.Phase)
		}
		board = append(board, column)
	}
	return board
}

// inList is the list of what a column of the board holds.
func (l look) inList(phase casework.Phase) string {
	if phase == "" {
		return l.at("/requests", "view", "", "ended", casework.Yes)
	}
	return l.at("/requests", "view", "", "phase", string(phase), "ended", casework.No)
}

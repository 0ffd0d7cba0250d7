package staff

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

type reportsPage struct {
	From, To, Query string
	Wrong           string // with the last day
	Tiles           []figure
	Tables          []figures
}

type figure struct {
	Label string
	Value any
}

type figures struct {
	Title string
	Rows  []figure
}

// reports shows the figures of a period; the files with the same rows are the JSON interface's.
func (s room) reports(c *gin.Context) error {
	p, w := web.PersonOf(c), web.Words(c)
	if err := readsFigures(p); err != nil {
		return err
	}
	page := reportsPage{From: c.Query("from"), To: c.Query("to")}
	if page.From != "" && page.To != "" && page.To < page.From {
		page.Wrong = w.T("invalid.ends-before")
		return s.show(c, http.StatusUnprocessableEntity, "reports", w.T("page.reports.title"), "reports", page)
	}
	rows, err := s.Store.PortfolioReport(c.Request.Context(), p, page.From, page.To)
	if err != nil {
		return err
	}
	if c.Request.URL.RawQuery != "" {
		page.Query = "?" + c.Request.URL.Query().Encode()
	}
	page.Tiles, page.Tables = tilesOf(w, rows), tablesOf(w, rows)
	return s.show(c, http.StatusOK, "reports", w.T("page.reports.title"), "reports", page)
}

// readsFigures is everybody who sees requests.
func readsFigures(p store.Person) error {
	return web.Needs(p, slices.DeleteFunc(slices.Clone(casework.StaffRoles), func(r casework.Role) bool { return r == casework.Administrator })...)
}

func tilesOf(w *words.Words, rows []store.ReportRow) []figure {
	var open, activities, evaluated int
	var days float64
	for _, r := range rows {
		if r.Ending == "" {
			open++
		}
		activities, evaluated, days = activities+r.Activities, evaluated+r.Evaluated, days+r.DaysSpent
	}
	tile := func(name string, value any) figure { return figure{w.T("page.reports." + name), value} }
	return []figure{tile("all", len(rows)), tile("open", open), tile("ended", len(rows)-open), tile("activities", activities),
		tile("evaluated", evaluated), tile("days", days)}
}

func tablesOf(w *words.Words, rows []store.ReportRow) []figures {
	by := func(title, prefix, none string, of func(store.ReportRow) string) figures {
		return figures{w.T("page.reports.by." + title), counted(w, prefix, none, rows, of)}
	}
	unknown := w.T("page.reports.unknown")
	return []figures{
		by("phase", "page.phase.", "", func(r store.ReportRow) string {
			if r.Ending != "" {
				return ""
			}
			return string(r.Phase)
		}),
		by("ending", "page.ending.", "", func(r store.ReportRow) string { return string(r.Ending) }),
		by("country", "option.", unknown, func(r store.ReportRow) string { return r.Country }),
		by("sector", "option.", unknown, func(r store.ReportRow) string { return r.Sector }),
	}
}

// counted has the most first, and those that are equal by name. What has no value is counted under none, if there is a word for it, so that
// the figures of a table add up.
func counted(w *words.Words, prefix, none string, rows []store.ReportRow, of func(store.ReportRow) string) (counts []figure) {
	numbers := map[string]int{}
	for _, r := range rows {
		if value := of(r); value != "" || none != "" {
			numbers[value]++
		}
	}
	for value, n := range numbers {
		label := none
		if value != "" {
			label = w.T(prefix + value)
		}
		counts = append(counts, figure{label, n})
	}
	order := w.Order()
	slices.SortFunc(counts, func(a, b figure) int {
		if more := b.Value.(int) - a.Value.(int); more != 0 {
			return more
		}
		return order(a.Label, b.Label)
	})
	return counts
}

package staff

import (
	"net/http"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/words"
)

// weeklyPage are the figures of a week for readers outside: what could point to a country is not in them.
type weeklyPage struct {
	Week           string // any day of it, as it was asked for
	From, To       string
	Fault          string
	Earlier, Later string // where the weeks before and after it are; there is none after the last whole one
	File           string
	Tiles          []weeklyFigure
	Tables         []weeklyTable
}

type weeklyTable struct {
	Name, Title string
	Rows        []weeklyFigure
}

// weeklyFigure is a number, or says roughly how many there are.
type weeklyFigure struct {
	Label   string
	N       int
	Roughly string
}

func (f weeklyFigure) cell() any {
	if f.Roughly != "" {
		return f.Roughly
	}
	return f.N
}

// weekly shows them, for the last whole week unless another one is asked for.
func (s room) weekly(c *gin.Context) error {
	told, fault, err := s.weekAsked(c)
	if err != nil {
		return err
	}
	w := web.Words(c)
	page := weeklyPage{Week: told.Week.Monday(), From: told.Week.Monday(), To: told.Week.Sunday(), Fault: fault, Earlier: weekAt("/reports/weekly", told.Week.Add(-1)),
		File: weekAt("/reports/weekly.csv", told.Week), Tiles: weeklyTiles(w, told), Tables: weeklyTables(w, told)}
	status := http.StatusOK
	if fault != "" {
		status, page.Week = http.StatusUnprocessableEntity, c.Query("week")
	}
	if later := told.Week.Add(1); later.Over(time.Now()) {
		page.Later = weekAt("/reports/weekly", later)
	}
	return s.show(c, status, "weekly", w.T("page.weekly.title")+", "+w.T("page.weekly.week", "From", w.Day(page.From), "To", w.Day(page.To)), "reports", page)
}

func weekAt(path string, week casework.Week) string {
	return path + "?week=" + url.QueryEscape(week.Monday())
}

// weeklyCSV is the same as a table.
func (s room) weeklyCSV(c *gin.Context) error {
	told, fault, err := s.weekAsked(c)
	if err != nil {
		return err
	}
	w := web.Words(c)
	if fault != "" {
		return web.Invalid(casework.Faults{"week": casework.Say("invalid.no-week")})
	}
	sheet := web.Sheet{Name: told.Week.Monday(), Head: []string{w.T("page.weekly.head.what"), w.T("page.weekly.head.of"), w.T("page.weekly.head.number")}}
	for _, f := range weeklyTiles(w, told) {
		sheet.Rows = append(sheet.Rows, []any{f.Label, "", f.cell()})
	}
	for _, t := range weeklyTables(w, told) {
		for _, f := range t.Rows {
			sheet.Rows = append(sheet.Rows, []any{t.Title, f.Label, f.cell()})
		}
	}
	return sheet.SendCSV(c, "weekly-"+told.Week.Monday()+".csv", web.SpreadsheetMark)
}

// weekAsked counts for the week that is asked for. One that is none, or that is not over, is a fault, and then it is the last
// whole one.
func (s room) weekAsked(c *gin.Context) (told casework.Weekly, fault string, err error) {
	p, now := web.PersonOf(c), time.Now()
	if err := readsFigures(p); err != nil {
		return told, "", err
	}
	week := casework.LastWholeWeek(now)
	if asked := c.Query("week"); asked != "" {
		if other, known := casework.WeekOf(asked); known && other.Over(now) {
			week = other
		} else {
			fault = web.Words(c).Say(casework.Say("invalid.no-week"))
		}
	}
	counted, err := s.Store.WeeklyReport(c.Request.Context(), p, week.Sunday())
	return casework.WeeklyOf(week, counted), fault, err
}

func weeklyTiles(w *words.Words, told casework.Weekly) []weeklyFigure {
	tile := func(name string, n int) weeklyFigure { return weeklyFigure{Label: w.T("page.weekly." + name), N: n} }
	days := tile("days", told.Days)
	if told.Days == 0 {
		days.Roughly = w.T("page.weekly.too-few")
	}
	return []weeklyFigure{tile("came", told.Came), tile("in-hand", told.InHand), tile("ended", told.Ended), tile("decided", told.Approved+told.Declined), tile("running", told.Running),
		tile("finished", told.Finished), days}
}

func weeklyTables(w *words.Words, told casework.Weekly) []weeklyTable {
	phases := weeklyTable{Name: "phases", Title: w.T("page.weekly.by.phase")}
	for _, c := range told.Standing {
		phases.Rows = append(phases.Rows, weeklyFigure{Label: w.T("page.phase." + string(c.Of)), N: c.N})
	}
	decisions := weeklyTable{Name: "decisions", Title: w.T("page.weekly.by.decision"), Rows: []weeklyFigure{
		{Label: w.T("page.weekly.approved"), N: told.Approved}, {Label: w.T("page.weekly.declined"), N: told.Declined}}}
	endings := weeklyTable{Name: "endings", Title: w.T("page.weekly.by.ending")}
	for _, c := range told.Endings {
		endings.Rows = append(endings.Rows, weeklyFigure{Label: w.T("page.ending." + string(c.Of)), N: c.N})
	}
	rough := func(name string, list []casework.Share) weeklyTable {
		t := weeklyTable{Name: name, Title: w.T("page.weekly.by." + name)}
		for _, share := range list {
			t.Rows = append(t.Rows, weeklyFigure{Label: w.T("option." + share.Of), Roughly: roughly(w, share.Band)})
		}
		return t
	}
	return []weeklyTable{phases, endings, decisions, rough("region", told.Regions), rough("sector", told.Sectors), rough("language", told.Languages)}
}

func roughly(w *words.Words, b casework.Band) string {
	switch {
	case b.Few():
		return w.T("page.weekly.few")
	case b.To == 0:
		return w.T("page.weekly.from", "From", b.From)
	}
	return w.T("page.weekly.between", "From", b.From, "To", b.To)
}

package staff

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// registerPortfolio adds the pages that show many requests.
func (s room) registerPortfolio(r *gin.Engine) {
	r.GET("/requests", s.Staff(s.requests))
	r.GET("/requests.csv", s.Staff(s.requestsCSV))
	r.GET("/requests.xlsx", s.Staff(s.requestsXLSX))
	r.POST("/requests/columns", s.Staff(s.keepColumns))
	r.POST("/requests/views", s.Staff(s.saveView))
	r.POST("/requests/views/:id", s.Staff(s.renameView))
	r.POST("/requests/views/:id/delete", s.Staff(s.deleteView))
}

// look is one way to look at the portfolio, as its address says it: what is filtered, how it is sorted, which columns.
type look struct {
	asked   url.Values // what of the address counts
	filter  store.PortfolioFilter
	view    string // list, board or map
	columns []column
}

// The ways to look at it.
const (
	viewList  = "list"
	viewBoard = "board"
	viewMap   = "map"
)

// filterNames are those of the address, in the order of the page.
var filterNames = []string{"phase", "officer", "country", "waitingFor", "overdue", "ended", "sector", "risk"}

// lookOf reads an address; kept are the columns of who asks. What it does not know it leaves out, so that a link that is
// made of it says no more than it does.
func lookOf(query url.Values, kept []string, w *words.Words) look {
	l := look{asked: url.Values{}, view: viewList}
	for _, name := range append([]string{"q", "sort", "view", "columns"}, filterNames...) {
		if value := strings.TrimSpace(query.Get(name)); value != "" && len(value) <= 400 {
			l.asked.Set(name, value)
		}
	}
	if view := l.asked.Get("view"); view == viewBoard || view == viewMap {
		l.view = view
	} else {
		l.asked.Del("view")
	}
	if chosen := l.asked.Get("columns"); chosen != "" {
		kept = strings.Split(chosen, ",")
	}
	l.columns = columnsNamed(kept)
	a := l.asked
	l.filter = store.PortfolioFilter{Phase: casework.Phase(a.Get("phase")), Country: a.Get("country"), Officer: a.Get("officer"), WaitingFor: a.Get("waitingFor"),
		Sector: a.Get("sector"), Risk: casework.Rating(a.Get("risk")), Overdue: flagOf(a, "overdue"), Ended: flagOf(a, "ended"), Text: a.Get("q"), Sort: a.Get("sort")}
	if l.filter.Phase != "" && l.filter.Ended == nil {
		l.filter.Ended = new(bool) // who asks for a phase asks for what goes on in it, as a column of the board has it
	}
	if !slices.Contains(store.PortfolioOrders(), strings.TrimPrefix(l.filter.Sort, "-")) {
		a.Del("sort")
		l.filter.Sort = ""
	}
	l.filter.Ranks = ranksOf(w, strings.TrimPrefix(l.filter.Sort, "-"))
	return l
}

// flagOf is yes or no; whatever else an address says asks for nothing.
func flagOf(asked url.Values, name string) *bool {
	switch value := asked.Get(name); value {
	case casework.Yes, casework.No:
		yes := value == casework.Yes
		return &yes
	default:
		asked.Del(name)
		return nil
	}
}

// at is the address of this look with some of it changed: names and values in turn, an empty one leaves it out.
func (l look) at(path string, changes ...string) string {
	query := url.Values{}
	for name, values := range l.asked {
		query[name] = values
	}
	for i := 0; i+1 < len(changes); i += 2 {
		query.Del(changes[i])
		if changes[i+1] != "" {
			query.Set(changes[i], changes[i+1])
		}
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// saved is what a view keeps: the look, and the columns that are shown now.
func (l look) saved() string {
	names := make([]string, len(l.columns))
	for i, column := range l.columns {
		names[i] = column.name
	}
	_, query, _ := strings.Cut(l.at("", "columns", strings.Join(names, ",")), "?")
	return query
}

// looking reads what the address asks for and the columns that its reader likes.
func (s room) looking(c *gin.Context) (look, error) {
	kept, err := s.Store.PortfolioColumns(c.Request.Context(), web.PersonOf(c))
	return lookOf(c.Request.URL.Query(), kept, web.Words(c)), err
}

// requestsPage is what all ways to look at the portfolio share, and what one of them shows.
type requestsPage struct {
	look
	Count   int
	Search  searchPart
	Views   viewsPart
	Tabs    []tab
	CSV     string
	XLSX    string
	Starts  bool // the reader may enter a first interest
	Columns []columnChoice
	Table   *portfolioTable
	Board   []boardColumn
	Map     *mapPart
}

type tab struct {
	Name, Icon, Href string
	Here             bool
}

// requests is the portfolio as a list, a board or a map.
func (s room) requests(c *gin.Context) error {
	l, err := s.looking(c)
	if err != nil {
		return err
	}
	return s.showRequests(c, http.StatusOK, l, func(*viewsPart) {})
}

// showRequests draws it; said is what came of a form about views.
func (s room) showRequests(c *gin.Context, status int, l look, said func(*viewsPart)) error {
	page := requestsPage{look: l, CSV: l.at("/requests.csv", "view", ""), XLSX: l.at("/requests.xlsx", "view", ""), Tabs: tabsOf(l, l.view)}
	_, barred := web.AddingRole(web.PersonOf(c))
	page.Starts = barred == nil
	counts, err := s.fill(c, &page)
	if err != nil {
		return err
	}
	officers, err := s.officers(c)
	if err != nil {
		return err
	}
	if page.Views, err = s.viewsOf(c, l); err != nil {
		return err
	}
	said(&page.Views)
	w := web.Words(c)
	page.Count, page.Search = counts.All, searchOf(w, l, counts, officers)
	return s.show(c, status, "requests", w.T("portfolio.title"), "requests", page)
}

// fill reads what this way of looking shows, and the counts of the same moment.
func (s room) fill(c *gin.Context, page *requestsPage) (store.PortfolioCounts, error) {
	ctx, p, w := c.Request.Context(), web.PersonOf(c), web.Words(c)
	switch page.view {
	case viewBoard:
		columns, counts, err := s.Store.Board(ctx, p, page.filter, mostCards)
		page.Board = boardOf(w, page.look, columns)
		return counts, err
	case viewMap:
		counts, err := s.Store.CountRequests(ctx, p, page.filter)
		page.Map = mapOf(w, page.look, counts)
		return counts, err
	}
	page.filter.After = c.Query("after")
	list, err := s.Store.Portfolio(ctx, p, page.filter)
	page.Columns = choicesOf(w, page.columns)
	page.Table = tableOf(w, page.look, list.Items)
	if list.Next != "" {
		page.Table.Next = page.at("/requests", "after", list.Next)
	}
	return list.Counts, err
}

// tabsOf are the ways to look at requests. The calendar has an address of its own and takes no filters along.
func tabsOf(l look, here string) []tab {
	return []tab{
		{viewList, "list", l.at("/requests", "view", ""), here == viewList},
		{viewBoard, "board", l.at("/requests", "view", viewBoard), here == viewBoard},
		{viewMap, "map", l.at("/requests", "view", viewMap), here == viewMap},
		{"calendar", "calendar", "/calendar", here == "calendar"},
	}
}

// officers are the case officers among the accounts.
func (s room) officers(c *gin.Context) (options []answer, err error) {
	accounts, err := s.Store.Accounts(c.Request.Context())
	for _, a := range accounts {
		if (store.Person{Roles: a.Roles}).Has(casework.CaseOfficer) {
			options = append(options, answer{Value: string(a.ID), Label: a.Name})
		}
	}
	return options, err
}

// standing is the phase, or how it ended.
func standing(w *words.Words, phase casework.Phase, ending casework.Ending) string {
	if ending != "" {
		return w.T("page.ending." + string(ending))
	}
	return w.T("page.phase." + string(phase))
}

func kindWords(w *words.Words, kinds []casework.TaskKind) string {
	titles := make([]string, len(kinds))
	for i, kind := range kinds {
		titles[i] = plainTitle(w, kind)
	}
	return strings.Join(titles, ", ")
}

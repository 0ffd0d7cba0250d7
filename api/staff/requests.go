package staff

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

type requestsPage struct {
	Q        string
	Filters  []filter
	Requests []requestLine
	Next     string
}

type filter struct {
	Name, Label string
	Options     []web.HTMLOption
}

type requestLine struct {
	store.PortfolioLine
	Standing, WaitsFor string
}

// requests is the portfolio.
func (s room) requests(c *gin.Context) error {
	found, err := s.Store.Requests(c.Request.Context(), web.PersonOf(c), filterOf(c))
	if err != nil {
		return err
	}
	officers, err := s.officers(c)
	if err != nil {
		return err
	}
	w := web.Words(c)
	page := requestsPage{Q: c.Query("q"), Filters: filtersFor(c, w, officers), Next: nextPage(c, found.Next)}
	for _, line := range found.Items {
		page.Requests = append(page.Requests, requestLine{line, standing(w, line.Phase, line.Ending), kindWords(w, line.WaitingFor)})
	}
	return s.show(c, http.StatusOK, "requests", w.T("page.requests.title"), "requests", page)
}

func filterOf(c *gin.Context) store.PortfolioFilter {
	f := store.PortfolioFilter{Phase: casework.Phase(c.Query("phase")), Country: c.Query("country"), Officer: c.Query("officer"),
		WaitingFor: c.Query("waitingFor"), Text: strings.TrimSpace(c.Query("q")), After: c.Query("after")}
	if overdue := c.Query("overdue"); overdue != "" {
		yes := overdue == casework.Yes
		f.Overdue = &yes
	}
	return f
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
		titles[i] = web.KindTitle(w, string(kind))
	}
	return strings.Join(titles, ", ")
}

// officers are the case officers among the accounts.
func (s room) officers(c *gin.Context) (options []web.HTMLOption, err error) {
	accounts, err := s.Store.Accounts(c.Request.Context())
	for _, a := range accounts {
		if (store.Person{Roles: a.Roles}).Has(casework.CaseOfficer) {
			options = append(options, web.HTMLOption{Value: string(a.ID), Label: a.Name})
		}
	}
	return options, err
}

func filtersFor(c *gin.Context, w *words.Words, officers []web.HTMLOption) []filter {
	filters := []filter{
		{Name: "phase", Options: worded(w, "page.phase.", casework.Phases)},
		{Name: "country", Options: worded(w, "option.", casework.ListValues(casework.Countries))},
		{Name: "officer", Options: officers},
		{Name: "waitingFor", Options: worded(w, "page.role.", []casework.Role{casework.CaseOfficer, casework.Reviewer, casework.BoardMember,
			casework.Head, casework.Evaluator, casework.Government, casework.Expert})},
		{Name: "overdue", Options: worded(w, "option.", []string{casework.Yes, casework.No})},
	}
	for i := range filters {
		filters[i].Label = w.T("page.requests." + filters[i].Name)
		for j := range filters[i].Options {
			filters[i].Options[j].On = filters[i].Options[j].Value == c.Query(filters[i].Name)
		}
	}
	return filters
}

func worded[T ~string](w *words.Words, prefix string, values []T) (options []web.HTMLOption) {
	for _, value := range values {
		options = append(options, web.HTMLOption{Value: string(value), Label: w.T(prefix + string(value))})
	}
	return options
}

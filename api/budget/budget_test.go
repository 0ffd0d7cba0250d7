package budget

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"connex/api/pagetest"
	"connex/casework"
	"connex/e2e/tour"
)

// mostStatements is how many a page may take, BEGIN, COMMIT and those of the session among them.
const mostStatements = 12

func TestAPageTakesFewStatementsAndIsLight(t *testing.T) {
	t.Parallel()
	h := aHall(t)
	seen := map[string]bool{}
	for _, p := range append(h.tour(), h.tasks()...) {
		c := h.opens(p)
		c.isCheap(t)
		h.isLight(p)
		seen[p.Path] = true
	}
	for _, c := range h.afterwards() {
		c.isCheap(t)
	}
	h.everyRouteWasOpened(seen)
}

func (c cost) isCheap(t *testing.T) {
	t.Helper()
	t.Logf("%2d statements, %5.1f ms, %3d KB, %d: %s as %q", len(c.statements), float64(c.first.Microseconds())/1000, len(c.page.Body)>>10, c.page.Status, c.page.Path, c.as)
	if len(c.statements) > mostStatements {
		t.Errorf("%s as %q takes %d statements, at most %d may:\n%s", c.page.Path, c.as, len(c.statements), mostStatements, strings.Join(c.statements, "\n"))
	}
	if c.page.Status >= http.StatusInternalServerError || c.leads != "" {
		t.Errorf("%s as %q answers %d and leads to %q", c.page.Path, c.as, c.page.Status, c.leads)
	}
}

// isLight weighs a page with a thousand requests in the database.
func (h *hall) isLight(p tour.Page) {
	h.t.Helper()
	bytes := pagetest.Weigh(h.t, h.browser(p.As), h.house.URL, p.Path)
	h.t.Logf("%3d KB with all its parts: %s as %q", bytes>>10, p.Path, p.As)
	if bytes > p.Heaviest() {
		h.t.Errorf("%s as %q weighs %d KB with all its parts, at most %d are good", p.Path, p.As, bytes>>10, p.Heaviest()>>10)
	}
}

// stops are what the tour's pages are about.
func (h *hall) stops() tour.Stops {
	return tour.Stops{Case: string(h.cases["under way"].number), Task: h.taskOf("eligible", casework.DiscussScope), LongTask: h.taskOf("in due diligence", casework.CheckHumanRights),
		GuestTask: h.taskOf("under way", casework.AskUs), Person: string(h.people["officer3"].ID), Expert: string(h.experts[0].ID), Mail: h.mail,
		Copies: h.taskOf("to be planned", casework.ProposeSupport)}
}

func (h *hall) taskOf(example string, kind casework.TaskKind) string {
	h.t.Helper()
	for _, task := range h.cases[example].tasks {
		if task.Kind == kind {
			return string(task.ID)
		}
	}
	h.t.Fatalf("%s has no task %s", example, kind)
	return ""
}

// tour are its pages, and those of each example as some who may see it.
func (h *hall) tour() (pages []tour.Page) {
	for _, p := range tour.Pages(h.stops()) {
		pages = append(pages, h.behindLink(h.cases["under way"], p))
	}
	pages = append(pages, h.behindLink(h.cases["withdrawn"], tour.Page{As: "government", Path: "/passed-on"}))
	leaves := "/admin/people/" + string(h.people["officer3"].ID) + "/leave"
	pages = append(pages, tour.Page{As: "admin", Path: leaves + "?key=00000000-0000-4000-8000-000000000003"})
	others := []string{"reviewer", "board1", "head", "evaluator", "auditor"}
	for i, e := range examples {
		r := h.cases[e.name]
		for _, as := range []string{"officer", others[i%len(others)]} {
			pages = append(pages, tour.Page{As: as, Path: "/requests/" + string(r.number)})
		}
		pages = append(pages, h.behindLink(r, tour.Page{As: "government"}), h.behindLink(r, tour.Page{As: "expert"}))
	}
	return pages
}

// behindLink gives a guest's page its address, in which that of a first interest has the form's key.
func (h *hall) behindLink(r *request, p tour.Page) tour.Page {
	if p.Path == "/check/interest" || p.Path == "/check/question" || p.Path == "/requests/new" {
		p.Path += "?form=00000000-0000-4000-8000-000000000002"
	}
	if token := r.tokens[p.As]; token != "" {
		p.Path = "/p/" + token + p.Path
	}
	return p
}

// tasks are those of each kind as whoever holds one, as others who see it, and for a government by its case officer.
func (h *hall) tasks() (pages []tour.Page) {
	for id, own := range h.forms() {
		pages = append(pages, own, tour.Page{As: "officer", Path: "/tasks/" + string(id)}, tour.Page{As: "auditor", Path: "/tasks/" + string(id)})
	}
	return pages
}

// forms are those of the tasks of each kind, as whoever holds one.
func (h *hall) forms() map[casework.TaskID]tour.Page {
	h.t.Helper()
	h.opensTheOthers()
	forms, done := map[casework.TaskID]tour.Page{}, map[casework.TaskKind]bool{}
	for _, e := range examples {
		r := h.cases[e.name]
		for key, task := range r.tasks {
			if done[task.Kind] || h.isClosed(task.ID) {
				continue
			}
			_, as, _ := strings.Cut(key, "/")
			as, _, _ = strings.Cut(as, "/")
			own := tour.Page{As: as, Path: "/tasks/" + string(task.ID)}
			switch as {
			case "first":
				continue // the link is the second one's
			case "second":
				own.As = "expert"
				own = h.behindLink(r, own)
			case "government":
				own = h.behindLink(r, own)
			}
			done[task.Kind], forms[task.ID] = true, own
		}
	}
	for _, kind := range casework.AllKinds() {
		if !done[kind] && kind != casework.SubmitRequestLetter {
			h.t.Errorf("nobody opened a task %s", kind)
		}
	}
	return forms
}

func (h *hall) isClosed(id casework.TaskID) (closed bool) {
	h.t.Helper()
	h.must(h.DB().QueryRowContext(h.t.Context(), `SELECT status <> 'open' FROM tasks WHERE id = $1`, string(id)).Scan(&closed))
	return closed
}

// afterwards are the pages that say what became of something: done, refused, or wrong and back with what was typed.
func (h *hall) afterwards() (pages []cost) {
	scope := "/tasks/" + h.taskOf("eligible", casework.DiscussScope)
	h.house.Temporal.Follow(casework.DiscussScope, func(t *casework.Transition) {
		r := h.cases["eligible"]
		t.Open = append(t.Open, r.task(deed{kind: casework.PrepareRequestLetter, as: "officer"}), r.task(deed{kind: casework.AssessEligibility, as: "officer"}))
	})
	good := url.Values{"outcome": {"proceed"}, "scope": {sentence}}
	pages = append(pages, h.sends("officer", scope, url.Values{"outcome": {"proceed"}, "scope": {""}}), h.sends("officer", scope, good), h.sends("officer", scope, good))
	ask := h.behindLink(h.cases["under way"], tour.Page{As: "government", Path: "/tasks/" + h.taskOf("under way", casework.AskUs)})
	pages = append(pages, h.sends("government", ask.Path, url.Values{"message": {""}}), h.sends("government", ask.Path, url.Values{"message": {sentence}}))
	return pages
}

// sends fills a form in and posts it; where that leads to another page it is that page that counts.
func (h *hall) sends(as, path string, changes url.Values) cost {
	h.t.Helper()
	asked := h.opens(tour.Page{As: as, Path: path})
	_, form := asked.page.Form(path)
	if form == nil {
		form = url.Values{"_key": {"00000000-0000-4000-8000-000000000001"}}
	}
	for name, value := range changes {
		form[name] = value
	}
	c := h.posts(as, path, form)
	if c.leads != "" {
		return h.opens(tour.Page{As: as, Path: c.leads})
	}
	return c
}

// noPages are routes that answer with something else.
var noPages = []string{"/api/", "/assets/", "/events", "/healthz", "/readyz", "/metrics", "/requests.csv", "/requests.xlsx", "/weekly.csv", "/calendar/feed/", "/files/", "/raw", "/documents/"}

// everyRouteWasOpened fails for a page that the tour lacks.
func (h *hall) everyRouteWasOpened(seen map[string]bool) {
	for _, route := range h.house.Engine.Routes() {
		no := slices.ContainsFunc(noPages, func(part string) bool { return strings.Contains(route.Path, part) })
		if route.Method != http.MethodGet || no {
			continue
		}
		found := false
		for path := range seen {
			found = found || fits(route.Path, path)
		}
		if !found {
			h.t.Errorf("nobody opened %s", route.Path)
		}
	}
}

// fits tells whether a path is one of a route's.
func fits(route, path string) bool {
	path, _, _ = strings.Cut(path, "?")
	want, got := strings.Split(route, "/"), strings.Split(path, "/")
	return slices.EqualFunc(want, got, func(want, got string) bool { return want == got || strings.HasPrefix(want, ":") && got != "new" })
}

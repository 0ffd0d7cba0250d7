package budget

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"
	"time"

	"connex/api/apitest"
	"connex/api/links"
	"connex/api/pagetest"
	"connex/api/public"
	"connex/api/staff"
	"connex/e2e/tour"
	"connex/store"
	"connex/store/storetest"
)

// hall is an api over a crowd, with a browser for each reader.
type hall struct {
	*crowd
	house    *apitest.House
	watch    *storetest.Watch // nil: nobody counts
	address  string           // of the database
	browsers map[string]*http.Client
}

// aHall counts the statements of its pages.
func aHall(t testing.TB) *hall {
	t.Helper()
	h := &hall{browsers: map[string]*http.Client{}, address: storetest.URL(t)}
	h.crowd = aCrowd(t, opened(t, patient(t, h.address), store.SilentFor(2*time.Minute)))
	watch, through := storetest.Watched(t, h.address)
	h.watch, h.house = watch, apitest.Over(t, opened(t, through), staff.Register, links.Register, public.Register)
	return h
}

func opened(t testing.TB, address string, options ...store.Option) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), address, append(options, apitest.Sealed)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// patient is an address at which a statement may take its time: rows are copied by the ten thousand, and the machine may be
// busy.
func patient(t testing.TB, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	query.Set("statement_timeout", "120000")
	u.RawQuery = query.Encode()
	return u.String()
}

// browser is somebody's, signed in if they are of the staff. It does not go where it is led by itself.
func (h *hall) browser(as string) *http.Client {
	h.t.Helper()
	if h.browsers[as] == nil {
		jar, err := cookiejar.New(nil)
		h.must(err)
		h.browsers[as] = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		if h.people[as].ID != "" {
			h.posts(as, "/login", url.Values{"email": {as + "@connex.test"}, "password": {apitest.Password}})
		}
	}
	return h.browsers[as]
}

// cost is a page, and what it took.
type cost struct {
	page       *pagetest.Page
	as         string
	leads      string // to where, if it is no page
	statements []string
	first      time.Duration
}

// opens a page.
func (h *hall) opens(p tour.Page) cost {
	h.t.Helper()
	return h.asks(p, h.browser(p.As).Get)
}

// posts a form.
func (h *hall) posts(as, path string, form url.Values) cost {
	h.t.Helper()
	return h.asks(tour.Page{As: as, Path: path}, func(address string) (*http.Response, error) { return h.browser(as).PostForm(address, form) })
}

func (h *hall) asks(p tour.Page, ask func(string) (*http.Response, error)) cost {
	h.t.Helper()
	if h.watch != nil {
		h.watch.Forget()
	}
	begun := time.Now()
	answer, err := ask(h.house.URL + p.Path)
	h.must(err)
	c := cost{as: p.As, leads: answer.Header.Get("Location"), first: time.Since(begun)}
	body, err := io.ReadAll(answer.Body)
	h.must(err)
	h.must(answer.Body.Close())
	if h.watch != nil {
		c.statements = h.watch.Statements()
	}
	c.page = pagetest.Parse(h.t, p.Path, answer.StatusCode, string(body))
	return c
}

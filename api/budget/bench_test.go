package budget

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"connex/api/apitest"
	"connex/api/links"
	"connex/api/public"
	"connex/api/staff"
	"connex/e2e/tour"
)

// rounds is how often each page is opened; every round opens each of them once, and the floor in between.
const rounds = 15

// BenchmarkPages prints what each page of the tour takes: statements, and the median time to its first byte beside that of
// a floor, which asks the database for nothing. Nothing passes or fails by speed.
func BenchmarkPages(b *testing.B) {
	for b.Loop() {
		h := aHall(b)
		pages, statements := h.everyTour(), map[string]int{}
		for _, p := range pages {
			statements[p.As+p.Path] = len(h.opens(p).statements)
		}
		h.unwatched(b)
		floor, took := []time.Duration{}, map[string][]time.Duration{}
		for round := range rounds + 3 {
			for _, p := range pages {
				nothing, first := h.opens(tour.Page{Path: "/healthz"}).first, h.opens(p).first
				if round >= 3 { // the first ones prepare statements and templates
					floor, took[p.As+p.Path] = append(floor, nothing), append(took[p.As+p.Path], first)
				}
			}
		}
		print(pages, statements, took, median(floor))
	}
}

// everyTour are the tour's pages once, those of single requests without the examples that differ in nothing else.
func (h *hall) everyTour() (pages []tour.Page) {
	for _, p := range tour.Pages(h.stops()) {
		pages = append(pages, h.behindLink(h.cases["under way"], p))
	}
	return append(pages, tour.Page{As: "officer", Path: "/requests/" + string(h.cases["closed"].number)}, tour.Page{As: "officer", Path: "/requests?q=camara"},
		tour.Page{As: "officer", Path: "/calendar?who=all&view=list"})
}

// unwatched goes on with an api that asks PostgreSQL directly.
func (h *hall) unwatched(b *testing.B) {
	b.Helper()
	h.watch, h.browsers = nil, map[string]*http.Client{}
	h.house = apitest.Over(b, opened(b, h.address), staff.Register, links.Register, public.Register)
}

func median(of []time.Duration) time.Duration {
	slices.Sort(of)
	return of[len(of)/2]
}

func print(pages []tour.Page, statements map[string]int, took map[string][]time.Duration, floor time.Duration) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	ms := func(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond)) }
	fmt.Fprintf(w, "\nfirst byte with %d requests, median of %d\treader\tstatements\tfirst byte\n/healthz, the floor\t\t0\t%s\n", requests, rounds, ms(floor))
	slices.SortStableFunc(pages, func(a, b tour.Page) int { return int(median(took[b.As+b.Path]) - median(took[a.As+a.Path])) })
	for _, p := range pages {
		path := p.Path
		if strings.HasPrefix(path, "/p/") && len(path) > 46 {
			path = "/p/…" + path[46:] // nobody needs the token
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\n", path, p.As, statements[p.As+p.Path], ms(median(took[p.As+p.Path])))
	}
	_ = w.Flush() // to the terminal
}

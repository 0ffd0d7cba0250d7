package links_test

import (
	"net/http"
	"testing"

	"connex/api/apitest"
	"connex/api/links"
	"connex/api/pagetest"
	"connex/api/public"
	"connex/casework"
	"connex/e2e/tour"
)

func TestPagesOfGuestsAreLight(t *testing.T) {
	t.Parallel()
	h := apitest.New(t, links.Register, public.Register)
	n := h.Request()
	home := "/p/" + h.Government(n)
	ana, expert := anExpert(t, h, n)
	paths := []string{"/check", "/check?country=GN&answered=1", "/check/interest", "/check/question", "/check/thanks?number=CNX-2026-0001",
		home, expert, expert + "/code", expert + "/write"}
	for _, kind := range casework.AllKinds() {
		switch rules, _ := casework.KindOf(kind); rules.Role {
		case casework.Government:
			paths = append(paths, home+"/tasks/"+string(h.Open(n, kind, "")))
		case casework.Expert:
			paths = append(paths, expert+"/tasks/"+string(h.Open(n, kind, ana.ID)))
		}
	}
	for _, path := range paths {
		heaviest := tour.Page{Path: path}.Heaviest()
		if bytes := pagetest.Weigh(t, http.DefaultClient, h.URL, path); bytes > heaviest || bytes < 5<<10 {
			t.Errorf("%s weighs %d bytes, at most %d are good", path, bytes, heaviest)
		}
	}
}

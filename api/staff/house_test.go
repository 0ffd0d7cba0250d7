package staff_test

import (
	"net/url"
	"sync"
	"testing"

	"connex/api/apitest"
	"connex/api/links"
	"connex/api/pagetest"
	"connex/api/public"
	"connex/api/staff"
	"connex/casework"
)

const evil = `<script>alert("x")</script>`

func aHouse(t *testing.T) *apitest.House {
	t.Helper()
	t.Parallel()
	h := apitest.New(t, staff.Register, links.Register, public.Register)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(h.Log.String())
		}
	})
	return h
}

// as is somebody's browser, signed in by the page once for a house.
func as(t *testing.T, h *apitest.House, name string) *pagetest.Browser {
	t.Helper()
	known, _ := browsers.LoadOrStore(h, map[string]*pagetest.Browser{})
	people := known.(map[string]*pagetest.Browser)
	if people[name] == nil {
		p := h.Account(name)
		people[name] = pagetest.NewBrowser(t, h.URL)
		people[name].Submit(people[name].Get("/login"), "/login", url.Values{"email": {p.Email}, "password": {apitest.Password}}).Answers(200)
	}
	return people[name]
}

// browsers by house; a test has its house to itself.
var browsers sync.Map

// waiting opens a task that waits for a role.
func waiting(h *apitest.House, n casework.CaseNumber, kind casework.TaskKind) string {
	return "/tasks/" + string(h.Open(n, kind, ""))
}

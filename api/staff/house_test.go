package staff_test

import (
	"net/url"
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

// as is somebody's browser, signed in by the page.
func as(t *testing.T, h *apitest.House, name string) *pagetest.Browser {
	t.Helper()
	b := pagetest.NewBrowser(t, h.URL)
	p := h.Account(name)
	b.Submit(b.Get("/login"), "/login", url.Values{"email": {p.Email}, "password": {apitest.Password}}).Answers(200)
	return b
}

// waiting opens a task that waits for a role.
func waiting(h *apitest.House, n casework.CaseNumber, kind casework.TaskKind) string {
	return "/tasks/" + string(h.Open(n, kind, ""))
}

package staff_test

import (
	"testing"

	"connex/api/web"
)

// A page that says that the database is away is a page as well: it looks like one, also to whoever is signed in.
func TestStylesComeWithoutTheDatabase(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "officer")
	if err := h.Store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"connex.css", "connex.js", "guest.css", "guest.js"} {
		b.Get(web.AssetURL(name)).Answers(200)
	}
}

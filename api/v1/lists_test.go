package v1_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/casework"
)

// Whoever pages through a list with what is no next of it would take the first page for another one.
func TestAfterWhatIsNoPageNothingIsGiven(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	h.Open(n, casework.AnswerGovernment, h.Account("officer").ID)
	h.Open(n, casework.CheckConflict, "")
	h.Expert("Leila Haddad", "leila@experts.example")
	h.Expert("Marta Nowak", "marta@experts.example")
	h.Request()
	of := "/api/v1/requests/" + string(n)
	for _, text := range []string{"First.", "Second."} {
		if a := h.As("officer").Post(of+"/notes", map[string]any{"text": text}); a.Status != http.StatusCreated {
			t.Fatalf("a note: %d %s", a.Status, a.Raw)
		}
	}
	made := func(parts ...string) string {
		return base64.RawURLEncoding.EncodeToString([]byte(strings.Join(parts, "\x00")))
	}
	id := uuid.NewString()
	wrong := []string{"x", "1", "eA", "AAAA", "%20", made("a", "b", "c", "d"), made("\xff", "\xfe"), made("-opened", "0000-01-01 00:00:00+00", "CNX-2026-0001"),
		made("-opened", "2026-01-01 00:00:00+00", "x")}
	lists := map[string][]string{
		"/api/v1/requests": {made("case", "2026", "CNX-2026-0001"), made("-opened", "0x1", "CNX-2026-0001")},
		"/api/v1/tasks":    {made("0000-01-01T00:00:00Z", id), made("now", id), made("infinity", "x")},
		"/api/v1/experts":  {made("only a name")},
		of + "/notes":      {made("0000-01-01T00:00:00Z", id), made("2026-01-01T00:00:00Z", "1")},
		of + "/trail":      {made("x"), made("-1"), made("99999999999999999999")},
	}
	officer := h.As("officer")
	for path, more := range lists {
		first := officer.Get(path + "?limit=1")
		second := officer.Get(path + "?limit=1&after=" + first.Text("next"))
		if first.Text("next") == "" || second.Status != http.StatusOK || len(second.Items()) != 1 || string(second.Raw) == string(first.Raw) {
			t.Errorf("%s goes on with %d %s", path, second.Status, second.Raw)
		}
		if a := officer.Get(path + "?after="); a.Status != http.StatusOK {
			t.Errorf("%s after nothing: %d", path, a.Status)
		}
		for _, after := range append(more, wrong...) {
			a := officer.Get(path + "?after=" + after)
			if a.Status != http.StatusUnprocessableEntity || !strings.HasPrefix(a.Field("after"), "No page of this list ended here") {
				t.Errorf("%s after %q: %d %s, want 422", path, after, a.Status, a.Raw)
			}
		}
	}
	if a := h.As("admin").Get(of + "/trail?after=x"); a.Status != http.StatusNotFound {
		t.Errorf("who may not see a request is told %d of its trail", a.Status)
	}
}

package v1_test

import (
	"net/http"
	"strings"
	"testing"

	"connex/api/apitest"
	"connex/store"
)

func TestSigningInAndOut(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	officer := h.As("officer")
	me := officer.Get("/api/v1/me")
	if me.Status != http.StatusOK || me.JSON["user"].(map[string]any)["email"] != "officer@connex.test" {
		t.Errorf("%d %s", me.Status, me.Raw)
	}
	var token string
	if err := h.Store.DB().QueryRowContext(t.Context(), `SELECT token FROM sessions`).Scan(&token); err != nil {
		t.Fatal(err)
	}
	if a := h.Stranger().Get("/api/v1/me", "Cookie", "connex="+token); a.Status != http.StatusUnauthorized {
		t.Errorf("what the database keeps opens a session: %d", a.Status)
	}
	if a := officer.Do(http.MethodDelete, "/api/v1/session", nil); a.Status != http.StatusNoContent {
		t.Errorf("signing out: %d", a.Status)
	}
	if a := officer.Get("/api/v1/me"); a.Status != http.StatusUnauthorized {
		t.Errorf("signed out, and still in: %d", a.Status)
	}
}

func TestTheCookie(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	h.Account("officer")
	a := h.Stranger().Post("/api/v1/session", map[string]any{"email": "OFFICER@connex.test", "password": apitest.Password})
	cookie := a.Header.Get("Set-Cookie")
	for _, wanted := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(cookie, wanted) {
			t.Errorf("the cookie lacks %s: %s", wanted, cookie)
		}
	}
}

func TestAnAccountThatIsClosed(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	officer, p := h.As("officer"), h.Account("officer")
	if err := h.Store.ChangeAccount(t.Context(), store.Account{ID: p.ID, Name: p.Name, Roles: p.Roles, Active: false}); err != nil {
		t.Fatal(err)
	}
	if a := officer.Get("/api/v1/me"); a.Status != http.StatusUnauthorized {
		t.Errorf("a closed account is still in: %d", a.Status)
	}
}

func TestGuessingPasswords(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	h.Account("officer")
	stranger := h.Stranger()
	wrong := map[string]any{"email": "officer@connex.test", "password": "wrong"}
	unknown := stranger.Post("/api/v1/session", map[string]any{"email": "nobody@connex.test", "password": "wrong"})
	first := stranger.Post("/api/v1/session", wrong)
	if first.Status != http.StatusUnauthorized || string(first.Raw) != string(unknown.Raw) {
		t.Errorf("a wrong password reads %s, an unknown address %s", first.Raw, unknown.Raw)
	}
	last := first
	for range 12 {
		last = stranger.Post("/api/v1/session", wrong)
	}
	if last.Status != http.StatusTooManyRequests || last.Header.Get("Retry-After") == "" {
		t.Errorf("guessing may go on: %d", last.Status)
	}
	h.As("head") // somebody else at the same address still gets in
}

func TestWhatComesFromAnotherSite(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	officer := h.As("officer")
	for name, header := range map[string][]string{
		"a browser says so": {"Sec-Fetch-Site", "cross-site"}, "another origin": {"Origin", "https://evil.example"},
	} {
		if a := officer.Do(http.MethodDelete, "/api/v1/session", nil, header...); a.Status != http.StatusForbidden {
			t.Errorf("%s: %d, want 403", name, a.Status)
		}
	}
	if a := officer.Get("/api/v1/me"); a.Status != http.StatusOK {
		t.Errorf("another site signed somebody out")
	}
}

func TestOddAddresses(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	officer := h.As("officer")
	for path, status := range map[string]int{
		"/api/v1/nothing": 404, "/api/v1/requests/%00": 404, "/api/v1/requests?q=%00": 404, "/api/v1/requests?q=%ff": 404, "/api/v1/tasks/%2e%2e": 404,
		"/api/v1/requests?after=x": 422, "/api/v1/tasks?after=%27%3b--": 422, "/api/v1/requests?q=%25%27": 200,
	} {
		if a := officer.Get(path); a.Status != status {
			t.Errorf("%s: %d %s, want %d", path, a.Status, a.Raw, status)
		}
	}
	if a := officer.Do(http.MethodPut, "/api/v1/me", nil); a.Status != http.StatusMethodNotAllowed {
		t.Errorf("PUT /me: %d, want 405", a.Status)
	}
}

func TestReadiness(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	if a := h.Stranger().Get("/readyz"); a.Status != http.StatusOK {
		t.Errorf("all is there: %d %s", a.Status, a.Raw)
	}
	for name, change := range map[string]func(*apitest.Temporal){
		"Temporal is away": func(f *apitest.Temporal) { f.Away, f.Deaf = true, false }, "no worker": func(f *apitest.Temporal) { f.Away, f.Deaf = false, true },
	} {
		h.Temporal.Set(change)
		if a := h.Stranger().Get("/readyz"); a.Status != http.StatusServiceUnavailable {
			t.Errorf("%s: %d %s, want 503", name, a.Status, a.Raw)
		}
	}
	if a := h.Stranger().Get("/healthz"); a.Status != http.StatusOK {
		t.Errorf("it lives: %d", a.Status)
	}
	if a := h.Stranger().Get("/metrics"); !strings.Contains(string(a.Raw), "connex_http_seconds") {
		t.Errorf("the figures lack ours")
	}
}

// No text of the database takes a NUL. Where nobody looked for one before, whoever sent it is at fault and not we.
func TestATextThatCannotBeKept(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	officer := h.As("officer")
	for name, a := range map[string]apitest.Answer{
		"signing in":   h.Stranger().Post("/api/v1/session", map[string]any{"email": "officer\x00@connex.test", "password": "x"}),
		"a substitute": officer.Post("/api/v1/me/absences", map[string]any{"from": "2027-03-01", "until": "2027-03-02", "substitute": "officer2\x00"}),
	} {
		if a.Status != http.StatusUnprocessableEntity || a.Text("detail") == "" {
			t.Errorf("%s: %d %s", name, a.Status, a.Raw)
		}
	}
	if log := h.Log.String(); strings.Contains(log, "fault") {
		t.Errorf("the log tells of a fault: %s", log)
	}
}

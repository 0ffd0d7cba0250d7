package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
	"connex/words"
)

func TestSafeNext(t *testing.T) {
	for next, want := range map[string]string{
		"/requests?phase=closing": "/requests?phase=closing", "/": "/", "": "/", "https://evil.example": "/", "//evil.example": "/",
		`/\evil.example`: "/", "javascript:alert(1)": "/", "requests": "/", "/\tx": "/", "http:/x": "/",
	} {
		if got := SafeNext(next); got != want {
			t.Errorf("SafeNext(%q) = %q, want %q", next, got, want)
		}
	}
}

func TestNamesOfFilesAreHarmless(t *testing.T) {
	for name, want := range map[string]string{
		"letter.pdf": "letter.pdf", "../../etc/passwd": "passwd", `C:\Users\me\letter.pdf`: "letter.pdf", "خطاب.pdf": "خطاب.pdf",
		"a\r\nX-Evil: 1.pdf": "aX-Evil 1.pdf", "annex\u202efdp.exe": "annexfdp.exe", "..": "file", "": "file", " . ": "file", `"<x>".pdf`: "x.pdf",
	} {
		if got := harmless(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	if got := harmless(strings.Repeat("ж", 400) + ".pdf"); utf8.RuneCountInString(got) > longestName || !strings.HasSuffix(got, ".pdf") {
		t.Errorf("a long name becomes %q", got)
	}
}

func TestEveryErrorHasItsAnswer(t *testing.T) {
	for want, err := range map[int]error{
		http.StatusNotFound:              fmt.Errorf("request: %w", store.ErrNotFound),
		http.StatusForbidden:             dispatch.ErrNotYours,
		http.StatusConflict:              &dispatch.Refused{Refusal: *casework.RefusedBy(casework.RuleTaken, "refusal.taken")},
		http.StatusUnprocessableEntity:   &casework.FormError{Fields: casework.Faults{"x": casework.Say("invalid.missing")}},
		http.StatusPreconditionRequired:  &dispatch.CodeRequired{},
		http.StatusTooManyRequests:       dispatch.ErrTooManyCodes,
		http.StatusRequestEntityTooLarge: fmt.Errorf("body: %w", &http.MaxBytesError{Limit: 1}),
	} {
		if p := ProblemOf(err); p == nil || p.Status != want || strings.Contains(fmt.Sprint(p.in(words.In("en"))), "⟦") {
			t.Errorf("%v becomes %+v, want %d", err, p, want)
		}
	}
	for _, err := range []error{store.ErrKeyReused, dispatch.ErrBadKey} {
		if p := ProblemOf(err); p == nil || p.Status != http.StatusUnprocessableEntity {
			t.Errorf("%v becomes %+v, want 422", err, p)
		}
	}
	if p := ProblemOf(errors.New("pq: password authentication failed for user connex")); p != nil {
		t.Errorf("a fault is told: %+v", p)
	}
}

func TestSecretsAreNotLogged(t *testing.T) {
	var out bytes.Buffer
	NewLog(&out).Info("x", slog.String("password", "hunter2"), slog.String("LinkToken", "hunter2"), slog.Group("g", slog.String("code", "hunter2")))
	if strings.Contains(out.String(), "hunter2") {
		t.Errorf("the log has it: %s", out.String())
	}
}

// http.md promises that no limit is lower than this.
func TestTheLimitsKeepTheirPromise(t *testing.T) {
	limits := NewLimits()
	for name, tt := range map[string]struct {
		of     *buckets
		second float64
	}{"a session": {limits.staff, 300}, "a link": {limits.link, 20}} {
		if float64(tt.of.every) < tt.second || tt.of.burst < int(tt.second) {
			t.Errorf("%s may ask %v times a second, %d at once; promised are %v", name, tt.of.every, tt.of.burst, tt.second)
		}
	}
}

func TestBucketsFillAndAreForgotten(t *testing.T) {
	b := newBuckets(1000, 2)
	for i, want := range []bool{true, true, false} {
		if got := b.take("x") == nil; got != want {
			t.Errorf("try %d: %v, want %v", i+1, got, want)
		}
	}
	if b.take("y") != nil || b.full("z") != nil || b.full("x") == nil {
		t.Errorf("one key weighs on another, or asking counts")
	}
	time.Sleep(10 * time.Millisecond)
	b.mu.Lock()
	b.sweep()
	b.mu.Unlock()
	if len(b.of) != 0 {
		t.Errorf("%d full buckets are kept", len(b.of))
	}
}

func TestProtectionOnEveryAnswer(t *testing.T) {
	recorder := httptest.NewRecorder()
	withHeaders(true, http.NotFoundHandler()).ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/x", nil))
	for header, wanted := range map[string]string{
		"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Strict-Transport-Security": "max-age=31536000", "Cache-Control": "no-store",
	} {
		if got := recorder.Header().Get(header); !strings.Contains(got, wanted) {
			t.Errorf("%s is %q, want %q", header, got, wanted)
		}
	}
	for _, unsafe := range []string{"unsafe-inline", "unsafe-eval", "*"} {
		if strings.Contains(policy, unsafe) {
			t.Errorf("the policy allows %s", unsafe)
		}
	}
}

// An answer may take longer than its body may.
func TestABodysTimeEndsWithTheBody(t *testing.T) {
	const within = 200 * time.Millisecond
	gone := make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(inTime(w, r.Body, within))
		time.Sleep(2 * within)
		gone <- errors.Join(err, r.Context().Err())
	}))
	defer server.Close()
	response, err := http.Post(server.URL, "text/plain", strings.NewReader("short"))
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if err := <-gone; err != nil {
		t.Errorf("while it was answered: %v", err)
	}
}

// The stream of events would keep whoever asks for its head waiting.
func TestHeadIsGetButForEvents(t *testing.T) {
	for path, want := range map[string]string{"/requests": http.MethodGet, "/events": http.MethodHead, "/p/token/events": http.MethodHead} {
		asked := httptest.NewRequest(http.MethodHead, path, nil)
		withHead(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if r.Method != want {
				t.Errorf("HEAD %s is answered as %s", path, r.Method)
			}
		})).ServeHTTP(httptest.NewRecorder(), asked)
		if asked.Method != http.MethodHead {
			t.Errorf("HEAD %s: the server would send a body", path)
		}
	}
}

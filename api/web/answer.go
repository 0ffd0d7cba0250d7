package web

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/store"
	"connex/words"
)

// fail is the one place where an error becomes an answer: problem+json for programs, a page for people.
func (d Deps) fail(c *gin.Context, err error) {
	c.Abort()
	if c.Request.Context().Err() != nil && !c.Writer.Written() {
		c.Status(statusGone) // nobody is there to read it
		return
	}
	p := d.explained(c, err)
	if c.Writer.Written() {
		return // the answer had begun: all that is left is the log
	}
	p.askToWait(c)
	c.Header("Cache-Control", "no-store")
	if !forPrograms(c.Request) {
		ErrorPage(c, p.Status, p.Said(Words(c)))
		return
	}
	WriteProblem(c.Writer, Words(c), p)
}

// HeldBack says to whoever does something too often how long to wait, for the page with what they typed; empty for any other
// error.
func HeldBack(c *gin.Context, err error) string {
	p := ProblemOf(err)
	if err == nil || p == nil || p.Status != http.StatusTooManyRequests {
		return ""
	}
	p.askToWait(c)
	return p.Said(Words(c))
}

func (p *Problem) askToWait(c *gin.Context) {
	if p.retryAfter > 0 {
		c.Header("Retry-After", strconv.Itoa(int(math.Ceil(p.retryAfter.Seconds()))))
	}
}

// statusGone is what the log shows for those who went away before the answer.
const statusGone = 499

// explained logs a fault whole, under the reference that the person is told.
func (d Deps) explained(c *gin.Context, err error) *Problem {
	p := ProblemOf(err)
	if p != nil {
		return p
	}
	reference := rand.Text()[:8]
	d.Log.LogAttrs(c.Request.Context(), slog.LevelError, "fault", slog.String("reference", reference),
		slog.String("route", c.Request.Method+" "+c.FullPath()), slog.String("person", string(PersonOf(c).ID)), slog.Any("error", err))
	if store.Away(err) {
		return away(reference)
	}
	return fault(reference)
}

// forPrograms: everything but the pages.
func forPrograms(r *http.Request) bool {
	path := r.URL.Path
	return strings.HasPrefix(path, "/api/") || path == decodePath || path == "/healthz" || path == "/readyz" || path == "/metrics"
}

// WriteProblem answers as RFC 9457 has it.
func WriteProblem(w http.ResponseWriter, in *words.Words, p *Problem) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p.in(in)) // who went away meanwhile cannot be told
}

// asProblem finds the problem that an error is or wraps.
func asProblem(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return nil
}

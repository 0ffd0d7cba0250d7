package web

import (
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// secretNames are attributes whose value never reaches a log, whoever writes it.
var secretNames = []string{"password", "token", "secret", "code", "cookie", "authorization", "database_url"}

// NewLog writes one JSON object a line, for people who collect them.
func NewLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		for _, name := range secretNames {
			if strings.Contains(strings.ToLower(a.Key), name) {
				return slog.String(a.Key, "(secret)")
			}
		}
		return a
	}}))
}

const beganKey = "began"

// beganAt is when the request came in.
func beganAt(c *gin.Context) time.Time {
	if at := c.GetTime(beganKey); !at.IsZero() {
		return at
	}
	return time.Now()
}

// logged tells of each request by its route, not by its path: a path may hold a personal link's token. What operators
// ask every few seconds is told only where it went wrong.
func (d Deps) logged(c *gin.Context) {
	began := time.Now()
	c.Set(beganKey, began)
	c.Next()
	status, level := c.Writer.Status(), slog.LevelInfo
	switch {
	case status >= http.StatusInternalServerError:
		level = slog.LevelError
	case strings.HasPrefix(c.FullPath(), "/assets") || c.FullPath() == "/healthz" || c.FullPath() == "/readyz" || c.FullPath() == "/metrics":
		level = slog.LevelDebug
	}
	d.Log.LogAttrs(c.Request.Context(), level, "request", slog.String("method", c.Request.Method), slog.String("route", c.FullPath()),
		slog.String("case", c.Param("case")), slog.Int("status", status), slog.String("person", string(PersonOf(c).ID)),
		slog.Int64("ms", time.Since(began).Milliseconds()))
	answered.WithLabelValues(c.Request.Method, c.FullPath(), statusClass(status)).Observe(time.Since(began).Seconds())
}

package web

import (
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/gin-gonic/gin"
)

// NewEngine is an engine without routes. It trusts no proxy: an address that a header claims would undo every limit.
func NewEngine(d Deps) (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	if err := engine.SetTrustedProxies(nil); err != nil {
		return nil, fmt.Errorf("proxies: %w", err)
	}
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	engine.ContextWithFallback = true
	engine.Use(d.logged, d.recovered)
	engine.NoRoute(d.answering(func(*gin.Context) error { return NotFound() }))
	engine.NoMethod(d.answering(func(*gin.Context) error { return problem(http.StatusMethodNotAllowed, "method") }))
	return engine, nil
}

// recovered makes a fault of a panic: the person gets a reference, the log the stack.
func (d Deps) recovered(c *gin.Context) {
	defer func() {
		if cause := recover(); cause != nil {
			d.fail(c, fmt.Errorf("panic: %v\n%s", cause, debug.Stack()))
		}
	}()
	c.Next()
}

// Around puts about the engine what every request goes through, routes that there are not included.
func Around(d Deps, engine http.Handler) http.Handler {
	fault := func(w http.ResponseWriter, r *http.Request, err error) {
		d.Log.ErrorContext(r.Context(), "session", "error", err)
		WriteProblem(w, problem(http.StatusInternalServerError, "fault", "Reference", "session"))
	}
	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { WriteProblem(w, CrossOrigin()) }))
	h := d.Sessions.around(fault, engine)
	h = zipped(withSenseOnly(withLimits(sameOrigin.Handler(h))))
	return withHeaders(d.Config.HTTPS(), h)
}

package web

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/gin-gonic/gin"
)

// NewEngine is an engine without routes. It believes no header about where somebody is but that of the proxies it was told
// of: an address that anybody may claim would undo every limit, and that of a proxy would be one limit for all.
func NewEngine(d Deps) (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	if err := engine.SetTrustedProxies(d.Config.Proxies); err != nil {
		return nil, fmt.Errorf("proxies: %w", err)
	}
	engine.RemoteIPHeaders = []string{"X-Forwarded-For"}
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	engine.ContextWithFallback = true
	engine.Use(d.logged, d.recovered, d.foreseen)
	engine.NoRoute(d.answering(d.nothingHere))
	engine.NoMethod(d.answering(func(*gin.Context) error { return problem(http.StatusMethodNotAllowed, "method") }))
	return engine, nil
}

// nothingHere leaves whoever is signed in their navigation.
func (d Deps) nothingHere(c *gin.Context) error {
	p, err := d.Sessions.person(c.Request.Context())
	if err != nil {
		return err
	}
	setPerson(c, p)
	return NotFound()
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

// foreseen answers what was refused before the engine was reached: people get a page for it as for everything else.
func (d Deps) foreseen(c *gin.Context) {
	if err := refusedEarly(c.Request); err != nil {
		d.fail(c, err)
	}
}

type refusalKey struct{}

// refusing lets the engine answer a request with an error, whatever its route.
func refusing(engine http.Handler, w http.ResponseWriter, r *http.Request, err error) {
	engine.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), refusalKey{}, err)))
}

func refusedEarly(r *http.Request) error {
	err, _ := r.Context().Value(refusalKey{}).(error)
	return err
}

// Around puts about the engine what every request goes through, routes that there are not included.
func Around(d Deps, engine http.Handler) http.Handler {
	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.AddInsecureBypassPattern("POST " + decodePath) // it looks itself at who asks
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { refusing(engine, w, r, CrossOrigin()) }))
	h := d.Sessions.around(func(w http.ResponseWriter, r *http.Request, err error) {
		refusing(engine, w, r, fmt.Errorf("session: %w", err))
	}, engine)
	h = withSenseOnly(engine, withLimits(engine, sameOrigin.Handler(h)))
	return withHead(withHeaders(d.Config.HTTPS(), zipped(h)))
}

// withHead answers HEAD as GET is answered; the server leaves out the body. Whoever watches the system, and scanners of
// links in mails, ask that way. The stream of events has no end that they could wait for.
func withHead(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead && !strings.HasSuffix(r.URL.Path, "/events") {
			r = r.WithContext(r.Context()) // a copy: the server looks at the method of its own
			r.Method = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

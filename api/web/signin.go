package web

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/store"
)

// longestPassword keeps a try from costing more than hashing does.
const longestPassword = 1000

// SignIn begins a session; the error is a *Problem where address or password is wrong, or where it was too often. Only
// tries that fail are counted, by address and account together, so that nobody can lock another out.
func (d Deps) SignIn(c *gin.Context, email, password string) (store.Person, error) {
	ctx, here := c.Request.Context(), c.ClientIP()
	account := here + " " + strings.ToLower(strings.TrimSpace(email))
	if err := errors.Join(d.Limits.failed.full(account), d.Limits.address.full(here)); err != nil {
		return store.Person{}, err
	}
	if len(password) > longestPassword {
		password = ""
	}
	p, err := d.Store.SignIn(ctx, email, password)
	if errors.Is(err, store.ErrNotFound) {
		_, _ = d.Limits.failed.take(account), d.Limits.address.take(here)
		d.Log.InfoContext(ctx, "sign-in failed", slog.String("address", here))
		return p, problem(http.StatusUnauthorized, "wrong-password")
	}
	if err != nil {
		return p, err
	}
	d.Log.InfoContext(ctx, "signed in", slog.String("person", string(p.ID)), slog.String("address", here))
	if err := d.Store.SignedIn(ctx, p.ID); err != nil {
		return p, err
	}
	return p, d.Sessions.begin(ctx, p)
}

// StaySignedIn begins a new session for somebody all of whose sessions have just ended, by themselves.
func (d Deps) StaySignedIn(c *gin.Context, a store.Account) error {
	return d.Sessions.begin(c.Request.Context(), a.Person())
}

// MayTryPassword counts tries of a password that is typed again by who is signed in: a session left open is no licence
// to guess.
func (d Deps) MayTryPassword(c *gin.Context) error {
	return d.Limits.failed.take("again " + string(PersonOf(c).ID))
}

// SignOut ends the session, also in the database.
func (d Deps) SignOut(c *gin.Context) error {
	return d.Sessions.manager.Destroy(c.Request.Context())
}

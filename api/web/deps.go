// Package web is what every room of the api stands on: configuration, sessions and who somebody is, limits, headers,
// how a body is read, and the one function that makes an answer of an error. A room registers its routes with Handle,
// Staff or Link; its handlers return their errors and decide nothing.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"
	"go.temporal.io/sdk/client"

	"connex/api/dispatch"
	"connex/casework"
	"connex/codec"
	"connex/store"
)

// Deps is what a room is given.
type Deps struct {
	Config   Config
	Store    *store.Store
	Dispatch *dispatch.Dispatch
	Temporal client.Client
	Sessions *Sessions
	Limits   *Limits
	Log      *slog.Logger
	Codec    *codec.Codec // reads what Temporal keeps

	// SignInAgain is the page for whoever posts a form without a session: it takes along what they typed.
	SignInAgain func(c *gin.Context, typed url.Values) error

	// Stopping ends when the program does: what waits or streams must let go then.
	Stopping context.Context
}

// Handler answers a request, or says why it cannot.
type Handler func(c *gin.Context) error

// Handle is for everybody; PersonOf knows who is signed in.
func (d Deps) Handle(h Handler) gin.HandlerFunc {
	return d.answering(func(c *gin.Context) error {
		p, err := d.Sessions.person(c.Request.Context())
		if err != nil {
			return err
		}
		if err := d.mayAsk(c, p); err != nil {
			return err
		}
		setPerson(c, p)
		return h(c)
	})
}

// Staff is for who is signed in.
func (d Deps) Staff(h Handler) gin.HandlerFunc {
	return d.Handle(func(c *gin.Context) error {
		if PersonOf(c).ID == "" {
			return d.askToSignIn(c)
		}
		d.leaveMark(c)
		return h(c)
	})
}

// Link is for the holder of the personal link in the path's :token. Nothing in such a page may be kept by a proxy, and
// a GET must change nothing: mail scanners open links.
func (d Deps) Link(h Handler) gin.HandlerFunc { return d.byToken(d.linkHolder, h, nil) }

// LinkOr is Link, with another answer for who comes by a link that was good once; FormerLink is theirs.
func (d Deps) LinkOr(h, former Handler) gin.HandlerFunc {
	return d.byToken(d.linkHolder, h, func(c *gin.Context) error {
		was, err := d.Store.AnyLinkByHash(c.Request.Context(), casework.TokenHash(Token(c)))
		if err == nil {
			err = d.Limits.link.take(was.ID)
		}
		if err != nil {
			return err
		}
		c.Set(formerKey, was)
		return former(c)
	})
}

func (d Deps) linkHolder(c *gin.Context) (store.Person, string, error) {
	p, err := d.Store.LinkByHash(c.Request.Context(), casework.TokenHash(Token(c)))
	if err != nil {
		return p, "", err
	}
	return p, p.Link.ID, nil
}

// FeedSuffix ends the address of a calendar feed, by which programs know what it is.
const FeedSuffix = ".ics"

// Feed is for the calendar program that has the secret address in the path's :token.
func (d Deps) Feed(h Handler) gin.HandlerFunc {
	return d.byToken(func(c *gin.Context) (store.Person, string, error) {
		token, ends := strings.CutSuffix(Token(c), FeedSuffix)
		if !ends {
			return store.Person{}, "", store.ErrNotFound
		}
		p, err := d.Store.FeedReader(c.Request.Context(), casework.TokenHash(token))
		return p, "feed/" + string(p.ID), err
	}, h, nil)
}

// byToken is for whoever has an address that nobody can guess; each is held back on its own.
func (d Deps) byToken(find func(*gin.Context) (p store.Person, key string, err error), h, otherwise Handler) gin.HandlerFunc {
	return d.answering(func(c *gin.Context) error {
		if err := d.Limits.guesses.full(c.ClientIP()); err != nil {
			return err
		}
		p, key, err := find(c)
		if errors.Is(err, store.ErrNotFound) {
			_ = d.Limits.guesses.take(c.ClientIP()) // guessing is hopeless; this keeps it cheap for us as well
			if otherwise != nil {
				return otherwise(c)
			}
		}
		if err != nil {
			return err
		}
		if err := d.Limits.link.take(key); err != nil {
			return err
		}
		setPerson(c, p)
		return h(c)
	})
}

func (d Deps) answering(h Handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := h(c); err != nil {
			d.fail(c, err)
		}
	}
}

// mayAsk holds back by session, and by address who has none.
func (d Deps) mayAsk(c *gin.Context, p store.Person) error {
	if p.ID != "" {
		return d.Limits.staff.take(d.Sessions.key(c.Request.Context()))
	}
	return d.Limits.public.take(c.ClientIP())
}

package web

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/postgresstore"
	"github.com/alexedwards/scs/v2"

	"connex/casework"
	"connex/store"
)

const (
	sessionLife = 12 * time.Hour
	sessionIdle = 2 * time.Hour
	seenEvery   = 5 * time.Minute // how exactly idling is measured: a write at each request would be too dear
	cleanUp     = 10 * time.Minute

	accountKey = "account"
	seenKey    = "seen"
	roundKey   = "round"
)

// Sessions know who is signed in. The database keeps only the hash of what the cookie holds.
type Sessions struct {
	store   *store.Store
	limits  *Limits
	manager *scs.SessionManager
	kept    *sessionStore
}

// NewSessions keeps sessions in PostgreSQL. Close ends the cleaning up.
func NewSessions(s *store.Store, limits *Limits, https bool) *Sessions {
	m := scs.New()
	kept := &sessionStore{PostgresStore: postgresstore.NewWithCleanupInterval(s.DB(), cleanUp), store: s, codec: m.Codec}
	m.Store = kept
	m.HashTokenInStore = true
	m.Lifetime = sessionLife
	m.Cookie.Name, m.Cookie.HttpOnly, m.Cookie.SameSite, m.Cookie.Path = "connex", true, http.SameSiteLaxMode, "/"
	if https {
		m.Cookie.Name, m.Cookie.Secure = "__Host-connex", true
	}
	return &Sessions{store: s, limits: limits, manager: m, kept: kept}
}

// Close stops cleaning up.
func (s *Sessions) Close() { s.kept.StopCleanup() }

// around loads the session of each request and saves it with the answer. Its faults are answered by fail. Styles and scripts
// are for everybody: they come without one, also where the database is away and a page has to say so.
func (s *Sessions) around(fail func(http.ResponseWriter, *http.Request, error), next http.Handler) http.Handler {
	s.manager.ErrorFunc = fail
	load := s.manager.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isAsset(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		load.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), ownerKey{}, new(store.Person))))
	})
}

// person is who is signed in, nobody where the session idled too long, the account was closed or has a new password.
func (s *Sessions) person(ctx context.Context) (store.Person, error) {
	id := s.manager.GetString(ctx, accountKey)
	if id == "" {
		return store.Person{}, nil
	}
	now := time.Now()
	seen := time.Unix(s.manager.GetInt64(ctx, seenKey), 0)
	if now.Sub(seen) > sessionIdle {
		return store.Person{}, s.manager.Destroy(ctx)
	}
	p, err := s.owner(ctx, casework.PersonID(id))
	if errors.Is(err, store.ErrNotFound) || err == nil && p.Round != s.manager.GetInt(ctx, roundKey) {
		return store.Person{}, s.manager.Destroy(ctx)
	}
	if err == nil && now.Sub(seen) > seenEvery {
		s.manager.Put(ctx, seenKey, now.Unix())
	}
	return p, err
}

// owner is the account's person, who mostly came with the session.
func (s *Sessions) owner(ctx context.Context, id casework.PersonID) (store.Person, error) {
	if p, _ := ctx.Value(ownerKey{}).(*store.Person); p != nil && p.ID == id {
		return *p, nil
	}
	return s.store.Staff(ctx, id)
}

// key tells sessions apart, for the limits.
func (s *Sessions) key(ctx context.Context) string {
	sum := sha256.Sum256([]byte(s.manager.Token(ctx)))
	return string(sum[:])
}

// begin makes the session this person's, under a new token: one from before signing in may be known to others.
func (s *Sessions) begin(ctx context.Context, p store.Person) error {
	if err := s.manager.RenewToken(ctx); err != nil {
		return fmt.Errorf("begin a session: %w", err)
	}
	s.manager.Put(ctx, accountKey, string(p.ID))
	s.manager.Put(ctx, roundKey, p.Round)
	s.manager.Put(ctx, seenKey, time.Now().Unix())
	return nil
}

package web

import (
	"context"
	"errors"
	"time"

	"github.com/alexedwards/scs/postgresstore"
	"github.com/alexedwards/scs/v2"

	"connex/casework"
	"connex/store"
)

// sessionStore reads and writes sessions for the library; it takes what is out of date away by the library's own means.
type sessionStore struct {
	*postgresstore.PostgresStore
	store *store.Store
	codec scs.Codec
}

// ownerKey is where a request's context has room for whoever its session belongs to.
type ownerKey struct{}

// FindCtx also leaves the session's owner in the request's context.
func (s *sessionStore) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	data, p, err := s.store.Session(ctx, token)
	if errors.Is(err, store.ErrNotFound) {
		return nil, false, nil
	}
	if owner, _ := ctx.Value(ownerKey{}).(*store.Person); owner != nil {
		*owner = p
	}
	return data, err == nil, err
}

// CommitCtx says in a column, too, whose the session is.
func (s *sessionStore) CommitCtx(ctx context.Context, token string, data []byte, until time.Time) error {
	_, values, err := s.codec.Decode(data)
	if err != nil {
		return err
	}
	account, _ := values[accountKey].(string)
	return s.store.KeepSession(ctx, token, data, casework.PersonID(account), until)
}

package store

import (
	"context"
	"errors"

	"connex/casework"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

// PortfolioView is a view of the portfolio that somebody keeps.
type PortfolioView struct {
	ID    string `db:"id"`
	Name  string `db:"name"`
	Query string `db:"query"` // behind the ? of its address
}

// ErrTooManyViews: nobody finds their way among more.
var ErrTooManyViews = errors.New("too many views")

const mostViews = 30

// PortfolioViews are a person's own, by name.
func (s *Store) PortfolioViews(ctx context.Context, p Person) (views []PortfolioView, err error) {
	err = s.db.SelectContext(ctx, &views, `SELECT id, name, query FROM portfolio_views WHERE person = $1 ORDER BY folded(name) COLLATE "C", name`, p.ID)
	return views, err
}

// SaveView keeps a view under a name; one of that name is replaced.
func (s *Store) SaveView(ctx context.Context, p Person, name, query string) (v PortfolioView, err error) {
	err = found(s.db.GetContext(ctx, &v, `
		INSERT INTO portfolio_views AS kept (person, name, query)
		SELECT $1, $2, $3 WHERE (SELECT count(*) FROM portfolio_views WHERE person = $1 AND name <> $2) < $4
		ON CONFLICT (person, name) DO UPDATE SET query = $3
		RETURNING id, name, query`, p.ID, clean(name), clean(query), mostViews))
	if errors.Is(err, ErrNotFound) {
		return v, ErrTooManyViews
	}
	return v, err
}

// ErrViewNamed: the person has another view of that name.
var ErrViewNamed = errors.New("a view of that name is there already")

// RenameView gives a person's view another name.
func (s *Store) RenameView(ctx context.Context, p Person, id, name string) error {
	var renamed bool
	err := s.db.GetContext(ctx, &renamed, `
		UPDATE portfolio_views v SET name = $3
		WHERE  v.person = $1 AND v.id = $2 RETURNING true`, p.ID, uuidOr(id), clean(name))
	if pq.As(err, pqerror.UniqueViolation) != nil {
		return ErrViewNamed
	}
	return found(err)
}

// DeleteView forgets a person's view.
func (s *Store) DeleteView(ctx context.Context, p Person, id string) error {
	var deleted bool
	return found(s.db.GetContext(ctx, &deleted, `DELETE FROM portfolio_views WHERE person = $1 AND id = $2 RETURNING true`, p.ID, uuidOr(id)))
}

// PortfolioColumns are those that a person wants to see, in order; none where they never chose.
func (s *Store) PortfolioColumns(ctx context.Context, p Person) (columns []string, err error) {
	var kept List[string]
	err = found(s.db.GetContext(ctx, &kept, `SELECT columns FROM portfolio_columns WHERE person = $1`, p.ID))
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return kept, err
}

// KeepColumns remembers the columns that a person chose; none: those that everybody sees at first.
func (s *Store) KeepColumns(ctx context.Context, p Person, columns []string) error {
	if len(columns) == 0 {
		_, err := s.db.ExecContext(ctx, `DELETE FROM portfolio_columns WHERE person = $1`, p.ID)
		return err
	}
	_, err := s.db.ExecContext(ctx, `
		INSERT INTO portfolio_columns (person, columns) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET columns = $2`, p.ID, List[string](columns))
	return err
}

// CalendarFeed is the secret address at which somebody's calendar program reads; its token is made of the ID.
type CalendarFeed struct {
	ID string `db:"id"`
}

// FeedOf is a person's feed; ErrNotFound where they have none.
func (s *Store) FeedOf(ctx context.Context, p Person) (f CalendarFeed, err error) {
	err = s.db.GetContext(ctx, &f, `SELECT id FROM calendar_feeds WHERE person = $1`, p.ID)
	return f, found(err)
}

// RenewFeed gives a person a feed; the address that they had is good no more.
func (s *Store) RenewFeed(ctx context.Context, p Person, id string, tokenHash []byte) error {
	_, err := s.db.ExecContext(ctx, `
		INSERT INTO calendar_feeds (person, id, token_hash) VALUES ($1, $2, $3)
		ON CONFLICT (person) DO UPDATE SET id = $2, token_hash = $3, created_at = clock_timestamp()`, p.ID, uuidOr(id), tokenHash)
	return err
}

// RevokeFeed ends it.
func (s *Store) RevokeFeed(ctx context.Context, p Person) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM calendar_feeds WHERE person = $1`, p.ID)
	return err
}

// FeedReader is whose feed has this token's SHA-256, as long as their account is open.
func (s *Store) FeedReader(ctx context.Context, tokenHash []byte) (Person, error) {
	var id casework.PersonID
	if err := s.db.GetContext(ctx, &id, `SELECT person FROM calendar_feeds WHERE token_hash = $1`, tokenHash); err != nil {
		return Person{}, found(err)
	}
	return s.Staff(ctx, id)
}

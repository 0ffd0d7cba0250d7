package store

import (
	"context"
	"errors"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

// ErrAddressTaken: somebody else has this address already.
var ErrAddressTaken = errors.New("this address is taken")

// Expert is an entry of the roster. It is no case content; who may read and change it, the api knows.
type Expert struct {
	ID          casework.PersonID `db:"id"`
	Name        string            `db:"name"`
	Email       string            `db:"email"`
	Disciplines List[string]      `db:"disciplines"`
	Languages   List[string]      `db:"languages"`
	Countries   List[string]      `db:"countries"`
	Commodities List[string]      `db:"commodities"`
	Available   bool              `db:"available"`

	// The newest signature of the Code of Conduct; zero where there is none.
	CodeVersion string    `db:"code_version"`
	SignedAt    time.Time `db:"signed_at"`
	CodeYears   string    `db:"code_years"` // as the setting has it; empty: as the process does
}

// Standing is how the roster shows the signature, by the settings that hold.
func (e Expert) Standing(now time.Time) casework.CodeStanding {
	return e.Signature().Standing(casework.Settings{casework.CodeYears: e.CodeYears}, now)
}

// Signature is the expert's newest; the zero value where nothing was signed.
func (e Expert) Signature() casework.CodeSignature {
	if e.CodeVersion == "" {
		return casework.CodeSignature{}
	}
	return casework.CodeSignature{Version: e.CodeVersion, SignedAt: e.SignedAt.UTC()}
}

// CodeGoodUntil is when the signature lapses; zero where nothing was signed.
func (e Expert) CodeGoodUntil() time.Time {
	return e.Signature().Lapses(casework.Settings{casework.CodeYears: e.CodeYears})
}

// Profile is the expert as the matching reads them, at a real instant.
func (e Expert) Profile(now time.Time) casework.ExpertProfile {
	return casework.ExpertProfile{ID: e.ID, Name: e.Name, Disciplines: e.Disciplines, Languages: e.Languages, Countries: e.Countries,
		Commodities: e.Commodities, Available: e.Available, Code: e.Standing(now)}
}

const selectExperts = `
	SELECT x.id, x.name, x.email, x.disciplines, x.languages, x.countries, x.commodities, x.available,
		COALESCE(c.version, '') AS code_version, COALESCE(c.signed_at, 'epoch') AS signed_at,
		COALESCE((SELECT value #>> '{}' FROM settings WHERE name = 'codeYears' ORDER BY seq DESC LIMIT 1), '') AS code_years
	FROM   experts x
	LEFT   JOIN LATERAL (SELECT version, signed_at FROM code_signatures WHERE expert = x.id ORDER BY signed_at DESC LIMIT 1) c ON true `

// Expert is one entry.
func (s *Store) Expert(ctx context.Context, id casework.PersonID) (e Expert, err error) {
	err = s.db.GetContext(ctx, &e, selectExperts+`WHERE x.id = $1`, id)
	return e, found(err)
}

// Experts by name, from where a page before ended.
func (s *Store) Experts(ctx context.Context, asked int, after string) (Page[Expert], error) {
	name, id := "", ""
	parts, ours := partsOf(after, 2)
	if ours {
		name, id = parts[0], parts[1]
	}
	n := limit(asked)
	var list []Expert
	err := s.db.SelectContext(ctx, &list, selectExperts+`WHERE (x.name, x.id) > ($1, $2) ORDER BY x.name, x.id LIMIT $3`, name, id, n+1)
	return pageOf(list, n, func(e Expert) string { return cursor(e.Name, string(e.ID)) }).following(after, ours), err
}

// Roster is everybody on it, for matching and for choosing.
func (s *Store) Roster(ctx context.Context) (list []Expert, err error) {
	err = s.db.SelectContext(ctx, &list, selectExperts+`ORDER BY x.name, x.id`)
	return list, err
}

// ExpertsNamed are those of these IDs that the roster has.
func (s *Store) ExpertsNamed(ctx context.Context, ids []casework.PersonID) ([]Expert, error) {
	return expertsNamed(ctx, s.db, ids)
}

func expertsNamed(ctx context.Context, q sqlx.QueryerContext, ids []casework.PersonID) (list []Expert, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	err = sqlx.SelectContext(ctx, q, &list, selectExperts+`WHERE x.id = ANY ($1) ORDER BY x.name, x.id`, array(ids))
	return list, err
}

// AddExpert adds an entry; ErrAddressTaken where its address is there already.
func (s *Store) AddExpert(ctx context.Context, e Expert) (Expert, error) {
	var id casework.PersonID
	err := s.db.GetContext(ctx, &id, `
		INSERT INTO experts (name, email, disciplines, languages, countries, commodities, available) VALUES ($1, $2, $3, $4, $5, $6, $7)
		RETURNING id`, e.Name, lower(e.Email), e.Disciplines, e.Languages, e.Countries, e.Commodities, e.Available)
	if err != nil {
		return Expert{}, taken(err)
	}
	return s.Expert(ctx, id)
}

// ChangeExpert replaces an entry.
func (s *Store) ChangeExpert(ctx context.Context, e Expert) (Expert, error) {
	var id casework.PersonID
	err := s.db.GetContext(ctx, &id, `
		UPDATE experts SET name = $2, email = $3, disciplines = $4, languages = $5, countries = $6, commodities = $7, available = $8, changed_at = now()
		WHERE  id = $1 RETURNING id`, e.ID, e.Name, lower(e.Email), e.Disciplines, e.Languages, e.Countries, e.Commodities, e.Available)
	if err != nil {
		return Expert{}, taken(found(err))
	}
	return s.Expert(ctx, id)
}

func taken(err error) error {
	if pq.As(err, pqerror.UniqueViolation) != nil {
		return ErrAddressTaken
	}
	return err
}

// LookUp answers what a story asks before it can go on.
func (s *Store) LookUp(ctx context.Context, q casework.LookUpOrder) (a casework.LookedUp, err error) {
	if q.Board {
		err = s.db.SelectContext(ctx, &a.Board, `SELECT id FROM accounts WHERE active AND 'board_member' = ANY (roles) ORDER BY name, id`)
		if err != nil {
			return casework.LookedUp{}, err
		}
	}
	experts, err := s.ExpertsNamed(ctx, q.Experts)
	if err != nil {
		return casework.LookedUp{}, err
	}
	for _, e := range experts {
		if e.CodeVersion == "" {
			continue
		}
		if a.Code == nil {
			a.Code = map[casework.PersonID]casework.CodeSignature{}
		}
		a.Code[e.ID] = e.Signature()
	}
	if len(q.Experts) > 0 {
		code := casework.CurrentCode()
		a.Now = casework.CodeVersion{Version: code.Version, Since: casework.StartOf(code.Since)}
	}
	return a, nil
}

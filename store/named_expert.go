package store

import (
	"cmp"
	"context"

	"connex/casework"
)

// wanted is an expert whom a government would prefer to those who were proposed.
type wanted struct {
	Name     string `db:"name"`
	Answered bool   `db:"answered"` // there is a newer proposal
}

func (s *Store) wantedExpert(ctx context.Context, p Person, n casework.CaseNumber) (w wanted, err error) {
	err = found(s.db.GetContext(ctx, &w, `
		SELECT a.form->>'wantedExpert' AS name, EXISTS (
			SELECT FROM actions b WHERE b.case_number = a.case_number AND b.kind IN ('propose-support', 'revise-support')
			AND    b.state = 'applied' AND b.settled_at > a.settled_at) AS answered
		FROM   visible_to($1) v JOIN actions a USING (case_number)
		WHERE  a.case_number = $2 AND a.kind = 'agree-support' AND a.state = 'applied' AND a.form->>'wantedExpert' <> ''
		ORDER  BY a.settled_at DESC, a.id DESC LIMIT 1`, p.reader(), n))
	if err == ErrNotFound {
		return wanted{}, nil
	}
	return w, err
}

// nameExpert lets a proposal answer for whom the government named. What an earlier one said of somebody else is no answer.
func (b *FormBasis) nameExpert(ctx context.Context, s *Store, p Person) error {
	if !b.Context.Kind.Proposes() {
		return nil
	}
	w, err := s.wantedExpert(ctx, p, b.Request.CaseNumber)
	b.Context.NamedExpert = cmp.Or(w.Name, b.Request.ProposedExpert)
	if w.Name != "" && !w.Answered {
		delete(b.Context.Known, "namedExpertAnswer")
	}
	return err
}

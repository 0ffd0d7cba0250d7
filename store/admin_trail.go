package store

import (
	"context"
	"math"
	"strconv"

	"connex/casework"
)

// AdminTrail lists what was changed about people, newest first; of one person, or of all.
func (s *Store) AdminTrail(ctx context.Context, about casework.PersonID, asked int, after string) (Page[Deed], error) {
	before, most := int64(math.MaxInt64), limit(asked)
	if seq, ours := seqOf(after); ours {
		before = seq
	}
	var deeds []Deed
	err := s.db.SelectContext(ctx, &deeds, `
		SELECT seq, at, actor, actor_name, what, about, about_name, was, becomes, reason
		FROM   admin_trail WHERE seq < $1 AND ($2 = '' OR about = $2) ORDER BY seq DESC LIMIT $3`, before, about, most+1)
	return pageOf(deeds, most, func(d Deed) string { return cursor(strconv.FormatInt(d.Seq, 10)) }), err
}

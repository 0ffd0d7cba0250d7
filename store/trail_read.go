package store

import (
	"context"
	"slices"
	"strconv"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

const trailColumns = `e.case_number, e.seq, e.at, e.recorded_at, e.actor_role, e.actor_id, e.actor_name, e.on_behalf, e.what, e.task_id,
	e.task_kind, e.activity, e.outcome, e.reason, e.person, e.about, e.version, e.prev_hash, e.hash`

// Trail is a piece of a case's trail, oldest first. Whose vote in the current round is still out does not see how the
// others voted: neither outcome nor reasons, nor the hashes from there on, against which one could try the few outcomes
// there are.
func (s *Store) Trail(ctx context.Context, p Person, n casework.CaseNumber, asked int, after string) (page Page[Entry], err error) {
	seq, ours := seqOf(after)
	most := limit(asked)
	err = s.reading(ctx, func(tx *sqlx.Tx) error {
		if _, err := visibleRequest(ctx, tx, p, n); err != nil || p.Link != nil {
			return notThere(err)
		}
		var entries []Entry
		err := tx.SelectContext(ctx, &entries, `SELECT `+trailColumns+` FROM trail e WHERE e.case_number = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`, n, seq, most+1)
		if err != nil {
			return err
		}
		page = pageOf(entries, most, func(e Entry) string { return cursor(strconv.FormatInt(e.Seq, 10)) }).following(after, ours)
		return hideVotes(ctx, tx, p, n, page.Items)
	})
	return page, err
}

// hideVotes blanks the votes that others cast in the round in which p has yet to vote.
func hideVotes(ctx context.Context, tx *sqlx.Tx, p Person, n casework.CaseNumber, entries []Entry) error {
	var hidden []int64
	err := tx.SelectContext(ctx, &hidden, `
		SELECT e.seq FROM trail e JOIN tasks v ON v.id::text = e.task_id AND v.case_number = e.case_number
		WHERE  e.case_number = $1 AND e.what = 'cast-vote' AND e.actor_id <> $2 AND v.opened_at >= (
			SELECT max(mine.opened_at) FROM tasks mine
			WHERE  mine.case_number = $1 AND mine.kind = 'cast-vote' AND mine.status = 'open' AND mine.holder = $2)
		ORDER  BY e.seq`, n, p.ID)
	blank(entries, hidden)
	return err
}

// blank takes the votes with these numbers out of entries, oldest first, and the hashes by which one could try them out.
func blank(entries []Entry, hidden []int64) {
	if len(hidden) == 0 {
		return
	}
	for i := range entries {
		e := &entries[i]
		if e.Seq >= hidden[0] {
			e.Hash = ""
		}
		if e.Seq > hidden[0] {
			e.PrevHash = ""
		}
		if slices.Contains(hidden, e.Seq) {
			e.Outcome, e.Reason = "", ""
		}
	}
}

// CheckTrail verifies a case's whole trail; a *Tampered error says where it is not what was written.
func (s *Store) CheckTrail(ctx context.Context, n casework.CaseNumber) error {
	var entries []Entry
	var head struct {
		Seq  int64  `db:"trail_seq"`
		Hash string `db:"trail_hash"`
	}
	err := s.reading(ctx, func(tx *sqlx.Tx) error {
		if err := tx.GetContext(ctx, &head, `SELECT trail_seq, trail_hash FROM requests WHERE case_number = $1`, n); err != nil {
			return found(err)
		}
		return tx.SelectContext(ctx, &entries, `SELECT `+trailColumns+` FROM trail e WHERE e.case_number = $1 ORDER BY e.seq`, n)
	})
	if err != nil {
		return err
	}
	return Verify(n, entries, head.Seq, head.Hash, s.seal)
}

package store

import (
	"context"
	"time"
)

// CodesSince counts the codes that were mailed for a link since then: a mailbox must not be flooded by who has the link.
func (c *Tx) CodesSince(ctx context.Context, link string, since time.Time) (n int, err error) {
	err = c.tx.GetContext(ctx, &n, `SELECT count(*) FROM codes WHERE link_id = $1 AND created_at > $2`, link, since)
	return n, err
}

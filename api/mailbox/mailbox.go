// Package mailbox takes in what comes into the Secretariat's mailbox. Every api process has a reader, and one of them
// reads at a time; the mailbox's row in the database says whose turn it is, how far it was read, and what waits. A mail is
// marked as read once it is filed, and is filed once however often it is read.
package mailbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"connex/mail"
	"connex/store"
)

const (
	// turn is how long a process that is heard of no more keeps others from reading: longer than one mail may take.
	turn = 5 * time.Minute
	// mostApart are two tries at a mailbox that cannot be read.
	mostApart = 15 * time.Minute
	// looks is how often a process asks whether it is time.
	looks = 5 * time.Second
)

// Taker files a mail, or what is known of one that is too large.
type Taker interface {
	TakeIn(ctx context.Context, raw []byte) (store.InboundMail, bool, error)
	TakeInHeader(ctx context.Context, header []byte, size int64, waits string) error
}

// Reader reads one mailbox.
type Reader struct {
	box    *mail.Mailbox
	every  time.Duration
	store  *store.Store
	taker  Taker
	log    *slog.Logger
	holder string
}

// New reads this mailbox that often.
func New(box *mail.Mailbox, every time.Duration, s *store.Store, t Taker, log *slog.Logger) *Reader {
	return &Reader{box: box, every: every, store: s, taker: t, log: log.With(slog.String("mailbox", box.String())), holder: uuid.NewString()}
}

// Run reads again and again, until ctx ends.
func (r *Reader) Run(ctx context.Context) {
	again := time.NewTicker(min(looks, r.every))
	defer again.Stop()
	for {
		if err := r.Round(ctx); err != nil && ctx.Err() == nil {
			r.log.WarnContext(ctx, "how far the mailbox was read cannot be kept", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// Round reads the mailbox to its end, if it is time and nobody else does.
func (r *Reader) Round(ctx context.Context) error {
	m, mine, err := r.store.BeginMailbox(ctx, r.box.String(), r.holder, turn)
	if err != nil || !mine {
		return err
	}
	keep := func(p mail.Place) error {
		m.Validity, m.Last, m.Waiting, m.At = int64(p.Validity), int64(p.Last), numbers[int64](p.Waiting), p.At
		return r.store.KeepMailbox(ctx, m, turn)
	}
	from := mail.Place{Validity: uint32(m.Validity), Last: uint32(m.Last), Waiting: numbers[uint32](m.Waiting), At: m.At}
	_, unread := r.box.Read(ctx, from, r.take, keep)
	if errors.Is(unread, store.ErrMailboxLost) {
		return nil // who has it now goes on
	}
	if ctx.Err() != nil { // we are stopped: another process may go on at once
		return r.store.EndMailbox(context.WithoutCancel(ctx), m, 0, m.Failures == 0)
	}
	r.tell(ctx, m, unread)
	return r.store.EndMailbox(ctx, m, r.pause(m.Failures, unread), unread == nil)
}

// take files one mail. A fault of ours in reading one must not end the process: that mail waits, and the others go on.
func (r *Reader) take(ctx context.Context, a mail.Arrived) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("it cannot be filed: %v", fault)
		}
	}()
	if a.HeaderOnly {
		r.log.WarnContext(ctx, "a mail is too large to be taken in: it stays in the mailbox, unread", slog.Int64("bytes", a.Size))
		return r.taker.TakeInHeader(ctx, a.Raw, a.Size, r.box.String())
	}
	_, _, err = r.taker.TakeIn(ctx, a.Raw)
	return err
}

// pause grows while the mailbox cannot be read, up to a limit.
func (r *Reader) pause(failures int, unread error) time.Duration {
	if unread == nil {
		return r.every
	}
	pause := r.every
	for range failures {
		if pause *= 2; pause >= mostApart {
			return max(mostApart, r.every)
		}
	}
	return pause
}

func (r *Reader) tell(ctx context.Context, m store.Mailbox, unread error) {
	refused := (*mail.RefusedLogin)(nil)
	switch {
	case errors.As(unread, &refused):
		r.log.ErrorContext(ctx, "nobody gets into the mailbox: CONNEX_IMAP_USER or CONNEX_IMAP_PASSWORD is wrong", slog.Any("error", unread))
	case unread != nil:
		r.log.WarnContext(ctx, "the mailbox cannot be read to its end, and is tried again", slog.Any("error", unread), slog.Int("waiting", len(m.Waiting)))
	case m.Failures > 0:
		r.log.InfoContext(ctx, "the mailbox can be read again")
	}
}

// numbers of mails, as the database or the mail server has them.
func numbers[To, From uint32 | int64](list []From) []To {
	to := make([]To, 0, len(list))
	for _, n := range list {
		to = append(to, To(n))
	}
	return to
}

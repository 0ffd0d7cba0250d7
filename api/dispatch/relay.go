package dispatch

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"connex/casework"
)

const (
	relayEvery  = time.Second
	mailsEvery  = 10 * time.Second
	relayAtOnce = 50
	strandedFor = 15 * time.Second // a mail that perhaps nobody began to deliver; somebody may be waiting for its code
)

// Relay sends again what is pending, until ctx ends: the row alone says whether a deed has taken effect, even if a
// signal was accepted. Every api process runs one; rows are claimed, and each attempt puts the next one further off.
func (d *Dispatch) Relay(ctx context.Context) {
	actions, mails := time.NewTicker(d.relayEvery), time.NewTicker(mailsEvery)
	defer actions.Stop()
	defer mails.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-actions.C:
			d.relayActions(ctx)
		case <-d.woken:
			d.relayActions(ctx)
		case <-mails.C:
			d.relayMails(ctx)
			d.relayTied(ctx)
			d.relayRefusals(ctx)
		}
	}
}

// inLine has the relay look whenever something was recorded in a case, as long as somebody waits there behind others:
// left to its clock, it would send one a second.
func (d *Dispatch) inLine(n casework.CaseNumber) (done func()) {
	notices, stop := d.store.Subscribe()
	ended := make(chan struct{})
	d.wake()
	go func() {
		for {
			select {
			case <-ended:
				return
			case notice := <-notices:
				if notice.Again || notice.CaseNumber == n {
					d.wake()
				}
			}
		}
	}()
	return func() {
		stop()
		close(ended)
	}
}

// wake: one look more is enough for all who wish for one.
func (d *Dispatch) wake() {
	select {
	case d.woken <- struct{}{}:
	default:
	}
}

func (d *Dispatch) relayActions(ctx context.Context) {
	actions, err := d.store.PendingActions(ctx, relayAtOnce)
	if err != nil {
		d.logRelay(ctx, "the relay cannot read what is pending", err)
		return
	}
	var sending sync.WaitGroup
	for _, action := range actions {
		sending.Go(func() {
			if err := d.send(ctx, action); err != nil {
				d.logRelay(ctx, "the relay tries again later", err, slog.String("case", string(action.CaseNumber)),
					slog.String("action", string(action.ID)), slog.Int("attempts", action.Attempts))
			}
		})
	}
	sending.Wait()
}

// relayMails begins to deliver what was queued while Temporal was away.
func (d *Dispatch) relayMails(ctx context.Context) {
	stranded, err := d.store.MailsUndelivered(ctx, strandedFor, relayAtOnce)
	if err != nil {
		d.logRelay(ctx, "the relay cannot read which mails wait", err)
	}
	for _, delivery := range stranded {
		d.Deliver(ctx, delivery)
	}
}

func (d *Dispatch) logRelay(ctx context.Context, what string, err error, about ...any) {
	if ctx.Err() == nil {
		d.log.WarnContext(ctx, what, append(about, slog.Any("error", err))...)
	}
}

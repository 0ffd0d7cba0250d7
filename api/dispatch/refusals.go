package dispatch

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"connex/casework"
	"connex/mail"
	"connex/store"
	"connex/words"
)

const (
	lateRefusal = "late-refusal" // the mail to whoever was told that what they did is on its way
	untoldFor   = 15 * time.Second
)

// told notes that somebody is being answered why what they did was refused. Who has gone away hears of it by mail.
func (d *Dispatch) told(ctx context.Context, id casework.ActionID) {
	if ctx.Err() != nil {
		return
	}
	if err := d.store.ToldRefusal(ctx, id); err != nil {
		d.log.WarnContext(ctx, "a refusal that is being answered will be mailed as well", slog.String("action", string(id)), slog.Any("error", err))
	}
}

// relayRefusals mails everybody who was told that what they did is on its way, and of whom it was refused since.
func (d *Dispatch) relayRefusals(ctx context.Context) {
	untold, err := d.store.RefusalsUntold(ctx, untoldFor, relayAtOnce)
	if err != nil {
		d.logRelay(ctx, "the relay cannot read who is to be told of a refusal", err)
	}
	for _, a := range untold {
		if err := d.TellRefusal(ctx, a); err != nil {
			d.logRelay(ctx, "somebody is to be told of a refusal", err, slog.String("case", string(a.CaseNumber)), slog.String("action", string(a.ID)))
		}
	}
}

// TellRefusal mails who acted why it came to nothing, once, and keeps for them what they had written. Nobody is told who no longer
// has an account or may not see the request; nor an administrator, who sees what became of a hand-over on its page.
func (d *Dispatch) TellRefusal(ctx context.Context, a store.Action) error {
	delivery := casework.Delivery{CaseNumber: a.CaseNumber}
	err := d.store.InCase(ctx, a.CaseNumber, func(c *store.Tx) error {
		ours, err := c.TellsRefusal(ctx, a.ID)
		if err != nil || !ours || a.Role == casework.Administrator {
			return err
		}
		to, good, err := c.ActorOf(ctx, a)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := c.KeepForm(ctx, a); err != nil {
			return err
		}
		m, err := d.refusalMail(ctx, c, a, to, good && !c.LinksEnded())
		if err != nil {
			return err
		}
		m.Key = lateRefusal + "/" + string(a.ID)
		delivery.MessageID, err = d.queueOne(ctx, c, store.Entry{ActorRole: casework.ClockRole}, m)
		return err
	})
	if err == nil && delivery.MessageID != "" {
		d.Deliver(context.WithoutCancel(ctx), delivery)
	}
	return err
}

// refusalMail says what was done, and why it came to nothing. Good: a guest's link still leads to their page.
func (d *Dispatch) refusalMail(ctx context.Context, c *store.Tx, a store.Action, to store.Recipient, good bool) (store.QueuedMail, error) {
	kind, filled := a.Kind, true
	if task, err := c.Task(ctx, a.Task); err == nil {
		filled, kind = task.Kind == a.Kind, task.Kind // else it was taken, or passed on
	}
	say := func(w *words.Words) map[string]any {
		return map[string]any{"Title": w.T("kind." + string(kind) + ".title"), "Done": w.Day(casework.DateOf(c.Request.Calendar().Process(a.CreatedAt))),
			"Reason": w.Refusal(*a.Refusal()), "Filled": filled, "Good": good}
	}
	if !to.Role.Staff() {
		return d.guestMail(ctx, c, to, lateRefusal, good, say(words.In(c.Request.Language)))
	}
	account, err := c.Staff(ctx, to.ID)
	if err != nil {
		return store.QueuedMail{}, err
	}
	w := words.In(account.Language).As(words.Manner{Writing: account.Writing, Zone: account.Zone})
	said, link := say(w), d.PublicURL+"/tasks/"+string(a.Task)
	said["Place"] = mail.Kept(w.T("mail.late-refusal.staff.place", "Link", link, "Filled", filled))
	return d.staffMail(ctx, c, to, lateRefusal, link, said)
}

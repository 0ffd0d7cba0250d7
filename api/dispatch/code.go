package dispatch

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"connex/casework"
	"connex/store"
	"connex/words"
)

// ErrTooManyCodes: the link's holder was mailed more codes than anybody needs.
var ErrTooManyCodes = errors.New("too many codes were mailed")

// mostCodes are mailed to a link within an hour.
const mostCodes = 20

// codeNeeded says that one is, and how long the newest is good.
func codeNeeded(settings casework.Settings, wrong bool) error {
	return &CodeRequired{Wrong: wrong, Minutes: settings.Number(casework.ConfirmationMinutes)}
}

// wrongCode is for whoever sent one that is not good.
func (d *Dispatch) wrongCode(ctx context.Context) error {
	settings, err := d.store.Settings(ctx)
	if err != nil {
		return err
	}
	return codeNeeded(settings, true)
}

// askForCode mails a code, unless all was confirmed before.
func (d *Dispatch) askForCode(ctx context.Context, action store.NewAction, asking string) error {
	if _, err := d.store.ActionOf(ctx, action.Person, action.ID); !errors.Is(err, store.ErrNotFound) {
		return errors.Join(errDone, err)
	}
	return d.mailCode(ctx, action, asking)
}

// mailCode sends a code to the link's holder, as a mail of the case like any other. The answer is an error either way:
// nothing is done without the code. Asked again by the same it sends no other one while the first is good.
func (d *Dispatch) mailCode(ctx context.Context, action store.NewAction, asking string) error {
	delivery := casework.Delivery{CaseNumber: action.Task.CaseNumber}
	var settings casework.Settings
	err := d.store.InCase(ctx, action.Task.CaseNumber, func(c *store.Tx) error {
		sent, err := c.CodesSince(ctx, action.Person.Link.ID, c.Now.Add(-time.Hour))
		if err != nil {
			return err
		}
		if settings, err = c.Settings(ctx); err != nil {
			return err
		}
		if sent >= mostCodes {
			return ErrTooManyCodes
		}
		delivery.MessageID, err = d.queueCode(ctx, c, action, asking, settings)
		return err
	})
	if err != nil {
		return err
	}
	if delivery.MessageID != "" {
		d.Deliver(context.WithoutCancel(ctx), delivery)
	}
	return codeNeeded(settings, false)
}

// queueCode is the Message-ID of the mail, empty where none is needed.
func (d *Dispatch) queueCode(ctx context.Context, c *store.Tx, action store.NewAction, asking string, settings casework.Settings) (messageID string, err error) {
	link := *action.Person.Link
	goodFor := time.Duration(settings.Number(casework.ConfirmationMinutes)) * time.Minute
	code := store.Code{ID: uuid.NewString(), Link: link.ID, Task: action.Task.ID, Expires: c.Now.Add(goodFor), Asking: asking}
	code.Hash = casework.CodeHash(d.Secret, link.ID, code.Task, casework.ConfirmationCode(d.Secret, code.ID))
	if added, err := c.AddCode(ctx, code); err != nil || !added {
		return "", err
	}
	mail := codeMail(ctx, c, link, settings)
	mail.Code, mail.Task, mail.Key = code.ID, action.Task.ID, "code/"+code.ID
	mail.MessageID = "<code." + code.ID + "@" + d.host() + ">"
	by := store.Entry{ActorID: action.Person.ID, ActorName: action.Person.Name, ActorRole: action.Role}
	ids, err := c.Queue(ctx, by, mail)
	if err != nil {
		return "", err
	}
	return ids[0], nil
}

// codeMail has the placeholder where the code will stand: whoever delivers it puts it in.
func codeMail(ctx context.Context, c *store.Tx, link store.Link, settings casework.Settings) store.QueuedMail {
	w := words.In(c.Request.Language)
	said := signed(ctx, c, w, settings)
	said["Subject"], said["Code"], said["Name"] = w.T("mail.code.subject"), "{code}", link.Name
	said["GoodFor"] = w.Minutes(settings.Number(casework.ConfirmationMinutes))
	return store.QueuedMail{Template: "code", Role: link.Role, Person: link.Person, Name: link.Name, Address: link.Email, Link: link.ID,
		Subject: w.T("mail.subject.plain", said), Text: toGuest(w, "mail.code.text", said)}
}

// host is the part of our address that makes Message-IDs ours.
func (d *Dispatch) host() string {
	u, err := url.Parse(d.PublicURL)
	if err != nil {
		return "connex.invalid" // the address was checked at the start
	}
	return u.Hostname()
}

// Deliver starts the workflow that delivers a mail, once for a mail: where it fails, the relay tries again.
func (d *Dispatch) Deliver(ctx context.Context, delivery casework.Delivery) {
	ctx, cancel := context.WithTimeout(ctx, handOverWithin)
	defer cancel()
	_, err := d.temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: delivery.WorkflowID(), TaskQueue: casework.TaskQueue,
		WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE}, casework.DeliverWorkflow, delivery)
	if err != nil && !alreadyStarted(err) {
		d.log.WarnContext(ctx, "a mail waits for the relay", slog.String("case", string(delivery.CaseNumber)), slog.Any("error", err))
	}
}

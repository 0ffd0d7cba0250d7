package activities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"connex/casework"
	"connex/mail"
	"connex/store"
)

// Composer makes mails of the intents of a transition: one for each recipient, in the words of the catalogue, from what
// the transaction has just written.
type Composer struct {
	Secret    []byte // of personal links
	PublicURL string // where people reach us; staff links begin with it
}

// saysItAll are templates that ask for a task themselves: the plain mail about the same task is left out.
var saysItAll = map[string]casework.TaskKind{"request-letter": casework.SubmitRequestLetter, "information-on-expert": casework.AgreeSupport}

// greets are mails that only say that something has come in: not worth a call.
var greets = map[string]bool{"first-interest": true, "first-question": true}

// Compose implements store.Composer.
func (c *Composer) Compose(ctx context.Context, tx *store.Tx, in store.Intent) ([]store.QueuedMail, error) {
	if asksAlready(in) || greets[in.Template] && tx.Request.ContactEmail == "" {
		return nil, nil
	}
	return c.compose(gatherer{ctx: ctx, tx: tx, in: in, publicURL: c.PublicURL}, func(*material) {})
}

func (c *Composer) compose(g gatherer, add func(*material)) (mails []store.QueuedMail, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("mail %s of %s: %w", g.in.Template, g.tx.Request.CaseNumber, err)
		}
	}()
	common, err := g.gather()
	if err != nil {
		return nil, err
	}
	add(&common)
	to, err := g.recipients(&common)
	if err != nil {
		return nil, err
	}
	for _, p := range to {
		m := common
		m.to = p
		q, err := c.queued(&g, &m)
		if err != nil {
			return nil, err
		}
		mails = append(mails, q)
	}
	return mails, nil
}

const mailRefused = "mail-refused"

// undelivered are the mails that tell of one that its server refused: the case officer hears of it, and the heads of what the
// case officer does not get. Nobody hears by mail of a head who does not even get that; operators see it as stuck.
func (c *Composer) undelivered(ctx context.Context, tx *store.Tx, refused store.Mail, code string) ([]store.QueuedMail, error) {
	intent := casework.Mail{Template: mailRefused, Key: mailRefused + "/" + refused.MessageID, To: casework.CaseOfficer, Person: tx.Request.Officer}
	if refused.Role.Staff() && (refused.Template == mailRefused || tx.Request.Officer == "" || refused.Person == tx.Request.Officer) {
		intent.To, intent.Person = casework.Head, ""
	}
	if refused.Template == mailRefused && refused.Role == casework.Head {
		return nil, nil
	}
	return c.compose(gatherer{ctx: ctx, tx: tx, publicURL: c.PublicURL, except: refused.Person,
		in: store.Intent{Mail: intent, Transition: casework.Transition{At: tx.ProcessNow()}}},
		func(m *material) {
			m.refused = &undelivered{Subject: refused.Subject, Address: refused.Address, Code: code, Colleague: refused.Role.Staff()}
		})
}

// asksAlready tells whether another mail of the same transition asks for the same.
func asksAlready(in store.Intent) bool {
	if in.Template != "task" {
		return false
	}
	task, there := opened(in.Transition, func(t casework.Task) bool { return t.ID == in.Task })
	return there && slices.ContainsFunc(in.Transition.Mails, func(m casework.Mail) bool { return saysItAll[m.Template] == task.Kind })
}

// opened finds a task that the transition opens or changes.
func opened(t casework.Transition, is func(casework.Task) bool) (casework.Task, bool) {
	for _, list := range [][]casework.Task{t.Open, t.Changed} {
		if i := slices.IndexFunc(list, is); i >= 0 {
			return list[i], true
		}
	}
	return casework.Task{}, false
}

// queued is the mail to one recipient.
func (c *Composer) queued(g *gatherer, m *material) (store.QueuedMail, error) {
	q := store.QueuedMail{Key: g.key(m), Template: g.in.Template, Role: m.to.Role, Person: m.to.ID, Name: m.to.Name, Address: m.to.Address,
		Letter: g.in.Letter}
	err := g.findWaiting(m)
	if err != nil {
		return q, err
	}
	q.Task = m.taskID()
	if q.Link, err = c.link(g, m); err != nil {
		return q, err
	}
	if q.Attachments, err = g.attachments(m); err != nil {
		return q, err
	}
	if q.InReplyTo, err = g.newestTo(m.to); err != nil {
		return q, err
	}
	q.MessageID = messageID(m.request.CaseNumber, q.Key, q.Address, c.PublicURL)
	q.Subject, q.Text = write(m)
	return q, nil
}

// link gives a guest their personal link, the same in every mail of a case, and staff the address of the form, or of the
// request's page where the mail is about several tasks or about none.
func (c *Composer) link(g *gatherer, m *material) (string, error) {
	if m.to.Role.Staff() {
		m.link = c.PublicURL + "/requests/" + string(m.request.CaseNumber)
		if t, one := m.only(); one {
			m.link = c.PublicURL + "/tasks/" + string(t.ID)
		}
		if m.byPhone {
			m.link = "" // the government's page is not for whoever reads it out
		}
		return "", nil
	}
	if m.link = "{link}"; g.in.Former {
		m.link = "" // the page is somebody else's now
		return "", nil
	}
	return g.tx.LinkTo(g.ctx, c.Secret, store.Recipient{Role: m.to.Role, ID: m.to.ID, Name: m.to.Name, Email: m.to.Address})
}

// messageID is the mail's for good: made of what makes it the same mail.
func messageID(n casework.CaseNumber, key, address, publicURL string) string {
	sum := sha256.Sum256([]byte(string(n) + "\x00" + key + "\x00" + strings.ToLower(address)))
	return "<" + string(n) + "." + hex.EncodeToString(sum[:10]) + "@" + mail.Domain(publicURL) + ">"
}

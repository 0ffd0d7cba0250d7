package dispatch

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"connex/casework"
	"connex/mail"
	"connex/store"
	"connex/words"
)

const (
	mostLinks    = 3  // that are mailed again to one address within an hour
	mostMessages = 20 // of an expert's within an hour
)

// ErrTooManyMessages: somebody writes more than anybody reads.
var ErrTooManyMessages = errors.New("too many messages")

// MailLink sends the way to the page again, to whoever it is for now: never to an address that somebody gives. Who asks
// cannot tell whether a mail went out. Long after the end there is no page, and the mail says whom to turn to.
func (d *Dispatch) MailLink(ctx context.Context, l store.Link) error {
	delivery := casework.Delivery{CaseNumber: l.CaseNumber}
	err := d.store.InCase(ctx, l.CaseNumber, func(c *store.Tx) error {
		people, err := c.Recipients(ctx, l.Role, l.Person)
		if err != nil || len(people) == 0 {
			return err
		}
		template := "new-link"
		if c.LinksEnded() {
			template = "page-closed"
		}
		mailed, err := c.MailedSince(ctx, template, people[0].Email, c.Now.Add(-time.Hour))
		if err != nil || mailed >= mostLinks {
			return err
		}
		m, err := d.guestMail(ctx, c, people[0], template, !c.LinksEnded(), nil)
		if err != nil {
			return err
		}
		delivery.MessageID, err = d.queueOne(ctx, c, store.Entry{ActorRole: casework.Anyone}, m)
		return err
	})
	if err == nil && delivery.MessageID != "" {
		d.Deliver(context.WithoutCancel(ctx), delivery)
	}
	return err
}

// guestMail is a mail of the catalogue to a guest, with their link where there is a page for them.
func (d *Dispatch) guestMail(ctx context.Context, c *store.Tx, to store.Recipient, template string, page bool, say map[string]any) (store.QueuedMail, error) {
	settings, err := c.Settings(ctx)
	if err != nil {
		return store.QueuedMail{}, err
	}
	w, role := words.In(c.Request.Language), string(to.Role)
	said := signed(ctx, c, w, settings)
	for name, value := range say {
		said[name] = value
	}
	said["Name"], said["Link"], said["Why"] = to.Name, "{link}", w.T("mail.why."+role)
	said["Subject"] = w.T("mail."+template+"."+role+".subject", said)
	follow := "mail.follow."
	if c.Request.Ending != "" {
		follow = "mail.follow-ended." // nobody writes to us there any more
	}
	said["Page"] = mail.Kept(w.T(follow+role, said))
	m := store.QueuedMail{Template: template, Role: to.Role, Person: to.ID, Name: to.Name, Address: to.Email, Subject: w.T("mail.subject.plain", said),
		Text: toGuest(w, "mail."+template+"."+role+".text", said)}
	if page {
		m.Link, err = c.LinkTo(ctx, d.Secret, to)
	}
	return m, err
}

// toGuest is the text of a mail, from the greeting to the signature.
func toGuest(w *words.Words, id string, said map[string]any) string {
	greeting := "mail.greeting.named"
	if said["Name"] == "" {
		greeting = "mail.greeting.unnamed"
	}
	return mail.LaidOut(w.T(greeting, said), mail.Flowing(w.T(id, said)), w.T("mail.signature.guest", said))
}

// signed is what signature and subject of a mail name: the case officer to turn to, or the Secretariat.
func signed(ctx context.Context, c *store.Tx, w *words.Words, settings casework.Settings) map[string]any {
	secretariat := settings.Letterhead()
	said := map[string]any{"Case": string(c.Request.CaseNumber), "Officer": "", "Telephone": secretariat.Telephone, "OfficerMail": secretariat.Mail,
		"Secretariat": secretariat.Name, "House": w.The(secretariat.Name), "Address": secretariat.OneLine()}
	if officer, err := c.Staff(ctx, c.Request.Officer); err == nil {
		said["Officer"] = officer.Name
		said["Telephone"], said["OfficerMail"] = cmp.Or(officer.Phone, secretariat.Telephone), cmp.Or(officer.Email, secretariat.Mail)
	}
	return said
}

func (d *Dispatch) queueOne(ctx context.Context, c *store.Tx, by store.Entry, m store.QueuedMail) (string, error) {
	if m.Key == "" {
		m.Key = m.Template + "/" + uuid.NewString()
	}
	m.MessageID = "<" + m.Template + "." + uuid.NewString() + "@" + d.host() + ">"
	ids, err := c.Queue(ctx, by, m)
	if err != nil {
		return "", err
	}
	return ids[0], nil
}

// Tell mails the case officer what an expert writes from their page, once for a key; the heads where there is none.
func (d *Dispatch) Tell(ctx context.Context, p store.Person, key, message string) error {
	id, err := actionID(key)
	if err != nil {
		return err
	}
	n := p.Link.CaseNumber
	var deliveries []casework.Delivery
	err = d.store.InCase(ctx, n, func(c *store.Tx) error {
		role := casework.CaseOfficer
		if c.Request.Officer == "" {
			role = casework.Head
		}
		people, err := c.Recipients(ctx, role, c.Request.Officer)
		if err != nil {
			return err
		}
		for _, to := range people {
			mailed, err := c.MailedSince(ctx, fromExpert, to.Email, c.Now.Add(-time.Hour))
			switch {
			case err != nil:
				return err
			case mailed >= mostMessages:
				return ErrTooManyMessages
			}
			m, err := d.staffMail(ctx, c, to, fromExpert, d.PublicURL+"/requests/"+string(n), map[string]any{"Expert": p.Name, "ExpertMail": p.Email,
				"Message": mail.Kept(message)})
			if err != nil {
				return err
			}
			m.Key = fromExpert + "/" + string(id)
			queued, err := d.queueOne(ctx, c, store.Entry{ActorID: p.ID, ActorName: p.Name, ActorRole: casework.Expert}, m)
			if err != nil {
				return err
			}
			deliveries = append(deliveries, casework.Delivery{CaseNumber: n, MessageID: queued})
		}
		return nil
	})
	for _, delivery := range deliveries {
		d.Deliver(context.WithoutCancel(ctx), delivery)
	}
	return err
}

const fromExpert = "expert-message"

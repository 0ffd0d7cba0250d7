package dispatch

import (
	"context"
	"strings"
	"unicode/utf8"

	"connex/casework"
	"connex/mail"
	"connex/store"
)

// mentioned is the mail to somebody whom a note mentions.
const mentioned = "mentioned"

const longestNote = 10000

// WriteNote keeps what somebody writes on a case for their colleagues, once for a key. It is brought to those whom its text
// names after an «@», and to those who are named beside it by ID or address.
func (d *Dispatch) WriteNote(ctx context.Context, p store.Person, n casework.CaseNumber, role casework.Role, key, text string, beside []string) (store.Note, error) {
	colleagues, err := d.store.Colleagues(ctx, p, n)
	if err != nil {
		return store.Note{}, err
	}
	text = casework.Plain(text)
	who, unknown := casework.Mentions(text, colleagues)
	more, strangers := casework.Among(colleagues, beside)
	faults := casework.Faults{}
	switch {
	case text == "":
		faults["text"] = casework.Say("case.note.empty")
	case utf8.RuneCountInString(text) > longestNote:
		faults["text"] = casework.Say("case.note.long", "Most", longestNote)
	case len(unknown) > 0:
		faults["text"] = casework.Say("case.note.unknown", "Names", strings.Join(unknown, ", "))
	}
	if len(strangers) > 0 {
		faults["mentions"] = casework.Say("case.note.stranger", "Names", strings.Join(strangers, ", "))
	}
	if len(faults) > 0 {
		return store.Note{}, &casework.FormError{Fields: faults}
	}
	return d.AddNote(ctx, store.NewNote{ID: string(store.ActionIDFor(p.ID, key)), CaseNumber: n, By: p, Role: role, Text: text, Mentions: append(who, more...)})
}

// AddNote keeps a note on a case and brings it to those whom it mentions: in their inbox, and by a mail to each, once,
// unless they read of such things in their daily digest.
func (d *Dispatch) AddNote(ctx context.Context, n store.NewNote) (store.Note, error) {
	var queued []string
	note, err := d.store.AddNote(ctx, n, func(c *store.Tx, note store.Note, brought []store.Recipient) error {
		for _, to := range brought {
			account, err := c.Staff(ctx, to.ID)
			if err != nil {
				return err
			}
			if account.Mails == store.MailsDaily {
				continue
			}
			m, err := d.mentionMail(ctx, c, note, to)
			if err != nil {
				return err
			}
			id, err := d.queueOne(ctx, c, store.Entry{ActorID: note.Author, ActorName: note.AuthorName, ActorRole: note.AuthorRole}, m)
			if err != nil {
				return err
			}
			queued = append(queued, id)
		}
		return nil
	})
	if err != nil {
		return note, err
	}
	for _, id := range queued {
		d.Deliver(context.WithoutCancel(ctx), casework.Delivery{CaseNumber: note.CaseNumber, MessageID: id})
	}
	return note, nil
}

func (d *Dispatch) mentionMail(ctx context.Context, c *store.Tx, n store.Note, to store.Recipient) (store.QueuedMail, error) {
	text, more := mail.Beginning(n.Text, mostLines, mostCharacters)
	m, err := d.staffMail(ctx, c, to, mentioned, d.PublicURL+"/requests/"+string(n.CaseNumber)+"#note-"+n.ID,
		map[string]any{"Author": n.AuthorName, "Beginning": mail.Kept(text), "More": more})
	m.Key = mentioned + "/" + n.ID
	return m, err
}

// How much of a note stands in a mail about it.
const (
	mostLines      = 6
	mostCharacters = 600
)

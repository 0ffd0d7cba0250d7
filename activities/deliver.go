package activities

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"strconv"
	"strings"

	"connex/casework"
	"connex/mail"
	"connex/store"

	"go.temporal.io/sdk/temporal"
)

// Postman hands queued mails to the mail server. Personal links and codes are put into a mail here and nowhere else.
type Postman struct {
	Store     *store.Store
	Sender    *mail.Sender
	Composer  *Composer
	Secret    []byte
	PublicURL string
}

// SendMail hands one mail over and has it noted that the server took it. Run again after it succeeded it does nothing;
// cut off between the server's answer and the note it sends the same Message-ID again, which is as far as mail goes.
func (p *Postman) SendMail(ctx context.Context, d casework.Delivery) error {
	defer beating(ctx)()
	if d.CaseNumber == "" {
		return p.sendHouseMail(ctx, d.MessageID)
	}
	m, files, err := p.Store.MailToSend(ctx, d.MessageID)
	if err != nil {
		return fmt.Errorf("mail of %s: %w", d.CaseNumber, err)
	}
	if m.State != store.MailSending {
		return nil // sent before, refused before, or nobody wants it any more
	}
	settings, err := p.Store.Settings(ctx)
	if err != nil {
		return fmt.Errorf("mail of %s: %w", d.CaseNumber, err)
	}
	if err := p.Sender.Send(ctx, p.message(m, files, settings.Letterhead().Name)); err != nil {
		if noted := p.notTaken(ctx, d, err); noted != nil {
			return noted
		}
		return refusal(err)
	}
	if err := p.Store.MailSent(ctx, d.MessageID, accepted); err != nil {
		return fmt.Errorf("note that a mail of %s was sent: %w", d.CaseNumber, err)
	}
	return nil
}

// notTaken lets the mail wait again, if that is sure: the letter of a request that is withdrawn before the mail server is
// back stays here.
func (p *Postman) notTaken(ctx context.Context, d casework.Delivery, why error) error {
	var answer *mail.Error
	if !errors.As(why, &answer) || answer.Permanent || !answer.Untaken {
		return nil
	}
	if err := p.Store.MailNotTaken(ctx, d.MessageID); err != nil {
		return fmt.Errorf("mail of %s: %w", d.CaseNumber, err)
	}
	return nil
}

// accepted is what a server says when it keeps a mail.
const accepted = "250"

// refusal tells what no repetition mends from all else. Temporal's history gets the server's code and not its words,
// which repeat the address.
func refusal(err error) error {
	var answer *mail.Error
	if !errors.As(err, &answer) || !answer.Permanent {
		return errors.New("the mail server did not take the mail" + codeOf(answer))
	}
	code := strings.TrimSpace(codeOf(answer))
	if code == "" {
		code = "address" // it never came to asking a server
	}
	return temporal.NewNonRetryableApplicationError(code, casework.MailRefusedError, nil)
}

func codeOf(answer *mail.Error) string {
	if answer == nil || answer.Code == 0 {
		return ""
	}
	return " " + strconv.Itoa(answer.Code)
}

// message is the mail as it goes out, the same whenever it is made in the same name.
func (p *Postman) message(m store.Mail, files []store.Document, name string) mail.Message {
	text, html := p.filled(m)
	message := mail.Message{
		From: senderOf(name, p.PublicURL), To: m.Address, Subject: m.Subject, Text: text, HTML: html,
		MessageID: m.MessageID, InReplyTo: m.InReplyTo, Date: m.QueuedAt,
	}
	for _, f := range files {
		if f.MediaType == "text/calendar" {
			message.Calendar = &mail.Calendar{Method: "REQUEST", Text: string(f.Body)}
			continue
		}
		message.Attachments = append(message.Attachments, mail.Attachment{Name: f.Name, MediaType: f.MediaType, Bytes: f.Body})
	}
	return message
}

// senderOf is our address with the Secretariat's name.
func senderOf(name, publicURL string) string {
	return (&netmail.Address{Name: name, Address: "secretariat@" + mail.Domain(publicURL)}).String()
}

// filled puts in what is never stored. A link that was revoked since is put in all the same: it leads nowhere, and the
// mail stands as it was written.
func (p *Postman) filled(m store.Mail) (text, html string) {
	var fill []string
	if m.Link != "" {
		fill = append(fill, "{link}", p.PublicURL+"/p/"+casework.LinkToken(p.Secret, m.Link))
	}
	if m.Code != "" {
		fill = append(fill, "{code}", casework.ConfirmationCode(p.Secret, m.Code))
	}
	replacer := strings.NewReplacer(fill...)
	return replacer.Replace(m.Text), replacer.Replace(m.HTML)
}

// MailRefused notes that a mail cannot be delivered, and tells the case officer, or the heads of what that one does not get.
func (p *Postman) MailRefused(ctx context.Context, u casework.Undeliverable) (told casework.Told, err error) {
	if u.CaseNumber == "" {
		return told, p.Store.SettleHouseMail(ctx, u.MessageID, store.MailRefused, u.Code)
	}
	_, err = p.Store.MailRefused(ctx, u.MessageID, u.Code, func(tx *store.Tx, m store.Mail) error {
		mails, err := p.Composer.undelivered(ctx, tx, m, u.Code)
		if err != nil {
			return err
		}
		told.Mails, err = tx.Queue(ctx, store.Entry{ActorRole: casework.MailRole}, mails...)
		return err
	})
	if err != nil {
		return casework.Told{}, fmt.Errorf("note that a mail of %s was refused: %w", u.CaseNumber, err)
	}
	return told, nil
}

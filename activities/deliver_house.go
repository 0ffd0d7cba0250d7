package activities

import (
	"context"
	"fmt"
	"strings"

	"connex/casework"
	"connex/mail"
	"connex/store"
)

// sendHouseMail hands over a mail to somebody of the staff that belongs to no case. Its answer stands in its row alone:
// an administrator sees whether an invitation went out.
func (p *Postman) sendHouseMail(ctx context.Context, messageID string) error {
	m, err := p.Store.HouseMailToSend(ctx, messageID)
	if err != nil {
		return fmt.Errorf("a mail of the house: %w", err)
	}
	if m.State != store.MailSending {
		return nil
	}
	settings, err := p.Store.Settings(ctx)
	if err != nil {
		return fmt.Errorf("a mail of the house: %w", err)
	}
	secretariat := settings.Letterhead().Name
	fill := []string{"{secretariat}", secretariat}
	if m.Link != "" {
		fill = append(fill, "{link}", p.PublicURL+"/password/"+casework.AccountToken(p.Secret, m.Link))
	}
	text := strings.NewReplacer(fill...).Replace(m.Text)
	err = p.Sender.Send(ctx, mail.Message{From: senderOf(secretariat, p.PublicURL), To: m.Address, Subject: m.Subject, Text: text, MessageID: m.MessageID, Date: m.QueuedAt})
	if err != nil {
		return refusal(err)
	}
	return p.Store.SettleHouseMail(ctx, messageID, store.MailSent, accepted)
}

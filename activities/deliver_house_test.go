package activities

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"connex/casework"
	"connex/housemail"
	"connex/mail"
	"connex/store"

	"github.com/emersion/go-smtp"
	"github.com/google/uuid"
	"go.temporal.io/sdk/temporal"
)

// forgets queues the mail of somebody who has forgotten their password.
func (b *workbench) forgets(a store.Account) (delivery casework.Delivery, link store.AccountLink) {
	b.t.Helper()
	link = store.AccountLink{ID: uuid.NewString(), Account: a.ID, Purpose: store.ForPassword, ExpiresAt: time.Now().Add(time.Hour)}
	link.TokenHash = casework.TokenHash(casework.AccountToken(secret, link.ID))
	b.must(b.store.InHouse(b.t.Context(), a.Person(), func(h *store.House) error {
		if err := h.AddLink(b.t.Context(), link); err != nil {
			return err
		}
		for range 2 { // the same key is the same mail
			ids, err := h.Queue(b.t.Context(), housemail.Writer{PublicURL: publicURL}.Forgotten(a, link))
			if err != nil {
				return err
			}
			delivery.MessageID = ids[0]
		}
		return nil
	}))
	return delivery, link
}

func TestAMailOfTheHouseGoesOutOnceWithItsLink(t *testing.T) {
	b := atWork(t, nil)
	delivery, link := b.forgets(b.officer)
	for range 2 {
		b.must(b.postman.SendMail(t.Context(), delivery))
	}
	kept := b.server.all()
	if len(kept) != 1 || kept[0].to != b.officer.Email {
		t.Fatalf("%d mails arrived", len(kept))
	}
	got, err := mail.Read([]byte(kept[0].raw))
	b.must(err)
	found := regexp.MustCompile(`(?m)^https://casework\.example/password/([\w-]{43})$`).FindStringSubmatch(got.Text)
	if found == nil || found[1] != casework.AccountToken(secret, link.ID) || "<"+got.MessageID+">" != delivery.MessageID {
		t.Fatalf("%s:\n%s", got.MessageID, got.Text)
	}
	whose, err := b.store.LinkedAccount(t.Context(), casework.TokenHash(found[1]))
	b.must(err)
	row, err := b.store.HouseMail(t.Context(), delivery.MessageID)
	b.must(err)
	if whose.ID != b.officer.ID || row.State != store.MailSent || strings.Contains(row.Text, found[1]) {
		t.Errorf("the link is %s's, the mail is %s", whose.ID, row.State)
	}
	if !strings.Contains(got.Text, "\n\nCONNEX Support Unit Secretariat") {
		t.Errorf("it is signed otherwise:\n%s", got.Text)
	}
}

func TestARefusedMailOfTheHouseIsNoted(t *testing.T) {
	b := atWork(t, nil)
	b.server.refuses[b.officer.Email] = &smtp.SMTPError{Code: 550, Message: "no such person"}
	delivery, _ := b.forgets(b.officer)
	err := b.postman.SendMail(t.Context(), delivery)
	var refused *temporal.ApplicationError
	if !errors.As(err, &refused) || refused.Type() != casework.MailRefusedError {
		t.Fatalf("refused with %v", err)
	}
	told, err := b.postman.MailRefused(t.Context(), casework.Undeliverable{Delivery: delivery, Code: refused.Message()})
	b.must(err)
	row, err := b.store.HouseMail(t.Context(), delivery.MessageID)
	b.must(err)
	if len(told.Mails) != 0 || row.State != store.MailRefused || row.Answer != "550" {
		t.Errorf("%+v, told by %v", row, told.Mails)
	}
}

func TestMailsOfTheHouseWaitForTheRelayToo(t *testing.T) {
	b := atWork(t, nil)
	delivery, _ := b.forgets(b.officer)
	waiting, err := b.store.MailsUndelivered(t.Context(), 0, 50)
	b.must(err)
	for _, d := range waiting {
		if d == delivery {
			return
		}
	}
	t.Errorf("%v is not among %v", delivery, waiting)
}

package activities

import (
	"strings"
	"testing"

	"connex/casework"
	"connex/letters"
	"connex/store"

	"github.com/google/uuid"
)

// sets changes the letterhead.
func (b *workbench) sets(to casework.Settings) {
	b.t.Helper()
	now, err := b.store.Settings(b.t.Context())
	b.must(err)
	b.must(b.store.ChangeSettings(b.t.Context(), store.SettingsChange{ID: uuid.NewString(), By: store.Person{ID: b.officer.ID, Name: "admin"},
		Group: casework.GroupLetterhead, Seen: now.SumOf(casework.GroupLetterhead), To: to, Reason: "We have moved."}))
}

// A new letterhead is in the next letter, and in the next mail with its sender.
func TestTheLetterheadIsTheSettings(t *testing.T) {
	b := atWork(t, nil)
	order := func(kind letters.Kind) casework.LetterOrder {
		return casework.LetterOrder{CaseNumber: b.number, Letter: casework.Letter{Kind: string(kind), Key: string(kind)}, Date: "2026-11-23"}
	}
	letterheads := func() (all []casework.Letterhead) {
		for _, kind := range letters.Kinds {
			b.must(b.store.InCase(t.Context(), b.number, func(tx *store.Tx) error {
				k, err := gatherLetter(t.Context(), tx, order(kind))
				if err == nil {
					all = append(all, k.letter().Secretariat)
				}
				return err
			}))
		}
		return all
	}
	for _, l := range letterheads() {
		if l.Name != "CONNEX Support Unit Secretariat" || l.OneLine() != "Potsdamer Platz 10, 10785 Berlin, Germany" {
			t.Errorf("unchanged, the letterhead is %+v", l)
		}
	}
	b.sets(casework.Settings{casework.LetterheadName: "Sécrétariat «CONNEX»", casework.LetterheadAddress: "Neue Straße 1\n10115 Berlin",
		casework.LetterheadTelephone: "+49 30 77", casework.LetterheadMail: "unit@connex.example"})
	for _, l := range letterheads() {
		if l.Name != "Sécrétariat «CONNEX»" || l.OneLine() != "Neue Straße 1, 10115 Berlin" || l.Telephone != "+49 30 77" {
			t.Errorf("changed, the letterhead is %+v", l)
		}
	}

	ids := b.apply(casework.Transition{ID: "asks", Mails: []casework.Mail{{Template: "plain", Key: "plain", To: casework.Government}}})
	b.must(b.postman.SendMail(t.Context(), b.delivery(ids[0])))
	if text := b.mail(ids[0]).Text; !strings.Contains(text, "for the Sécrétariat «CONNEX»") || !strings.Contains(text, "Neue Straße 1, 10115 Berlin") {
		t.Errorf("the mail is signed otherwise:\n%s", text)
	}
	if raw := b.server.all()[0].raw; !strings.Contains(raw, "From: =?") || !strings.Contains(raw, "<secretariat@casework.example>") {
		t.Errorf("it comes from somebody else:\n%s", raw)
	}
}

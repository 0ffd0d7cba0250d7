// Package housemail writes the mails that staff get about themselves: invitations, forgotten passwords, absences, the
// daily digest. They belong to no case. Like the mails of cases they are composed once, in the transaction that causes
// them, with {link} where a link will stand that is never stored, and {secretariat} for whoever sends them.
package housemail

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"connex/mail"
	"connex/store"
	"connex/words"
)

// Writer writes them.
type Writer struct {
	PublicURL string // where people reach us
}

// to makes a mail of the texts under house-mail.<template>. The key says which mail it is: the same is queued once.
func (w Writer) to(a store.Account, template, key string, say map[string]any) store.HouseMail {
	texts := reads(a)
	said := map[string]any{"Name": a.Name, "Email": a.Email, "Site": w.PublicURL}
	for name, value := range say {
		said[name] = value
	}
	part := func(id string) string { return texts.T("house-mail."+id, said) }
	subject := part(template + ".subject")
	delete(said, "Count") // only a subject has plural forms; a text without them would be looked for in vain
	sum := sha256.Sum256([]byte("house\x00" + key))
	return store.HouseMail{
		MessageID: "<house." + hex.EncodeToString(sum[:12]) + "@" + mail.Domain(w.PublicURL) + ">",
		Key:       key, Template: template, Person: a.ID, Name: a.Name, Address: a.Email,
		Subject: subject,
		Text:    mail.LaidOut(part("greeting"), mail.Flowing(part(template+".text")), part("signature")),
	}
}

// Invitation asks somebody to choose a password. By is whoever invites, nobody on the command line.
func (w Writer) Invitation(a store.Account, link store.AccountLink, by string) store.HouseMail {
	m := w.to(a, "invitation", "link/"+link.ID, map[string]any{"Link": "{link}", "By": by, "Roles": roles(a), "Until": reads(a).Instant(link.ExpiresAt)})
	m.Link = link.ID
	return m
}

// Forgotten lets somebody choose a new password.
func (w Writer) Forgotten(a store.Account, link store.AccountLink) store.HouseMail {
	m := w.to(a, "forgotten", "link/"+link.ID, map[string]any{"Link": "{link}", "Until": reads(a).Instant(link.ExpiresAt)})
	m.Link = link.ID
	return m
}

// PasswordChanged tells whose password was changed, so that they notice if it was not them.
func (w Writer) PasswordChanged(a store.Account) store.HouseMail {
	return w.to(a, "password-changed", fmt.Sprintf("password/%s/%d", a.ID, a.Round), nil)
}

// Said tells a head that there is a note for heads alone. What it says stands on their page.
func (w Writer) Said(head store.Account, a store.Action) store.HouseMail {
	return w.to(head, "said", "said/"+string(a.ID)+"/"+string(head.ID), map[string]any{"Case": string(a.CaseNumber)})
}

// reads are the texts as somebody reads them.
func reads(a store.Account) *words.Words {
	return words.In(a.Language).As(words.Manner{Writing: a.Writing, Zone: a.Zone})
}

func roles(a store.Account) string {
	texts := reads(a)
	names := make([]string, len(a.Roles))
	for i, r := range a.Roles {
		names[i] = texts.T("page.role." + string(r))
	}
	return texts.List(names)
}

// Absent tells somebody that their absence is entered. By is whoever else entered it.
func (w Writer) Absent(who store.Account, a store.Absence, by string) store.HouseMail {
	return w.to(who, "absence", "absence/"+a.ID, w.absence(who, a, by))
}

// StandingIn tells a substitute.
func (w Writer) StandingIn(substitute store.Account, a store.Absence) store.HouseMail {
	return w.to(substitute, "standing-in", "standing-in/"+a.ID, w.absence(substitute, a, ""))
}

// AbsenceOver tells one of the two that an absence was taken back.
func (w Writer) AbsenceOver(to store.Account, a store.Absence, by string) store.HouseMail {
	return w.to(to, "absence-over", "absence-over/"+a.ID+"/"+string(to.ID), w.absence(to, a, by))
}

func (Writer) absence(reader store.Account, a store.Absence, by string) map[string]any {
	texts := reads(reader)
	return map[string]any{"Absent": a.Name, "Substitute": a.SubstituteName, "From": texts.Day(a.From), "Until": texts.Day(a.Until), "By": by}
}

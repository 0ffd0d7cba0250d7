package dispatch

import (
	"context"
	"slices"
	"strings"

	"connex/casework"
	"connex/mail"
	"connex/store"
	"connex/words"
)

// staffMail is a mail of the catalogue to a colleague about a case, as they read it.
func (d *Dispatch) staffMail(ctx context.Context, c *store.Tx, to store.Recipient, template, link string, say map[string]any) (m store.QueuedMail, err error) {
	account, err := c.Staff(ctx, to.ID)
	if err != nil {
		return m, err
	}
	settings, err := c.Settings(ctx)
	if err != nil {
		return m, err
	}
	w := words.In(account.Language).As(words.Manner{Writing: account.Writing, Zone: account.Zone})
	said := signed(ctx, c, w, settings)
	for name, value := range say {
		said[name] = value
	}
	r := c.Request
	said["Name"], said["Link"], said["Institution"], said["Country"] = to.Name, link, r.Institution, optionIn(w, r.Country)
	said["Matter"] = strings.Join(slices.DeleteFunc([]string{optionIn(w, r.Sector), optionIn(w, r.Resource)}, func(s string) bool { return s == "" }), ", ")
	said["About"], said["Page"] = w.T("mail.about", said), mail.Kept(w.T("mail.follow.staff", said))
	said["As"] = w.T("mail.as." + asWhom(r, to))
	said["Why"] = w.T("mail.why."+whyOf(template), said)
	said["Subject"] = w.T("mail."+template+".staff.subject", said)
	return store.QueuedMail{Template: template, Role: to.Role, Person: to.ID, Name: to.Name, Address: to.Email, Subject: w.T("mail.subject.country", said),
		Text: mail.LaidOut(w.T("mail.greeting.colleague", said), mail.Flowing(w.T("mail."+template+".staff.text", said)), w.T("mail.signature.staff", said))}, nil
}

func asWhom(r store.Request, to store.Recipient) string {
	if to.Role == casework.CaseOfficer && r.Officer == to.ID {
		return "officer"
	}
	return string(to.Role)
}

// whyOf is why somebody gets a mail: for what they are, unless the mail has its own reason.
func whyOf(template string) string {
	if template == mentioned {
		return mentioned
	}
	return "told"
}

func optionIn(w *words.Words, value string) string {
	if value == "" {
		return ""
	}
	return w.T("option." + value)
}

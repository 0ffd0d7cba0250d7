package housemail

import (
	"strings"

	"connex/casework"
	"connex/mail"
	"connex/store"
	"connex/words"
)

// Digest is what waits for somebody on a day, in one mail.
func (w Writer) Digest(a store.Account, day string, waiting store.Waiting) store.HouseMail {
	return w.to(a, "digest", "digest/"+string(a.ID)+"/"+day, map[string]any{
		"Count": len(waiting.Tasks) + len(waiting.Escalated), "Day": reads(a).Day(day), "More": waiting.More,
		"Escalated": lines(w.PublicURL, reads(a), waiting.Reader, waiting.Escalated), "Waiting": lines(w.PublicURL, reads(a), waiting.Reader, waiting.Tasks)})
}

// lines are two for each task: what it is, and where its form is.
func lines(site string, texts *words.Words, reader store.Person, tasks []store.Task) string {
	var all []string
	for _, t := range tasks {
		due := ""
		if t.DueAt != nil {
			due = texts.Date(*t.DueAt)
		}
		all = append(all, texts.T("house-mail.digest.line", "Case", string(t.CaseNumber), "Country", label(texts, t.Country), "Title", texts.T("kind."+string(t.Kind)+".title"),
			"Due", due, "Overdue", t.Overdue, "Why", why(texts, reader, t)), site+"/tasks/"+string(t.ID), "")
	}
	return mail.Kept(strings.TrimSpace(strings.Join(all, "\n")))
}

func label(texts *words.Words, value string) string {
	if value == "" {
		return ""
	}
	return texts.T("option." + value)
}

// why says for whom it waits, as the reader is concerned.
func why(texts *words.Words, reader store.Person, t store.Task) string {
	switch {
	case t.Holder == reader.ID:
		return texts.T("house-mail.digest.why.person")
	case casework.InPlaceOf(t.Kind, t.Holder, reader.StandsFor) != "":
		return texts.T("house-mail.digest.why.substitute", "Name", t.HolderName)
	case t.HolderName != "":
		return texts.T("house-mail.digest.why.other", "Name", t.HolderName)
	}
	return texts.T("house-mail.digest.why.role", "Role", texts.T("page.role."+string(t.Role)))
}

package housemail

import (
	"strings"
	"time"

	"connex/casework"
	"connex/mail"
	"connex/store"
	"connex/words"
)

// Digest is what waits for somebody on a day, in one mail.
func (w Writer) Digest(a store.Account, day string, waiting store.Waiting) store.HouseMail {
	texts := reads(a)
	return w.to(a, "digest", "digest/"+string(a.ID)+"/"+day, map[string]any{
		"Count": len(waiting.Tasks) + len(waiting.Escalated) + len(waiting.Notes), "Day": texts.Day(day), "More": waiting.More,
		"Escalated": lines(w.PublicURL, texts, waiting.Reader, waiting.Escalated), "Waiting": lines(w.PublicURL, texts, waiting.Reader, waiting.Tasks),
		"Notes": notes(w.PublicURL, texts, waiting.Notes)})
}

// notes are two lines for each: who wrote it and how it begins, and where it stands.
func notes(site string, texts *words.Words, mentioned []store.Mentioned) string {
	var all []string
	for _, n := range mentioned {
		beginning, more := mail.Beginning(n.Text, 1, 100)
		all = append(all, texts.T("house-mail.digest.note", "Case", string(n.CaseNumber), "Country", label(texts, n.Country), "Author", n.AuthorName,
			"Beginning", beginning, "More", more), site+"/requests/"+string(n.CaseNumber)+"#note-"+n.ID, "")
	}
	return mail.Kept(strings.TrimSpace(strings.Join(all, "\n")))
}

// lines are two for each task: what it is, and where its form is.
func lines(site string, texts *words.Words, reader store.Person, tasks []store.Task) string {
	var all []string
	now := time.Now()
	for _, t := range tasks {
		due, away := "", ""
		if t.DueAt != nil {
			due, away = texts.Date(*t.DueAt), texts.Away(*t.DueAt, t.Calendar.Process(now))
		}
		all = append(all, texts.T("house-mail.digest.line", "Case", string(t.CaseNumber), "Country", label(texts, t.Country), "Title", texts.T("kind."+string(t.Kind)+".title"),
			"Due", due, "Away", away, "Overdue", t.Overdue, "Why", why(texts, reader, t)), site+"/tasks/"+string(t.ID), "")
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

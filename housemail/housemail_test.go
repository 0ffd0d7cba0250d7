package housemail_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"connex/casework"
	"connex/housemail"
	"connex/mail"
	"connex/store"
	"connex/words"
)

const site = "https://casework.example"

var (
	writer = housemail.Writer{PublicURL: site}
	reader = store.Account{ID: "p1", Name: "Amara Lindqvist", Email: "amara@connex.test", Roles: []casework.Role{casework.CaseOfficer, casework.Head},
		Preferences: store.Preferences{Language: "en", Writing: "iso", Zone: "Asia/Tokyo"}}
	link    = store.AccountLink{ID: "l1", ExpiresAt: time.Date(2027, 3, 1, 20, 0, 0, 0, time.UTC)}
	absence = store.Absence{ID: "a1", Account: "p1", Name: "Ruth Sandoval", Substitute: "p2", SubstituteName: "José Ñandú", From: "2027-03-01", Until: "2027-03-12"}
)

// mails are all that there are, with what each must say.
func mails() map[string]map[string][]string {
	digest := func(w store.Waiting) store.HouseMail {
		w.Reader = reader.Person()
		return writer.Digest(reader, "2027-03-01", w)
	}
	due := time.Now().AddDate(0, 0, 3)
	task := store.Task{ID: "t1", CaseNumber: "CNX-2027-0001", Kind: casework.DiscussScope, Country: "NA", Role: casework.CaseOfficer, DueAt: &due,
		Calendar: casework.Calendar{Start: time.Now().AddDate(0, 0, -1), DayLength: 24 * time.Hour}}
	note := store.Mentioned{Note: store.Note{ID: "n1", CaseNumber: "CNX-2027-0002", AuthorName: "José Ñandú", Text: "Look at this.\nAnd that."}, Country: "PE"}
	says := map[string]map[string][]string{}
	for _, one := range []struct {
		mail store.HouseMail
		says []string
	}{
		{writer.Invitation(reader, link, "Ruth Sandoval"), []string{"Ruth Sandoval invites you", "Case officer and Head of Secretariat", "\n\n{link}\n\n", "2027-03-02, 05:00"}},
		{writer.Invitation(reader, link, ""), []string{"You are invited", "\n\n{link}\n\n"}},
		{writer.Forgotten(reader, link), []string{"\n\n{link}\n\n", "2027-03-02, 05:00"}},
		{writer.PasswordChanged(reader), []string{"was changed just now", "\n\n" + site + "/forgotten\n\n"}},
		{writer.Absent(reader, absence, ""), []string{"You have entered", "2027-03-01 to 2027-03-12", "José Ñandú stands in for you", "\n\n" + site + "/settings/absence\n\n"}},
		{writer.Absent(reader, store.Absence{ID: "a2", From: "2027-03-01", Until: "2027-03-12"}, "Ruth Sandoval"), []string{"Ruth Sandoval has entered", "Nobody stands in for you"}},
		{writer.StandingIn(reader, absence), []string{"Ruth Sandoval is away", "noted as done by you", "\n\n" + site + "\n\n"}},
		{writer.AbsenceOver(reader, absence, "José Ñandú"), []string{"was taken back by José Ñandú"}},
		{writer.Said(reader, store.Action{ID: "a1", CaseNumber: "CNX-2027-0003"}), []string{"Subject: CNX-2027-0003: ", "\n\n" + site + "/morning/said\n\n"}},
		{digest(store.Waiting{Tasks: []store.Task{task}}), []string{"CNX-2027-0001, Namibia: Discuss scope and content – due ", "(in 3 days)", "\n" + site + "/tasks/t1\n"}},
		{digest(store.Waiting{Escalated: []store.Task{task, task}, More: true}), []string{"escalated to you", "There are more in your inbox: " + site + "\n"}},
		{digest(store.Waiting{Notes: []store.Mentioned{note}}), []string{"notes mention you", "CNX-2027-0002, Peru: José Ñandú writes: “Look at this. …”\n" + site + "/requests/CNX-2027-0002#note-n1\n"}},
	} {
		if says[one.mail.Template] == nil {
			says[one.mail.Template] = map[string][]string{}
		}
		says[one.mail.Template]["Subject: "+one.mail.Subject+"\n\n"+one.mail.Text] = one.says
	}
	return says
}

var anyLink = regexp.MustCompile(`\{link\}|https?://\S+`)

var hole = regexp.MustCompile(`⟦|<no value>|\{\{|\w  \w|“”|\(\)| [,.;:]\s|\b(?i:the|a|an) (?i:the|a|an)\b|\n\n\n`)

// Every mail of the catalogue is written by somebody, says what it must, has no holes, and lines that fit.
func TestEveryMailOfTheHouse(t *testing.T) {
	written := mails()
	for _, id := range words.Keys(words.Default) {
		parts := strings.Split(id, ".")
		if parts[0] == "house-mail" && len(parts) == 3 && parts[2] == "subject" && written[parts[1]] == nil {
			t.Errorf("nobody writes the mail %s", parts[1])
		}
	}
	for template, texts := range written {
		for text, says := range texts {
			if found := hole.FindString(text); found != "" {
				t.Errorf("%s has a hole, %q:\n%s", template, found, text)
			}
			if !strings.Contains(text, "Dear Amara Lindqvist,") || !strings.Contains(text, "\n\n{secretariat}\n") {
				t.Errorf("%s is not addressed or not signed:\n%s", template, text)
			}
			if links := anyLink.FindAllString(text, -1); template != "digest" && len(links) != 1 {
				t.Errorf("%s has not one link but %v", template, links)
			}
			for _, must := range says {
				if !strings.Contains(text, must) && !strings.Contains(strings.Join(strings.Fields(text), " "), must) {
					t.Errorf("%s lacks %q:\n%s", template, must, text)
				}
			}
			for line := range strings.SplitSeq(text, "\n") {
				if len([]rune(line)) > mail.Columns && strings.Contains(line, " ") && !strings.HasPrefix(line, "Subject") {
					t.Errorf("%s has a long line: %s", template, line)
				}
			}
		}
	}
}

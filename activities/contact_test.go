package activities

import (
	"strings"
	"testing"

	"connex/casework"
	"connex/store"
)

// Who passes a request on, who gets it and who runs it are all told, each what they need and no more.
func TestWhoIsToldOfANewContact(t *testing.T) {
	b := atWork(t, nil)
	task, waits := b.task(casework.ChangeContact, ""), b.task(casework.ProvideInformation, "")
	first := b.mail(b.apply(casework.Transition{ID: "opens", Open: []casework.Task{task, waits},
		Mails: []casework.Mail{{Template: "task", Key: "task", To: casework.Government, Task: waits.ID}}})[0])
	ids := b.does(task, b.officer, casework.Values{"outcome": "change-contact", "contactName": "Sarnai Example", "contactEmail": "sarnai@ministry.example",
		"message": "You know the file.", "reason": "I retire."}, casework.Transition{Request: casework.RequestChange{NewContact: true}, Mails: []casework.Mail{
		{Template: "new-contact", Key: "1", To: casework.Government}, {Template: "former-contact", Key: "2", To: casework.Government, Former: true},
		{Template: "contact-changed", Key: "3", To: casework.CaseOfficer, Person: b.officer.ID}}})
	mails := map[string]store.Mail{}
	for _, id := range ids {
		mails[b.mail(id).Address] = b.mail(id)
	}
	for address, want := range map[string]struct{ says, never []string }{
		"sarnai@ministry.example": {[]string{"Dear Sarnai Example,", "Ndapewa Shikongo told us", "You know the file.", "we would like to ask you", "{link}"}, []string{"I retire"}},
		"n.shikongo@ministry.example": {[]string{"Dear Ndapewa Shikongo,", "Sarnai Example (sarnai@ministry.example)", "tell us at once"},
			[]string{"{link}", "You know the file", "I retire"}},
		"officer@connex.test": {[]string{"Sarnai Example (sarnai@ministry.example)", "Ndapewa Shikongo (n.shikongo@ministry.example)", "I retire."}, []string{"{link}"}},
	} {
		text := casework.OneLine(mails[address].Text)
		for _, says := range want.says {
			if !strings.Contains(text, says) {
				t.Errorf("%s does not read «%s» but:\n%s", address, says, mails[address].Text)
			}
		}
		for _, never := range want.never {
			if strings.Contains(text, never) {
				t.Errorf("%s reads «%s»", address, never)
			}
		}
	}
	if fresh := mails["sarnai@ministry.example"].Link; fresh == "" || fresh == first.Link {
		t.Errorf("the new contact gets the link %q, after %q", fresh, first.Link)
	}
}

func TestACorrectedNameIsNobodyNew(t *testing.T) {
	b := atWork(t, nil)
	task := b.task(casework.ChangeContact, "")
	b.apply(casework.Transition{ID: "opens", Open: []casework.Task{task}})
	ids := b.does(task, b.officer, casework.Values{"outcome": "change-contact", "contactName": "Dr Shikongo", "contactEmail": "N.Shikongo@ministry.example"},
		casework.Transition{Request: casework.RequestChange{NewContact: true}, Mails: []casework.Mail{{Template: "former-contact", Key: "2", To: casework.Government, Former: true}}})
	if len(ids) != 0 {
		t.Errorf("who stays is told that they go: %s", b.mail(ids[0]).Text)
	}
}

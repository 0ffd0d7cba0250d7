package activities

import (
	"slices"
	"strings"
	"testing"

	"connex/casework"
)

// note is a transition that does nothing but queue mails.
func note(id string, mails ...casework.Mail) casework.Transition {
	return casework.Transition{ID: id, Entries: []casework.Entry{{What: "note"}}, Mails: mails}
}

func (b *workbench) addressees(ids []string) (addresses []string) {
	b.t.Helper()
	for _, id := range ids {
		addresses = append(addresses, strings.TrimSuffix(b.mail(id).Address, "@connex.test"))
	}
	slices.Sort(addresses)
	return addresses
}

func TestWhoGetsAMail(t *testing.T) {
	b := atWork(t, nil)
	ruth := b.account("ruth", casework.Head)
	b.account("henrik", casework.Head)
	leaver := b.account("leaver", casework.Head)
	closed := b.account("closed", casework.Head)
	closed.Active = false
	b.must(b.store.ChangeAccount(t.Context(), closed))
	task := b.task(casework.SettleVote, ruth.ID)
	b.apply(casework.Transition{ID: "opens", Open: []casework.Task{task}, Request: casework.RequestChange{Conflicts: []casework.PersonID{leaver.ID}}})
	for name, tt := range map[string]struct {
		mail casework.Mail
		want []string
	}{
		"everybody in the role who may act":    {casework.Mail{Template: "ended", To: casework.Head}, []string{"henrik", "ruth"}},
		"one person":                           {casework.Mail{Template: "ended", To: casework.Head, Person: ruth.ID}, []string{"ruth"}},
		"somebody whose account is closed":     {casework.Mail{Template: "ended", To: casework.Head, Person: closed.ID}, nil},
		"not who holds what is escalated":      {casework.Mail{Template: "escalated", To: casework.Head, Task: task.ID}, []string{"henrik"}},
		"the contact":                          {casework.Mail{Template: "ended", To: casework.Government}, []string{"n.shikongo@ministry.example"}},
		"an expert who is not on the roster":   {casework.Mail{Template: "ended", To: casework.Expert, Person: "nobody"}, nil},
		"nobody, where nobody has the role":    {casework.Mail{Template: "ended", To: casework.Evaluator}, nil},
		"a template that there is no text for": {casework.Mail{Template: "later", To: casework.Head, Task: task.ID}, []string{"henrik", "ruth"}},
	} {
		t.Run(name, func(t *testing.T) {
			tt.mail.Key = name
			if got := b.addressees(b.apply(note(name, tt.mail))); !slices.Equal(got, tt.want) {
				t.Errorf("goes to %v, want %v", got, tt.want)
			}
		})
	}
}

func TestWithoutAnAddressTheOfficerCalls(t *testing.T) {
	b := atWork(t, casework.Values{"contactEmail": ""})
	ids := b.apply(note("x", casework.Mail{Template: "lapse-warning", Key: "x", To: casework.Government}))
	if len(ids) != 1 {
		t.Fatalf("queued %v", ids)
	}
	m := b.mail(ids[0])
	if m.Address != b.officer.Email || m.Link != "" || strings.Contains(m.Text, "{link}") || !strings.Contains(casework.OneLine(m.Text), "pass on by telephone (+000 1) what follows: Dear Ndapewa Shikongo,") {
		t.Errorf("%s reads (link %q):\n%s", m.Address, m.Link, m.Text)
	}
}

// A government without an address is reminded by whoever calls it, who is reminded of their own tasks all the same.
func TestAReminderByTelephoneIsTheGovernments(t *testing.T) {
	b := atWork(t, casework.Values{"contactEmail": ""})
	agree, scope := b.task(casework.AgreeSupport, ""), b.task(casework.DiscussScope, b.officer.ID)
	agree.Clock.Struck, scope.Clock.Struck = 1, 1
	ids := b.apply(casework.Transition{ID: "strikes", Open: []casework.Task{agree, scope}, Mails: []casework.Mail{
		{Template: "reminder", Key: "1", To: casework.Government, Task: agree.ID},
		{Template: "reminder", Key: "2", To: casework.CaseOfficer, Person: b.officer.ID, Task: scope.ID}}})
	if len(ids) != 2 || ids[0] == ids[1] {
		t.Fatalf("queued %v", ids)
	}
	read, own := casework.OneLine(b.mail(ids[0]).Text), casework.OneLine(b.mail(ids[1]).Text)
	if !strings.Contains(read, "what follows: Dear Ndapewa Shikongo,") || !strings.Contains(read, "Here is what we suggest") || strings.Contains(read, "scope") {
		t.Errorf("read out is: %s", read)
	}
	if !strings.Contains(own, "- Please discuss scope") || strings.Contains(own, "suggest") {
		t.Errorf("the officer's own: %s", own)
	}
}

func TestOneReminderAMorningWhateverTheRole(t *testing.T) {
	b := atWork(t, nil)
	both := b.account("both", casework.CaseOfficer, casework.Head)
	own, roles := b.task(casework.CheckIn, both.ID), b.task(casework.SettleVote, "")
	quiet := b.task(casework.CounterSignRating, "")
	own.Clock.Struck, roles.Clock.Struck = 1, 1
	quiet.Clock.Due = quiet.Clock.Due.AddDate(0, 2, 0)
	morning := own.Clock.StageAt(own.Rhythm()[0])
	ids := b.apply(casework.Transition{ID: "strikes", At: morning, Open: []casework.Task{own, roles, quiet}, Mails: []casework.Mail{
		{Template: "reminder", Key: "reminder/case_officer/both", To: casework.CaseOfficer, Person: both.ID, Task: own.ID},
		{Template: "reminder", Key: "reminder/head//", To: casework.Head, Task: roles.ID},
	}})
	slices.Sort(ids)
	if ids = slices.Compact(ids); len(ids) != 1 {
		t.Fatalf("reminded by %v", ids)
	}
	if m := b.mail(ids[0]); !strings.Contains(m.Subject, "2 tasks") || !strings.Contains(m.Text, "- Check-in") || !strings.Contains(m.Text, "- Please settle") || strings.Contains(m.Text, "counter-sign") {
		t.Errorf("%s\n%s", m.Subject, m.Text)
	}
	later := b.apply(casework.Transition{ID: "strikes again", At: morning.AddDate(0, 0, 3), Changed: []casework.Task{roles}, Mails: []casework.Mail{
		{Template: "reminder", Key: "reminder/head//later", To: casework.Head, Task: roles.ID}}})
	if len(later) != 1 || later[0] == ids[0] {
		t.Errorf("the next morning's is %v", later)
	}
}

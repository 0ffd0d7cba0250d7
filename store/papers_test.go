package store_test

import (
	"errors"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

func (c request) queued(key string) string {
	c.t.Helper()
	done := c.applied(c.transition(mailing(casework.Mail{Template: "letter", Key: key, To: casework.Government, Letter: key})))
	if len(done.Mails) != 1 {
		c.t.Fatalf("queued %v", done.Mails)
	}
	return done.Mails[0]
}

func TestAMailIsSentOnce(t *testing.T) {
	c := aRoom(t).aRequest()
	id := c.queued("1")
	if m, _, err := c.MailToSend(t.Context(), id); err != nil || m.State != store.MailSending {
		t.Errorf("to send: %s, %v", m.State, err)
	}
	if m, _, err := c.MailToSend(t.Context(), id); err != nil || m.State != store.MailSending {
		t.Errorf("to send after a fault: %s, %v", m.State, err)
	}
	for range 2 {
		c.must(c.MailSent(t.Context(), id, "250 accepted"))
	}
	if m, _, err := c.MailToSend(t.Context(), id); err != nil || m.State != store.MailSent {
		t.Errorf("to send after it was sent: %s, %v", m.State, err)
	}
	same(t, "trail", c.what(), []string{"request-started", "mail-queued letter", "mail-sent letter"})
	c.must(c.CheckTrail(t.Context(), c.number))
}

func TestARefusedMailIsToldOfOnce(t *testing.T) {
	c := aRoom(t).aRequest(func(t *casework.Transition) { t.Request.Officer = "nobody" })
	id := c.queued("1")
	var told []string
	for range 2 {
		_, err := c.MailRefused(t.Context(), id, "550 no such user", func(tx *store.Tx, m store.Mail) (err error) {
			told, err = tx.Queue(t.Context(), store.Entry{ActorRole: casework.MailRole}, store.QueuedMail{MessageID: "<" + string(newAction()) + ">", Key: "refused/" + m.MessageID,
				Template: "mail-refused", Role: casework.CaseOfficer, Address: "officer@connex.test", Subject: "x"})
			return err
		})
		c.must(err)
	}
	same(t, "trail", c.what(), []string{"request-started", "mail-queued letter", "mail-refused letter", "mail-queued mail-refused"})
	if len(told) != 1 {
		t.Errorf("the repetition delivers %v", told)
	}
}

func TestAWithdrawalTakesBackLettersThatWereNotHandedOver(t *testing.T) {
	c := aRoom(t).aRequest()
	waits, underway := c.queued("1"), c.queued("2")
	if _, _, err := c.MailToSend(t.Context(), underway); err != nil {
		t.Fatal(err)
	}
	done := c.applied(c.transition(ending(casework.Withdrawn), mailing(casework.Mail{Template: "withdrawn", Key: "ack", To: casework.Government})))
	for id, want := range map[string]store.MailState{waits: store.MailCancelled, underway: store.MailSending, done.Mails[0]: store.MailQueued} {
		if m, err := c.Mail(t.Context(), id); err != nil || m.State != want {
			t.Errorf("%s is %s, want %s (%v)", m.Key, m.State, want, err)
		}
	}
	if m, _, err := c.MailToSend(t.Context(), waits); err != nil || m.State != store.MailCancelled {
		t.Errorf("a mail that was taken back: %s, %v", m.State, err)
	}
}

func TestMailsThatNobodyDelivers(t *testing.T) {
	c := aRoom(t).aRequest()
	id := c.queued("1")
	if got, err := c.MailsUndelivered(t.Context(), time.Hour, 10); err != nil || len(got) != 0 {
		t.Errorf("after a moment: %v, %v", got, err)
	}
	got, err := c.MailsUndelivered(t.Context(), -time.Second, 10)
	c.must(err)
	same(t, "undelivered", got, []casework.Delivery{{CaseNumber: c.number, MessageID: id}})
}

func TestTheSameLetterIsTheSameDocument(t *testing.T) {
	c := aRoom(t).aRequest()
	letter := store.NewDocument{CaseNumber: c.number, Kind: store.Letter, Key: "approval/1", Title: "Approval", Name: "approval.pdf", MediaType: "application/pdf", Body: []byte("%PDF 1")}
	first, err := c.AddDocument(t.Context(), letter)
	c.must(err)
	second, err := c.AddDocument(t.Context(), letter)
	c.must(err)
	letter.Body = []byte("%PDF 2")
	other, err := c.AddDocument(t.Context(), letter)
	c.must(err)
	if first.ID != second.ID || first.ID == other.ID || first.Size != 6 {
		t.Errorf("documents %s, %s, %s", first.ID, second.ID, other.ID)
	}
	officer := c.officer()
	if list, err := c.Documents(t.Context(), officer, c.number); err != nil || len(list) != 0 {
		t.Errorf("letters that have not gone out are shown: %v, %v", list, err)
	}
	same(t, "trail", c.what(), []string{"request-started"})
	letter.Kind, letter.Key, letter.By, letter.Role = store.Upload, "", officer, casework.CaseOfficer
	upload, err := c.AddDocument(t.Context(), letter)
	c.must(err)
	got, err := c.Document(t.Context(), officer, upload.ID)
	c.must(err)
	same(t, "the bytes", string(got.Body), "%PDF 2")
	same(t, "trail", c.what(), []string{"request-started", "document-added upload"})
}

func TestAReceivedMailIsFiledOnce(t *testing.T) {
	c := aRoom(t).aRequest()
	mail := store.InboundMail{MessageID: "<a@ministry.example>", Raw: []byte("From: …"), From: "ndapewa@ministry.example", Subject: "Re: " + string(c.number), Kind: "mail", FiledAs: "case", CaseNumber: c.number}
	attached := []store.NewDocument{{Title: "Letter", Name: "letter.pdf", MediaType: "application/pdf", Body: []byte("%PDF")}}
	first, isNew, err := c.FileMail(t.Context(), mail, attached)
	c.must(err)
	if !isNew || len(first.Attachments) != 1 || first.UnknownSender {
		t.Errorf("filed: %+v, new %t", first, isNew)
	}
	changed := c.changed(func() {
		second, isNew, err := c.FileMail(t.Context(), mail, attached)
		if err != nil || isNew || second.ID != first.ID {
			t.Errorf("filed again: %+v, new %t, %v", second, isNew, err)
		}
	})
	if changed != nil {
		t.Errorf("filing again changed %v", changed)
	}
	mail.Raw, mail.From = []byte("a forgery with the same Message-ID"), "stranger@b.example"
	other, isNew, err := c.FileMail(t.Context(), mail, nil)
	c.must(err)
	if !isNew || !other.UnknownSender {
		t.Errorf("another mail with the same Message-ID: %+v, new %t", other, isNew)
	}
	same(t, "trail", c.what(), []string{"request-started", "document-added mail", "mail-filed", "mail-filed"})
	c.must(c.CheckTrail(t.Context(), c.number))
	number, err := c.CaseOfMails(t.Context(), []string{"<unknown@x>", "<a@ministry.example>"})
	if err != nil || number != c.number {
		t.Errorf("an answer to it belongs to %q, %v", number, err)
	}
}

func TestNoMailIsLostForItsSpelling(t *testing.T) {
	c := aRoom(t).aRequest()
	broken := "a\x00b\xff"
	filed, _, err := c.FileMail(t.Context(), store.InboundMail{MessageID: broken, Raw: []byte(broken), From: broken, FromName: broken, Subject: broken, Text: broken, Kind: "mail",
		FiledAs: "case", CaseNumber: c.number}, []store.NewDocument{{Title: broken, Name: broken, Body: []byte(broken)}})
	c.must(err)
	if filed.Subject != "a\uFFFDb\uFFFD" || len(filed.Attachments) != 1 {
		t.Errorf("filed: %+v", filed)
	}
	c.must(c.CheckTrail(t.Context(), c.number))
}

func TestMailOfNoCaseWaitsForTriage(t *testing.T) {
	r := aRoom(t)
	mail := store.InboundMail{MessageID: "<b@ministry.example>", Raw: []byte("x"), From: "a@b.example", Kind: "mail", FiledAs: "first-interest"}
	filed, _, err := r.FileMail(t.Context(), mail, nil)
	r.must(err)
	waiting, err := r.MailsToTriage(t.Context())
	r.must(err)
	if len(waiting) != 1 || waiting[0].ID != filed.ID {
		t.Errorf("waiting: %v", waiting)
	}
	if _, err := r.InboundMail(t.Context(), r.staff("admin", casework.Administrator), filed.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an administrator reads it: %v", err)
	}
	if m, err := r.InboundMail(t.Context(), r.officer(), filed.ID); err != nil || string(m.Raw) != "x" {
		t.Errorf("a case officer reads %q, %v", m.Raw, err)
	}
}

func TestAMailIsFiledOnceWhenItIsTriaged(t *testing.T) {
	c := aRoom(t).aRequest()
	filed, _, err := c.FileMail(t.Context(), store.InboundMail{MessageID: "b@ministry.example", Raw: []byte("x"), From: "a@b.example", Subject: "Gold", FiledAs: "first-interest"}, nil)
	c.must(err)
	file := func(n casework.CaseNumber) error {
		return c.MailBecame(t.Context(), c.officer(), casework.CaseOfficer, filed.ID, n, []store.NewDocument{{Title: "letter.pdf", Name: "letter.pdf", Body: []byte("%PDF")}})
	}
	if err := file("CNX-1999-0001"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("to a case that is not there: %v", err)
	}
	c.must(file(c.number))
	if err := file(c.number); !errors.Is(err, store.ErrMailTaken) {
		t.Errorf("a second time: %v", err)
	}
	same(t, "trail", c.what(), []string{"request-started", "document-added mail", "mail-filed"})
	c.must(c.CheckTrail(t.Context(), c.number))
	if n, err := c.CountMailsToTriage(t.Context()); n != 0 || err != nil {
		t.Errorf("%d mails still wait, %v", n, err)
	}
}

func TestTheDraftOfWhoDidATaskIsForgotten(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, other, assess := c.officer(), c.staff("officer2", casework.CaseOfficer), c.aTask(casework.AssessEligibility)
	c.asks(assess)
	draft := casework.Values{"reasons": "half a sent"}
	mark, err := c.SaveDraft(t.Context(), officer, assess.ID, "", casework.Values{"reasons": "half"})
	c.must(err)
	_, err = c.SaveDraft(t.Context(), officer, assess.ID, mark, draft)
	c.must(err)
	kept := func(p store.Person) casework.Values {
		got, err := c.Draft(t.Context(), p, assess.ID)
		c.must(err)
		return got.Form
	}
	same(t, "the draft", kept(officer), draft)
	first, err := c.Draft(t.Context(), officer, assess.ID)
	c.must(err)
	second, err := c.SaveDraft(t.Context(), officer, assess.ID, first.Mark, casework.Values{"reasons": "half a sentence"})
	c.must(err)
	now, err := c.SaveDraft(t.Context(), officer, assess.ID, first.Mark, casework.Values{"reasons": "something older"})
	if !errors.Is(err, store.ErrNewerDraft) || now != second {
		t.Errorf("an older page's draft over a newer one: %q of %q, %v", now, second, err)
	}
	same(t, "the newer draft", kept(officer), casework.Values{"reasons": "half a sentence"})
	_, err = c.SaveDraft(t.Context(), officer, assess.ID, second, draft)
	c.must(err)
	if _, err := c.SaveDraft(t.Context(), officer, assess.ID, "", draft); err != nil {
		t.Errorf("the same once more: %v", err)
	}
	same(t, "somebody else's", kept(other), casework.Values{})
	others := casework.Values{"reasons": "half of another"}
	mark, err = c.SaveDraft(t.Context(), other, assess.ID, "", others)
	c.must(err)
	c.applied(c.transition(completing(c.does(officer, assess, casework.Eligible, nil))))
	same(t, "after the task was done", kept(officer), casework.Values{})
	if _, err := c.SaveDraft(t.Context(), officer, assess.ID, "", draft); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a draft of who has done the task: %v", err)
	}
	same(t, "somebody else's after the task was done", kept(other), others)
	more := casework.Values{"reasons": "more of another"}
	_, err = c.SaveDraft(t.Context(), other, assess.ID, mark, more)
	c.must(err)
	closesAnother := func(days int) {
		t.Helper()
		_, err := c.DB().ExecContext(t.Context(), `UPDATE drafts SET saved_at = clock_timestamp() - $1 * interval '1 day'`, days)
		c.must(err)
		next := c.aTask(casework.AssessEligibility)
		c.asks(next)
		c.applied(c.transition(completing(c.does(officer, next, casework.Eligible, nil))))
	}
	closesAnother(89)
	same(t, "somebody else's after 89 days", kept(other), more)
	closesAnother(91)
	same(t, "somebody else's after 91 days", kept(other), casework.Values{})
}

func TestSigningIn(t *testing.T) {
	r := aRoom(t)
	officer := r.officer()
	if p, err := r.SignIn(t.Context(), " Officer@connex.test", "connex"); err != nil || p.ID != officer.ID {
		t.Errorf("signing in: %+v, %v", p, err)
	}
	for email, password := range map[string]string{"officer@connex.test": "wrong", "nobody@connex.test": "connex", "": ""} {
		if _, err := r.SignIn(t.Context(), email, password); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s with %q: %v", email, password, err)
		}
	}
	again, err := r.CreateAccount(t.Context(), store.Account{Email: "OFFICER@connex.test", Name: "Another", Password: "another", Roles: []casework.Role{casework.Head}})
	r.must(err)
	same(t, "the account that was there", []string{string(again.ID), again.Name, string(again.Roles[0])}, []string{string(officer.ID), "officer", "case_officer"})
	r.must(r.ChangeAccount(t.Context(), store.Account{ID: officer.ID, Name: "officer", Roles: officer.Roles, Active: false}))
	if _, err := r.SignIn(t.Context(), officer.Email, "connex"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an account that was closed: %v", err)
	}
	if _, err := r.Staff(t.Context(), officer.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the person of an account that was closed: %v", err)
	}
}

func TestTheRosterHasAnAddressOnce(t *testing.T) {
	r := aRoom(t)
	leila := r.expert("leila")
	if _, err := r.AddExpert(t.Context(), store.Expert{Name: "Another", Email: "LEILA@experts.example"}); !errors.Is(err, store.ErrAddressTaken) {
		t.Errorf("the same address again: %v", err)
	}
	leila.Name, leila.Languages = "Leila Haddad", store.List[string]{"en", "fr"}
	changed, err := r.ChangeExpert(t.Context(), leila)
	r.must(err)
	same(t, "changed", changed, leila)
	r.expert("tomas")
	first, err := r.Experts(t.Context(), 1, "")
	r.must(err)
	rest, err := r.Experts(t.Context(), 1, first.Next)
	r.must(err)
	if first.Items[0].Name != "Leila Haddad" || rest.Items[0].Name != "tomas" || rest.Next != "" {
		t.Errorf("pages %v and %v", first, rest)
	}
}

func TestAGuestsFilesAreCounted(t *testing.T) {
	c := aRoom(t).aRequest()
	guest := c.guest(casework.Government, "minister", "minister@ministry.example")
	add := func(who store.Person, key, body string) (store.Document, error) {
		return c.AddDocument(t.Context(), store.NewDocument{CaseNumber: c.number, Kind: store.Upload, Key: key, Title: "x", Name: "x", MediaType: "text/plain",
			Body: []byte(body), By: who, Role: who.Roles[0]})
	}
	first, err := add(guest, "task/field", "one")
	c.must(err)
	_, err = c.DB().ExecContext(t.Context(), `ALTER TABLE documents DROP CONSTRAINT a_size_is_the_bodys; UPDATE documents SET size = 1073741824 - 3`)
	c.must(err)
	_, err = add(guest, "", "two")
	c.must(err)
	changed := c.changed(func() {
		var full *store.NoRoom
		if _, err := add(guest, "", "4"); !errors.As(err, &full) || full.Why.ID != "invalid.too-heavy" {
			t.Errorf("a byte more: %v", err)
		}
		if again, err := add(guest, "task/field", "one"); err != nil || again.ID != first.ID {
			t.Errorf("what is there already: %v, %v", again, err)
		}
	})
	if changed != nil {
		t.Errorf("what changed: %v", changed)
	}
	for name, who := range map[string]store.Person{
		"another contact": c.guest(casework.Government, "deputy", "deputy@ministry.example"), "an expert": c.guest(casework.Expert, "minister", "expert@experts.example"),
		"an officer": c.officer(),
	} {
		if _, err := add(who, "", "5"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

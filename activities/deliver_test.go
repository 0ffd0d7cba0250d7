package activities

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"connex/casework"
	"connex/mail"
	"connex/store"

	"github.com/emersion/go-smtp"
	"go.temporal.io/sdk/temporal"
)

var linkLine = regexp.MustCompile(`(?m)^https://casework\.example/p/([\w-]{43})$`)

func TestAQueuedMailGoesOutOnceWithItsLink(t *testing.T) {
	b := atWork(t, nil)
	task := b.task(casework.ProvideInformation, "")
	ask := casework.Transition{ID: "asks", Open: []casework.Task{task},
		Mails: []casework.Mail{{Template: "task", Key: "task/1", To: casework.Government, Task: task.ID}}}
	queued := b.apply(ask)
	if again := b.apply(ask); !slices.Equal(queued, again) || len(queued) != 1 {
		t.Fatalf("queued %v, then %v", queued, again)
	}
	for range 2 {
		b.must(b.postman.SendMail(t.Context(), b.delivery(queued[0])))
	}
	kept := b.server.all()
	if len(kept) != 1 || kept[0].to != "n.shikongo@ministry.example" {
		t.Fatalf("%d mails arrived: %v", len(kept), kept)
	}
	got, err := mail.Read([]byte(kept[0].raw))
	b.must(err)
	if "<"+got.MessageID+">" != queued[0] || !strings.Contains(queued[0], string(b.number)) || !strings.HasSuffix(queued[0], "@casework.example>") {
		t.Errorf("Message-ID %s, queued as %s", got.MessageID, queued[0])
	}
	link := linkLine.FindStringSubmatch(got.Text)
	if link == nil || strings.Contains(b.mail(queued[0]).Text, link[1]) {
		t.Fatalf("no link alone on its line, or a stored one:\n%s", got.Text)
	}
	who, err := b.store.LinkByHash(t.Context(), casework.TokenHash(link[1]))
	b.must(err)
	if who.Email != "n.shikongo@ministry.example" || !who.Has(casework.Government) {
		t.Errorf("the link is %+v's", who)
	}
	if m := b.mail(queued[0]); m.State != store.MailSent {
		t.Errorf("it is %s", m.State)
	}
	b.trailHas("mail-queued", 1)
	b.trailHas("mail-sent", 1)
}

// trailHas counts entries of one kind.
func (b *workbench) trailHas(what string, want int) {
	b.t.Helper()
	person, err := b.store.Staff(b.t.Context(), b.officer.ID)
	b.must(err)
	page, err := b.store.Trail(b.t.Context(), person, b.number, 200, "")
	b.must(err)
	n := 0
	for _, e := range page.Items {
		if e.What == what {
			n++
		}
	}
	if n != want {
		b.t.Errorf("%d entries %s, want %d", n, what, want)
	}
}

func TestOnePersonHasOneLinkInACase(t *testing.T) {
	b := atWork(t, nil)
	links := map[string]bool{}
	for _, key := range []string{"one", "two"} {
		for _, id := range b.apply(casework.Transition{ID: key, Entries: []casework.Entry{{What: "note"}}, Mails: []casework.Mail{{Template: "lapsed", Key: key, To: casework.Government}}}) {
			links[b.mail(id).Link] = true
		}
	}
	if len(links) != 1 {
		t.Errorf("%d links", len(links))
	}
}

func TestARefusalIsNotedAndTheOfficerTold(t *testing.T) {
	b := atWork(t, nil)
	b.server.refuses["n.shikongo@ministry.example"] = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such person n.shikongo"}
	id := b.apply(casework.Transition{ID: "x", Entries: []casework.Entry{{What: "note"}}, Mails: []casework.Mail{{Template: "lapsed", Key: "x", To: casework.Government}}})[0]
	err := b.postman.SendMail(t.Context(), b.delivery(id))
	var refused *temporal.ApplicationError
	if !errors.As(err, &refused) || !refused.NonRetryable() || refused.Type() != casework.MailRefusedError || refused.Message() != "550" {
		t.Fatalf("refused with %v", err)
	}
	var told casework.Told
	for range 2 {
		told, err = b.postman.MailRefused(t.Context(), casework.Undeliverable{Delivery: b.delivery(id), Code: "550"})
		b.must(err)
		if len(told.Mails) != 1 {
			t.Fatalf("told by %v", told.Mails)
		}
	}
	if m := b.mail(told.Mails[0]); m.Address != b.officer.Email || !strings.Contains(casework.OneLine(m.Text), "n.shikongo@ministry.example could not be delivered: the mail server there answered 550") {
		t.Errorf("%s is told:\n%s", m.Address, m.Text)
	}
	b.trailHas("mail-refused", 1)
	b.must(b.postman.SendMail(t.Context(), b.delivery(id))) // settled: nothing happens any more
	if len(b.server.all()) != 0 {
		t.Error("it went out after all")
	}
}

// A colleague who gets no mail cannot know it; the case officer hears of it, or the heads in their place.
func TestARefusalByAColleaguesServerIsToldToAnother(t *testing.T) {
	b := atWork(t, nil)
	head, reviewer := b.account("head", casework.Head), b.account("reviewer", casework.Reviewer)
	check := b.task(casework.CheckConflict, reviewer.ID)
	b.apply(casework.Transition{ID: "opens", Open: []casework.Task{check}})
	for name, tt := range map[string]struct {
		mail casework.Mail
		told []string
	}{
		"a reviewer":       {casework.Mail{Template: "reminder", Key: "1", To: casework.Reviewer, Person: reviewer.ID, Task: check.ID}, []string{"officer"}},
		"the case officer": {casework.Mail{Template: "contact-changed", Key: "2", To: casework.CaseOfficer, Person: b.officer.ID}, []string{"head"}},
		"a head":           {casework.Mail{Template: "conflict", Key: "3", To: casework.Head, Person: head.ID}, []string{"officer"}},
	} {
		id := b.apply(note(name, tt.mail))[0]
		var told casework.Told
		for range 2 {
			var err error
			told, err = b.postman.MailRefused(t.Context(), casework.Undeliverable{Delivery: b.delivery(id), Code: "550"})
			b.must(err)
		}
		if got := b.addressees(told.Mails); !slices.Equal(got, tt.told) {
			t.Fatalf("%s: told are %v, want %v", name, got, tt.told)
		}
		if text := casework.OneLine(b.mail(told.Mails[0]).Text); !strings.Contains(text, "It is a colleague's address") {
			t.Errorf("%s: told\n%s", name, text)
		}
		for tt.told[0] == "officer" && len(told.Mails) > 0 { // and the news of it is refused as well
			again, err := b.postman.MailRefused(t.Context(), casework.Undeliverable{Delivery: b.delivery(told.Mails[0]), Code: "550"})
			b.must(err)
			if len(again.Mails) > 0 && b.mail(again.Mails[0]).Address != head.Email {
				t.Errorf("%s: of the news hears %s", name, b.mail(again.Mails[0]).Address)
			}
			told = again
		}
	}
}

func TestWhatMayPassIsTriedAgain(t *testing.T) {
	for name, change := range map[string]func(*testing.T, *workbench){
		"busy": func(_ *testing.T, b *workbench) {
			b.server.refuses["n.shikongo@ministry.example"] = &smtp.SMTPError{Code: 451, Message: "later, n.shikongo"}
		},
		"away": func(t *testing.T, b *workbench) {
			sender, err := mail.NewSender("127.0.0.1:1")
			if err != nil {
				t.Fatal(err)
			}
			b.postman.Sender = sender
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := atWork(t, nil)
			change(t, b)
			id := b.apply(casework.Transition{ID: "x", Entries: []casework.Entry{{What: "note"}}, Mails: []casework.Mail{{Template: "lapsed", Key: "x", To: casework.Government}}})[0]
			err := b.postman.SendMail(context.Background(), b.delivery(id))
			var final *temporal.ApplicationError
			if err == nil || errors.As(err, &final) || strings.Contains(err.Error(), "shikongo") {
				t.Errorf("SendMail says %v", err)
			}
			if m := b.mail(id); m.State != store.MailQueued {
				t.Errorf("it is %s: what is withdrawn now could not be taken back", m.State)
			}
		})
	}
}

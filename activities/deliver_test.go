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

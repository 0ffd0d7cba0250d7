package mailbox_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"connex/api/apitest"
	"connex/api/mailbox"
	"connex/mail"
	"connex/mail/mailtest"
	"connex/store"
)

// bench is a house whose mailbox is polled.
type bench struct {
	*apitest.House
	t      *testing.T
	server *mailtest.Server
}

func aBench(t *testing.T) *bench {
	t.Helper()
	t.Parallel()
	return &bench{apitest.New(t), t, mailtest.Listen(t, "plain")}
}

// reader is that of one api process.
func (b *bench) reader(password string, taker mailbox.Taker) *mailbox.Reader {
	b.t.Helper()
	box, err := mail.NewMailbox("plain://"+b.server.Addr, mail.MailboxAccount{User: mailtest.User, Password: password, Folder: mailtest.Folder})
	if err != nil {
		b.t.Fatal(err)
	}
	return mailbox.New(box, time.Minute, b.Store, taker, slog.New(slog.NewJSONHandler(b.Log, nil)))
}

// due lets a minute pass, or whatever was left of the pause; it says how long that was, in seconds.
func (b *bench) due() (pause float64) {
	b.t.Helper()
	err := b.Store.DB().QueryRowContext(b.t.Context(), `
		WITH before AS (SELECT extract(epoch FROM next_at - clock_timestamp())::float8 AS pause FROM mailboxes)
		UPDATE mailboxes SET next_at = clock_timestamp() FROM before RETURNING before.pause`).Scan(&pause)
	if err != nil {
		b.t.Fatal(err)
	}
	return pause
}

func (b *bench) round(r *mailbox.Reader) {
	b.t.Helper()
	if err := r.Round(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
}

// filed tells how many mails there are, how they are filed and what they say.
func (b *bench) filed() (mails []store.InboundMail) {
	b.t.Helper()
	rows, err := b.Store.DB().QueryContext(b.t.Context(), `SELECT message_id, filed_as, case_number, subject, text FROM inbound_mails ORDER BY received_at`)
	if err != nil {
		b.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var m store.InboundMail
		if err := rows.Scan(&m.MessageID, &m.FiledAs, &m.CaseNumber, &m.Subject, &m.Text); err != nil {
			b.t.Fatal(err)
		}
		mails = append(mails, m)
	}
	if err := rows.Err(); err != nil {
		b.t.Fatal(err)
	}
	return mails
}

func aMail(subject, more string) string {
	return "From: Fatou Example <fatou@ministry.example>\r\nTo: " + mailtest.User + "\r\nSubject: " + subject + "\r\n" + more + "\r\nPlease see below.\r\n"
}

func TestMailInTheMailboxIsFiledOnce(t *testing.T) {
	b := aBench(t)
	n := b.Request()
	first, second := b.reader(mailtest.Password, b.Dispatch), b.reader(mailtest.Password, b.Dispatch)
	named := aMail("Our letter ["+string(n)+"]", "Message-ID: <one@ministry.example>\r\n")
	b.server.Deliver(named)
	b.server.Deliver(aMail("We have no number", ""))
	b.server.Deliver("\x00\x01 this is no mail")
	b.round(first)
	b.round(second) // it is not its turn
	for range 2 {
		b.due()
		b.round(second)
	}
	b.server.Renumber() // and all of them are there again, as new
	b.server.Deliver(named)
	b.server.Deliver(aMail("We have no number", ""))
	b.due()
	b.round(first)
	got := b.filed()
	if len(got) != 3 || got[0].FiledAs != "case" || got[0].CaseNumber != n || got[1].FiledAs != "first-interest" ||
		!strings.HasSuffix(got[1].MessageID, "@without-id.invalid") || got[2].FiledAs != "raw" {
		t.Errorf("filed: %+v", got)
	}
	if b.server.Unread() != 0 {
		t.Errorf("%d mails are not marked as read", b.server.Unread())
	}
	if err := b.Store.CheckTrail(t.Context(), n); err != nil {
		t.Error(err)
	}
}

func TestAMailboxIsReadByOneAtATime(t *testing.T) {
	b := aBench(t)
	b.server.Deliver(aMail("One", ""))
	other := b.reader(mailtest.Password, b.Dispatch)
	b.round(b.reader(mailtest.Password, taking(func() error { // while the first one is at it
		b.round(other)
		if got := b.filed(); len(got) != 0 {
			t.Errorf("two read at a time: %+v", got)
		}
		return nil
	})))
}

// A process that was frozen for longer than its turn must not write over how far another one came.
func TestWhoseTurnIsOverKeepsNothing(t *testing.T) {
	b := aBench(t)
	b.server.Deliver(aMail("One", ""))
	b.server.Deliver(aMail("Two", ""))
	other := b.reader(mailtest.Password, b.Dispatch)
	thawed := false
	b.round(b.reader(mailtest.Password, taking(func() error {
		if thawed {
			t.Error("it went on")
		}
		thawed = true
		b.due()
		b.round(other)
		return errors.New("the database is away")
	})))
	if got := b.filed(); len(got) != 2 {
		t.Errorf("filed: %+v", got)
	}
	b.due()
	b.round(b.reader(mailtest.Password, taking(func() error { t.Error("something waits"); return nil })))
}

func TestAMailThatCannotBeFiledWaitsForItself(t *testing.T) {
	b := aBench(t)
	b.server.Deliver(aMail("One", ""))
	b.server.Deliver(aMail("Two", ""))
	tries := 0
	b.round(b.reader(mailtest.Password, taking(func() error {
		if tries++; tries == 1 {
			panic("a fault of ours")
		}
		return nil
	})))
	if tries != 2 || b.server.Unread() != 1 || !strings.Contains(b.Log.String(), "mail 1: it cannot be filed: a fault of ours") {
		t.Errorf("%d tries, %d unread: %s", tries, b.server.Unread(), b.Log.String())
	}
	b.due()
	b.round(b.reader(mailtest.Password, b.Dispatch))
	if got := b.filed(); len(got) != 1 || got[0].Subject != "One" || b.server.Unread() != 0 {
		t.Errorf("filed: %+v", got)
	}
}

func TestAMailboxThatCannotBeReadIsToldAndTriedAgain(t *testing.T) {
	b := aBench(t)
	b.server.Deliver(aMail("One", ""))
	b.server.Stop()
	r := b.reader(mailtest.Password, b.Dispatch)
	for _, want := range []float64{60, 120, 240, 480, 900, 900} {
		b.round(r)
		if pause := b.due(); pause < want-10 || pause > want {
			t.Errorf("tried again after %.0f seconds, want %.0f", pause, want)
		}
	}
	if !strings.Contains(b.Log.String(), "the mailbox cannot be read to its end") {
		t.Errorf("the log says %s", b.Log.String())
	}
	b.shut(0) // for some minutes only
	if _, err := b.Store.DB().ExecContext(t.Context(), `UPDATE mailboxes SET failing_since = failing_since - interval '11 minutes'`); err != nil {
		t.Fatal(err)
	}
	b.shut(1)
	b.server.Start()
	b.round(r)
	b.shut(0)
	if got := b.filed(); len(got) != 1 || !strings.Contains(b.Log.String(), "the mailbox can be read again") {
		t.Errorf("filed: %+v; the log says %s", got, b.Log.String())
	}
	if pause := b.due(); pause > 60 {
		t.Errorf("it is read again after %.0f seconds", pause)
	}
}

func (b *bench) shut(want int) {
	b.t.Helper()
	list, err := b.Store.Stuck(b.t.Context())
	if err != nil || len(list) != want || want > 0 && (list[0].What != store.MailboxShut || !strings.Contains(list[0].About, mailtest.User)) {
		b.t.Errorf("%v stand still, want %d mailboxes: %v", list, want, err)
	}
}

func TestAWrongPasswordIsSaidPlainlyAndNotRepeated(t *testing.T) {
	b := aBench(t)
	b.round(b.reader("not the secret", b.Dispatch))
	said := b.Log.String()
	if !strings.Contains(said, "CONNEX_IMAP_USER or CONNEX_IMAP_PASSWORD is wrong") || strings.Contains(said, "not the secret") {
		t.Errorf("the log says %s", said)
	}
}

func TestOfAMailThatIsTooLargeTheTriageHears(t *testing.T) {
	b := aBench(t)
	n := b.Request()
	size := int64(63 << 20)
	for _, subject := range []string{"The contract", "The contract [" + string(n) + "]"} {
		header := "From: fatou@ministry.example\r\nSubject: " + subject + "\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
		for range 2 {
			if err := b.Dispatch.TakeInHeader(t.Context(), []byte(header), size, "INBOX"); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := b.filed()
	if len(got) != 2 || got[0].FiledAs != "first-interest" || got[0].Subject != "The contract" || got[1].CaseNumber != n ||
		!strings.Contains(got[0].Text, "63 MB") || !strings.Contains(got[0].Text, "(INBOX)") {
		t.Errorf("filed: %+v", got)
	}
}

// A process that stops lets another one read at once.
func TestWhoStopsGivesTheMailboxBack(t *testing.T) {
	b := aBench(t)
	b.server.Deliver(aMail("One", ""))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	r := b.reader(mailtest.Password, taking(func() error { stop(); return context.Canceled }))
	go func() { r.Run(ctx); close(ended) }()
	<-ended
	b.round(b.reader(mailtest.Password, b.Dispatch))
	if got := b.filed(); len(got) != 1 {
		t.Errorf("filed: %+v", got)
	}
	if err := b.Store.KeepMailbox(t.Context(), store.Mailbox{Name: "none"}, time.Minute); !errors.Is(err, store.ErrMailboxLost) {
		t.Errorf("%v", err)
	}
}

// taking files nothing.
type taking func() error

func (f taking) TakeIn(context.Context, []byte) (store.InboundMail, bool, error) {
	return store.InboundMail{}, false, f()
}

func (f taking) TakeInHeader(context.Context, []byte, int64, string) error { return f() }

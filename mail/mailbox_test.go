package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"connex/mail/mailtest"
)

// office reads a mailbox as the api does, and remembers what it took and where it was.
type office struct {
	t       *testing.T
	server  *mailtest.Server
	box     *Mailbox
	place   Place
	took    []string
	refuses string
	kept    []Place
}

func anOffice(t *testing.T) *office {
	t.Helper()
	t.Parallel()
	server := mailtest.Listen(t, "plain")
	return &office{t: t, server: server, box: theBox(t, server, mailtest.Password)}
}

func theBox(t *testing.T, server *mailtest.Server, password string) *Mailbox {
	t.Helper()
	return aBox(t, "plain://"+server.Addr, password)
}

func aBox(t *testing.T, addr, password string) *Mailbox {
	t.Helper()
	box, err := NewMailbox(addr, MailboxAccount{User: mailtest.User, Password: password, Folder: mailtest.Folder})
	if err != nil {
		t.Fatal(err)
	}
	return box
}

func (o *office) delivered(name string, flags ...imap.Flag) imap.UID {
	return o.server.Deliver("Subject: "+name+"\r\n\r\nText.\r\n", flags...)
}

func (o *office) read() error {
	o.t.Helper()
	take := func(_ context.Context, a Arrived) error {
		name := strings.TrimPrefix(strings.SplitN(string(a.Raw), "\r\n", 2)[0], "Subject: ")
		if name == o.refuses {
			return errors.New("the database is away")
		}
		o.took = append(o.took, name)
		return nil
	}
	ctx, stop := context.WithTimeout(o.t.Context(), 20*time.Second)
	defer stop()
	var err error
	o.place, err = o.box.Read(ctx, o.place, take, func(p Place) error {
		o.kept = append(o.kept, p)
		return nil
	})
	return err
}

// takes reads once and tells what must have been taken since, and how many mails nobody has read then.
func (o *office) takes(unread int, names ...string) {
	o.t.Helper()
	o.took = nil
	if err := o.read(); err != nil {
		o.t.Fatal(err)
	}
	if !slices.Equal(o.took, names) || o.server.Unread() != unread {
		o.t.Fatalf("it took %v and leaves %d unread, want %v and %d", o.took, o.server.Unread(), names, unread)
	}
}

func TestWhatComesInIsTakenOnce(t *testing.T) {
	o := anOffice(t)
	o.takes(0)
	o.delivered("one")
	o.delivered("two")
	o.takes(0, "one", "two")
	o.takes(0)
	o.delivered("three")
	o.takes(0, "three")
}

// Who opens the mailbox beside us must not keep a mail from being filed.
func TestAMailThatSomebodyElseHasReadIsTakenAllTheSame(t *testing.T) {
	o := anOffice(t)
	o.delivered("from years ago", imap.FlagSeen)
	o.delivered("unread")
	o.takes(0, "unread")
	o.delivered("read by a colleague", imap.FlagSeen)
	o.takes(0, "read by a colleague")
}

func TestAMailIsReadOnceItIsTakenAndNotBefore(t *testing.T) {
	o := anOffice(t)
	o.delivered("one")
	unread := -1
	_, err := o.box.Read(t.Context(), o.place, func(context.Context, Arrived) error {
		unread = o.server.Unread()
		return nil
	}, func(Place) error { return nil })
	if err != nil || unread != 1 || o.server.Unread() != 0 {
		t.Errorf("%v; %d unread while it was taken, %d afterwards; want 1 and 0", err, unread, o.server.Unread())
	}
}

func TestWhatCannotBeTakenHoldsNothingUpAndWaits(t *testing.T) {
	o := anOffice(t)
	o.delivered("one")
	o.delivered("two")
	o.refuses = "one"
	if err := o.read(); err == nil || !slices.Equal(o.took, []string{"two"}) || o.server.Unread() != 1 || !slices.Equal(o.place.Waiting, []uint32{1}) {
		t.Fatalf("%v; took %v, leaves %d unread, %v wait", err, o.took, o.server.Unread(), o.place.Waiting)
	}
	o.delivered("three")
	o.refuses = ""
	o.takes(0, "three", "one")
}

// The place is known before anything is fetched: a process that is killed then passes nothing over.
func TestWhatWasFoundIsKeptBeforeItIsTaken(t *testing.T) {
	o := anOffice(t)
	o.delivered("one")
	o.delivered("two")
	o.takes(0, "one", "two")
	for i, want := range [][]uint32{{1, 2}, {2}, {}} {
		if got := o.kept[i]; !slices.Equal(got.Waiting, want) || got.Last != 2 {
			t.Errorf("step %d: up to %d, %v wait, want %v", i, got.Last, got.Waiting, want)
		}
	}
	o.delivered("three")
	lost := errors.New("another process reads it")
	_, err := o.box.Read(t.Context(), o.place, func(context.Context, Arrived) error { t.Error("it was fetched"); return nil }, func(Place) error { return lost })
	if !errors.Is(err, lost) || o.server.Unread() != 1 {
		t.Errorf("%v; %d unread", err, o.server.Unread())
	}
}

func TestAMailThatBreaksTheLineHoldsNothingUp(t *testing.T) {
	o := anOffice(t)
	o.delivered("one")
	bad := o.delivered("bad")
	o.delivered("three")
	o.server.Failing(func(uid imap.UID) error {
		if uid == bad {
			return mailtest.ErrHangUp
		}
		return nil
	})
	for range 2 {
		if err := o.read(); err == nil {
			t.Fatal("nobody noticed")
		}
	}
	if !slices.Equal(o.took, []string{"one", "three"}) || !slices.Equal(o.place.Waiting, []uint32{uint32(bad)}) {
		t.Fatalf("took %v, %v wait", o.took, o.place.Waiting)
	}
	o.server.Failing(nil)
	o.takes(0, "bad")
}

func TestAMailThatTheServerRefusesWaits(t *testing.T) {
	o := anOffice(t)
	bad := o.delivered("bad")
	o.delivered("two")
	o.server.Failing(func(uid imap.UID) error {
		if uid == bad {
			return &imap.Error{Type: imap.StatusResponseTypeNo, Text: "corrupted"}
		}
		return nil
	})
	if err := o.read(); err == nil || !strings.Contains(err.Error(), "mail 1: ") || !strings.Contains(err.Error(), "corrupted") || !slices.Equal(o.took, []string{"two"}) {
		t.Errorf("%v; took %v", err, o.took)
	}
}

func TestNumbersGivenAnewPassNothingOver(t *testing.T) {
	o := anOffice(t)
	for i := range 5 {
		o.delivered(fmt.Sprint(i))
	}
	o.takes(0, "0", "1", "2", "3", "4")
	o.server.Renumber()
	o.delivered("0", imap.FlagSeen)
	o.delivered("new, and read by a colleague", imap.FlagSeen)
	o.delivered("new")
	o.takes(0, "0", "new, and read by a colleague", "new") // what was filed before is found so
	o.delivered("newer")
	o.takes(0, "newer")
}

func TestOfAMailThatIsTooLargeTheHeaderIsTaken(t *testing.T) {
	o := anOffice(t)
	header := "Subject: large\r\nContent-Type: text/plain\r\n\r\n"
	o.server.Deliver(header + strings.Repeat(strings.Repeat("x", 70)+"\r\n", LargestArrived/72+1))
	var got []Arrived
	var err error
	for range 2 {
		o.place, err = o.box.Read(t.Context(), o.place, func(_ context.Context, a Arrived) error {
			got = append(got, a)
			return nil
		}, func(Place) error { return nil })
	}
	if err != nil || len(got) != 1 || !got[0].HeaderOnly || string(got[0].Raw) != header || got[0].Size <= LargestArrived {
		t.Fatalf("%v; %d taken", err, len(got))
	}
	if o.server.Unread() != 1 {
		t.Error("it is marked as read, though nobody has the whole of it")
	}
}

func TestWhoDoesNotGetIn(t *testing.T) {
	t.Parallel()
	server := mailtest.Listen(t, "plain")
	server.Deliver("Subject: x\r\n\r\n")
	var refused *RefusedLogin
	_, err := theBox(t, server, "a wrong secret").Read(t.Context(), Place{}, nil, nil)
	if !errors.As(err, &refused) || strings.Contains(err.Error(), "wrong secret") || !strings.Contains(err.Error(), mailtest.User) {
		t.Errorf("%v", err)
	}
	other, err := NewMailbox("plain://"+server.Addr, MailboxAccount{User: mailtest.User, Password: mailtest.Password, Folder: "Gesperrt & zu"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Read(t.Context(), Place{}, nil, nil); err == nil || !strings.Contains(err.Error(), "the folder Gesperrt & zu cannot be opened") {
		t.Errorf("%v", err)
	}
	if strings.Contains(other.String(), mailtest.Password) {
		t.Errorf("%s says the password", other)
	}
	server.Stop()
	if _, err := other.Read(t.Context(), Place{}, nil, nil); err == nil || errors.As(err, &refused) {
		t.Errorf("a server that is away: %v", err)
	}
}

func TestMailboxesAreReadEncrypted(t *testing.T) {
	t.Parallel()
	for _, scheme := range []string{"tls", "starttls"} {
		server := mailtest.Listen(t, scheme)
		server.Deliver("Subject: x\r\n\r\n")
		took := 0
		read := func(box *Mailbox) error {
			_, err := box.Read(t.Context(), Place{}, func(context.Context, Arrived) error { took++; return nil }, func(Place) error { return nil })
			return err
		}
		if err := read(aBox(t, scheme+"://"+server.Addr, mailtest.Password)); err == nil || server.Logins() != 0 {
			t.Errorf("%s, an unknown certificate: %v, the password was said %d times", scheme, err, server.Logins())
		}
		box := aBox(t, scheme+"://"+server.Addr, mailtest.Password)
		box.Trust(&tls.Config{RootCAs: server.Roots, MinVersion: tls.VersionTLS12})
		if err := read(box); err != nil || took != 1 {
			t.Errorf("%s: %v, took %d", scheme, err, took)
		}
	}
	plain := mailtest.Listen(t, "plain")
	for _, addr := range []string{plain.Addr, "tls://" + plain.Addr, "starttls://" + plain.Addr} {
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
		if _, err := aBox(t, addr, mailtest.Password).Read(ctx, Place{}, nil, nil); err == nil || plain.Logins() != 0 {
			t.Errorf("%s: a server that cannot encrypt was told the password: %v", addr, err)
		}
		stop()
	}
}

func TestASilentMailboxIsGivenUp(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer stop()
	began := time.Now()
	if _, err := aBox(t, "plain://"+l.Addr().String(), "x").Read(ctx, Place{}, nil, nil); err == nil || time.Since(began) > 5*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
}

func TestAddressesOfMailboxes(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{
		"imap.example:993": "imap.example:993", "tls://imap.example": "imap.example:993", "starttls://imap.example": "imap.example:143",
		"plain://[::1]:1143": "[::1]:1143", "imap.example": "imap.example:993", "": "", "http://imap.example": "", "imap://imap.example:143": "",
		"tls://user:secret@imap.example": "", "tls://imap.example/Inbox": "", "tls://:993": "", "%zz:secret": "",
	} {
		box, err := NewMailbox(addr, MailboxAccount{})
		if (err == nil) != (want != "") || err == nil && box.address != want || err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v, %v, want %q", addr, box, err, want)
		}
	}
}

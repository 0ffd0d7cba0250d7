package activities

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"connex/casework"
	"connex/mail"
	"connex/store"
	"connex/store/storetest"

	"github.com/emersion/go-smtp"
	"github.com/google/uuid"
)

// workbench is a case on a real database with a mail server beside it.
type workbench struct {
	t        *testing.T
	store    *store.Store
	composer *Composer
	postman  *Postman
	server   *postbox
	officer  store.Account
	number   casework.CaseNumber
	calendar casework.Calendar
}

const publicURL = "https://casework.example"

var secret = []byte(strings.Repeat("s", 32))

// atWork starts a request of a ministry, run by an officer.
func atWork(t *testing.T, facts casework.Values) *workbench {
	t.Helper()
	b := &workbench{t: t, store: storetest.New(t), server: listen(t), composer: &Composer{Secret: secret, PublicURL: publicURL}}
	sender, err := mail.NewSender(b.server.addr)
	if err != nil {
		t.Fatal(err)
	}
	b.postman = &Postman{Store: b.store, Sender: sender, Composer: b.composer, Secret: secret, PublicURL: publicURL}
	b.officer = b.account("officer", casework.CaseOfficer)
	b.calendar = casework.Calendar{Start: time.Now().Add(-time.Hour).UTC().Truncate(time.Microsecond), DayLength: 24 * time.Hour}
	form := casework.Values{"channel": "email", "summary": "Help.", "country": "NA", "institution": "Ministry of Mines (fictitious)",
		"contactName": "Ndapewa Shikongo", "contactEmail": "n.shikongo@ministry.example", "contactPhone": "+000 1", "language": "en", "resource": "lithium"}
	for name, value := range facts {
		form[name] = value
	}
	person, err := b.store.Staff(t.Context(), b.officer.ID)
	b.must(err)
	a, err := b.store.StartRequest(t.Context(), store.NewRequest{ID: casework.ActionID(uuid.NewString()), Person: person,
		Role: casework.CaseOfficer, Form: form, Calendar: b.calendar})
	b.must(err)
	b.number = a.CaseNumber
	d := a.Decision()
	b.apply(casework.Transition{ID: "start", Decision: &d, Request: casework.RequestChange{Officer: b.officer.ID},
		Entries: []casework.Entry{{What: casework.TrailRequestStarted}}})
	return b
}

func (b *workbench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *workbench) account(name string, roles ...casework.Role) store.Account {
	b.t.Helper()
	a, err := b.store.CreateAccount(b.t.Context(), store.Account{Email: name + "@connex.test", Name: name, Roles: roles, Password: "connex", Phone: "+49 30 1"})
	b.must(err)
	return a
}

// apply records a transition of the case's workflow and returns the mails that it queued.
func (b *workbench) apply(t casework.Transition) []string {
	b.t.Helper()
	t.CaseNumber, t.Workflow = b.number, string(b.number)
	t.ID = string(b.number) + "/" + t.ID
	if t.At.IsZero() {
		t.At = b.calendar.Process(time.Now())
	}
	done, err := b.store.Apply(b.t.Context(), t, b.composer)
	b.must(err)
	if done.Refusal != nil {
		b.t.Fatal(done.Refusal)
	}
	return done.Mails
}

// does completes a task that is open.
func (b *workbench) does(task casework.Task, by store.Account, form casework.Values, then casework.Transition) []string {
	b.t.Helper()
	person, err := b.store.Staff(b.t.Context(), by.ID)
	b.must(err)
	row, err := b.store.Task(b.t.Context(), person, task.ID)
	b.must(err)
	a, err := b.store.AddAction(b.t.Context(), store.NewAction{ID: casework.ActionID(uuid.NewString()), Person: person, Role: by.Roles[0], Task: row,
		Kind: task.Kind, Outcome: form.Outcome(), Form: form})
	b.must(err)
	d := a.Decision()
	then.ID, then.Decision, then.Completes = "action/"+string(a.ID), &d, task.ID
	for i := range then.Mails {
		then.Mails[i].Action = a.ID
	}
	for i := range then.Letters {
		then.Letters[i].Actions = append(then.Letters[i].Actions, a.ID)
	}
	return b.apply(then)
}

func (b *workbench) task(kind casework.TaskKind, holder casework.PersonID) casework.Task {
	k, _ := casework.KindOf(kind)
	now := b.calendar.Process(time.Now())
	return casework.Task{ID: casework.TaskID(uuid.NewString()), Kind: kind, Key: string(kind) + "/" + uuid.NewString(), Role: k.Role, Holder: holder, Opened: now,
		Clock: casework.NewClock(nil, kind, now)}
}

func (b *workbench) mail(id string) store.Mail {
	b.t.Helper()
	m, err := b.store.Mail(b.t.Context(), id)
	b.must(err)
	return m
}

func (b *workbench) delivery(id string) casework.Delivery {
	return casework.Delivery{CaseNumber: b.number, MessageID: id}
}

// postbox is a mail server that keeps what it takes, and refuses whom it is told to.
type postbox struct {
	addr string

	mu      sync.Mutex
	kept    []letterbox
	refuses map[string]*smtp.SMTPError
}

type letterbox struct{ to, raw string }

func listen(t *testing.T) *postbox {
	t.Helper()
	p := &postbox{refuses: map[string]*smtp.SMTPError{}}
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.addr = at.Addr().String()
	server := smtp.NewServer(p)
	go func() { _ = server.Serve(at) }()
	t.Cleanup(func() { _ = server.Close() })
	return p
}

// NewSession implements smtp.Backend.
func (p *postbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{box: p}, nil }

func (p *postbox) all() []letterbox {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]letterbox(nil), p.kept...)
}

type session struct {
	box *postbox
	to  string
}

func (s *session) Mail(string, *smtp.MailOptions) error { return nil }
func (s *session) Reset()                               {}
func (s *session) Logout() error                        { return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if no := s.box.refuses[to]; no != nil {
		return no
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	s.box.kept = append(s.box.kept, letterbox{s.to, string(raw)})
	return err
}

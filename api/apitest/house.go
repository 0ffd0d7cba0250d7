// Package apitest is a whole api for tests: real PostgreSQL, real handlers, and in the place of Temporal a workflow that
// applies whatever it is told. Tests open the tasks that they need by hand, and say how the workflow behaves. Every
// answer is held against the description that outside programs rely on.
package apitest

import (
	"bytes"
	"context"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"connex/api/dispatch"
	v1 "connex/api/v1"
	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/store/storetest"
)

// Secret is the installation's in tests.
var Secret = bytes.Repeat([]byte("s"), 32)

// MailToken is the mail gateway's.
const MailToken = "a-gateway-that-is-known-here"

// House is the api with all around it.
type House struct {
	t        testing.TB
	Store    *store.Store
	Temporal *Temporal
	Dispatch *dispatch.Dispatch
	URL      string
	Log      *Log
	Engine   *gin.Engine

	contract *contract
	accounts map[string]store.Person
}

// Room adds its routes.
type Room func(*gin.Engine, web.Deps)

// New is a house with an empty database, the JSON interface and these rooms.
func New(t testing.TB, rooms ...Room) *House {
	t.Helper()
	return Over(t, storetest.New(t, Sealed), rooms...)
}

// Sealed is how a house's store is opened.
var Sealed = store.SealedWith(casework.SealKey(Secret))

// Over is a house over a database that is there already.
func Over(t testing.TB, s *store.Store, rooms ...Room) *House {
	t.Helper()
	h := &House{t: t, Store: s, Temporal: &Temporal{store: s}, Log: &Log{}, contract: theContract(t), accounts: map[string]store.Person{}}
	log := slog.New(slog.NewJSONHandler(h.Log, nil))
	config := web.Config{PublicURL: "http://connex.test", Day: 24 * time.Hour, Secret: Secret, MailToken: MailToken, ConsoleURL: "http://console.test", Namespace: "default"}
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	h.Dispatch = dispatch.New(ctx, dispatch.Config{Day: config.Day, Secret: Secret, PublicURL: config.PublicURL}, s, h.Temporal, log)
	limits := web.NewLimits()
	sessions := web.NewSessions(s, limits, false)
	t.Cleanup(sessions.Close)
	d := web.Deps{Config: config, Store: s, Dispatch: h.Dispatch, Temporal: h.Temporal, Sessions: sessions, Limits: limits, Log: log, Stopping: ctx}
	h.serve(d, rooms)
	return h
}

func (h *House) serve(d web.Deps, rooms []Room) {
	engine, err := web.NewEngine(d)
	if err != nil {
		h.t.Fatal(err)
	}
	web.Assets(engine)
	web.RegisterOperators(engine, d)
	if err := v1.Register(engine, d); err != nil {
		h.t.Fatal(err)
	}
	for _, room := range rooms {
		room(engine, d)
	}
	server := httptest.NewServer(web.Around(d, engine))
	h.t.Cleanup(server.Close)
	h.URL, h.Engine = server.URL, engine
	go h.Store.Listen(d.Stopping) //nolint:errcheck // it ends with the test
}

// Account is somebody of the staff, made when first asked for.
func (h *House) Account(name string, roles ...casework.Role) store.Person {
	h.t.Helper()
	if p, there := h.accounts[name]; there {
		return p
	}
	if len(roles) == 0 {
		roles = usual[name]
	}
	hash, err := passwordHash()
	if err == nil {
		_, err = h.Store.DB().ExecContext(h.t.Context(), `INSERT INTO accounts (email, name, password_hash, roles) VALUES ($1, $2, $3, $4)`,
			name+"@connex.test", "The "+name, hash, store.List[casework.Role](roles))
	}
	if err != nil {
		h.t.Fatal(err)
	}
	a, err := h.Store.AccountByEmail(h.t.Context(), name+"@connex.test")
	if err != nil {
		h.t.Fatal(err)
	}
	h.accounts[name] = store.Person{ID: a.ID, Name: a.Name, Email: a.Email, Roles: a.Roles}
	return h.accounts[name]
}

// Password is everybody's.
const Password = "correct horse battery"

// passwordHash is made once for all accounts, and quick to compare with: a third of what these tests had to do was hashing.
var passwordHash = sync.OnceValues(func() (string, error) {
	return argon2id.CreateHash(Password, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
})

var usual = map[string][]casework.Role{
	"officer": {casework.CaseOfficer}, "officer2": {casework.CaseOfficer}, "reviewer": {casework.Reviewer},
	"board1": {casework.BoardMember}, "board2": {casework.BoardMember}, "head": {casework.Head, casework.CaseOfficer}, "deputy": {casework.Head},
	"evaluator": {casework.Evaluator}, "auditor": {casework.Auditor}, "admin": {casework.Administrator},
}

// Copies adds more documents that are like the newest of a request in everything.
func (h *House) Copies(n casework.CaseNumber, more int) {
	h.t.Helper()
	_, err := h.Store.DB().ExecContext(h.t.Context(), `
		INSERT INTO documents (case_number, kind, key, title, name, media_type, size, sha256, body, added_by, added_name, added_role, added_at)
		SELECT d.case_number, d.kind, '', d.title, d.name, d.media_type, d.size, d.sha256, d.body, d.added_by, d.added_name, d.added_role, d.added_at
		FROM   (SELECT * FROM documents WHERE case_number = $1 ORDER BY real_at DESC LIMIT 1) d, generate_series(1, $2)`, n, more)
	if err != nil {
		h.t.Fatal(err)
	}
}

// Started tells how many requests must have been started: by the workflows, the numbers and the decisions.
func (h *House) Started(want int) {
	h.t.Helper()
	var numbers, actions int
	err := h.Store.DB().QueryRowContext(h.t.Context(), `SELECT (SELECT sum(last) FROM case_numbers), (SELECT count(*) FROM actions)`).Scan(&numbers, &actions)
	if err != nil || len(h.Temporal.Started) != want || numbers != want || actions != want {
		h.t.Errorf("%d workflows, %d numbers, %d decisions, want %d: %v", len(h.Temporal.Started), numbers, actions, want, err)
	}
}

// Request starts a request of Guinea by the officer, who becomes its case officer.
func (h *House) Request() casework.CaseNumber {
	h.t.Helper()
	officer := h.Account("officer")
	n, err := h.Dispatch.Start(h.t.Context(), dispatch.FirstInterest{Person: officer, Key: uuid.NewString(), Values: casework.Values{
		"country": "GN", "institution": "Ministry of Mines", "contactName": "Fatou Example", "contactEmail": "fatou@ministry.example",
		"channel": "email", "language": "en", "sector": "mining", "resource": "gold", "summary": "A draft agreement came in."}})
	if err != nil {
		h.t.Fatal(err)
	}
	h.Temporal.Happen(h.t, casework.Transition{ID: string(n) + "/officer", CaseNumber: n, Workflow: string(n), At: time.Now(),
		Entries: []casework.Entry{{What: casework.TrailPhaseEntered}}, Request: casework.RequestChange{Officer: officer.ID}})
	return n
}

// Task is one of a kind, held as the process has it: by the role, or by the person named.
func (h *House) Task(kind casework.TaskKind, holder casework.PersonID) casework.Task {
	h.t.Helper()
	rules, known := casework.KindOf(kind)
	if !known {
		h.t.Fatalf("%s is no kind of task", kind)
	}
	now := time.Now()
	return casework.Task{ID: casework.TaskID(uuid.NewString()), Kind: kind, Key: uuid.NewString(), Role: rules.Role, Holder: holder, Standing: rules.Standing,
		Opened: now, Clock: casework.NewClock(nil, kind, now)}
}

// Open opens a task of a kind, held as the process has it: by the role, or by the person named.
func (h *House) Open(n casework.CaseNumber, kind casework.TaskKind, holder casework.PersonID, change ...func(*casework.Task)) casework.TaskID {
	h.t.Helper()
	task := h.Task(kind, holder)
	for _, c := range change {
		c(&task)
	}
	h.Temporal.Happen(h.t, casework.Transition{ID: "open/" + string(task.ID), CaseNumber: n, Workflow: string(n), At: task.Opened, Open: []casework.Task{task}})
	return task.ID
}

// Sets lets the administrator change settings of a group.
func (h *House) Sets(g casework.SettingGroup, to casework.Settings) {
	h.t.Helper()
	now, err := h.Store.Settings(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	err = h.Store.ChangeSettings(h.t.Context(), store.SettingsChange{ID: uuid.NewString(), By: h.Account("admin"), Group: g, Seen: now.SumOf(g), To: to, Reason: "A test."})
	if err != nil {
		h.t.Fatal(err)
	}
}

// Expert is a new entry of the roster.
func (h *House) Expert(name, email string) store.Expert {
	h.t.Helper()
	e, err := h.Store.AddExpert(h.t.Context(), store.Expert{Name: name, Email: email, Available: true})
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

// Link is a new personal link to a request; it returns its token.
func (h *House) Link(n casework.CaseNumber, role casework.Role, person casework.PersonID, email string) string {
	h.t.Helper()
	id := uuid.NewString()
	token := casework.LinkToken(Secret, id)
	err := h.Store.InCase(h.t.Context(), n, func(c *store.Tx) error {
		return c.AddLink(h.t.Context(), store.Link{ID: id, Role: role, Person: person, Name: "Guest", Email: email, TokenHash: casework.TokenHash(token)})
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return token
}

// Government is the token of a link for the request's contact.
func (h *House) Government(n casework.CaseNumber) string {
	return h.Link(n, casework.Government, store.ContactID(n, "fatou@ministry.example"), "fatou@ministry.example")
}

package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
	"connex/store/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// room is a database with people in it.
type room struct {
	*store.Store
	t *testing.T
}

func aRoom(t *testing.T, options ...store.Option) room {
	t.Parallel()
	return room{Store: storetest.New(t, options...), t: t}
}

func (r room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// staff is an account under this name, made once.
func (r room) staff(name string, roles ...casework.Role) store.Person {
	r.t.Helper()
	a, err := r.CreateAccount(r.t.Context(), store.Account{Email: name + "@connex.test", Name: name, Password: "connex", Roles: roles})
	r.must(err)
	return store.Person{ID: a.ID, Name: a.Name, Email: a.Email, Roles: a.Roles}
}

func (r room) officer() store.Person { return r.staff("officer", casework.CaseOfficer) }

func (r room) expert(name string) store.Expert {
	r.t.Helper()
	e, err := r.AddExpert(r.t.Context(), store.Expert{Name: name, Email: name + "@experts.example", Disciplines: []string{"tax"}, Available: true})
	r.must(err)
	return e
}

var begin = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// aRequest is started and has its first task; change says what else its first transition does.
func (r room) aRequest(change ...func(*casework.Transition)) request {
	r.t.Helper()
	a, err := r.StartRequest(r.t.Context(), store.NewRequest{ID: newAction(), Role: casework.Anyone, Calendar: casework.Calendar{Start: begin, DayLength: 24 * time.Hour},
		Form: casework.Values{"country": "NA", "institution": "Ministry of Mines", "contactName": "Ndapewa Shikongo", "contactEmail": "Ndapewa@ministry.example",
			"channel": "email", "language": "en", "sector": "mining", "summary": "A lithium agreement", "renegotiation": true}})
	r.must(err)
	c := request{room: r, number: a.CaseNumber}
	d := a.Decision()
	c.applied(c.transition(append([]func(*casework.Transition){by(d), entry(casework.TrailRequestStarted), func(t *casework.Transition) {
		t.Request.Phase = casework.FirstInterest
		t.Next = casework.Next{What: string(casework.AssessEligibility), Who: casework.CaseOfficer}
	}}, change...)...))
	return c
}

type request struct {
	room
	number casework.CaseNumber
}

var events = make(chan int, 1)

func init() { events <- 0 }

func (c request) transition(changes ...func(*casework.Transition)) casework.Transition {
	n := <-events
	events <- n + 1
	t := casework.Transition{ID: fmt.Sprintf("%s/event/%d", c.number, n), CaseNumber: c.number, Workflow: string(c.number), At: begin.Add(time.Duration(n) * time.Minute)}
	for _, change := range changes {
		change(&t)
	}
	return t
}

func by(d casework.Decision) func(*casework.Transition) {
	return func(t *casework.Transition) { t.Decision, t.ID = &d, "action/"+string(d.Action) }
}

func entry(what string) func(*casework.Transition) {
	return func(t *casework.Transition) { t.Entries = append(t.Entries, casework.Entry{What: what}) }
}

func ending(e casework.Ending) func(*casework.Transition) {
	return func(t *casework.Transition) { t.Request.Ending = e }
}

// isVoid ends the request, whatever else is on its way: a clock would yield to that.
func (c request) isVoid() {
	c.t.Helper()
	void := c.aTask(casework.VoidRequest)
	c.asks(void)
	a := c.does(c.staff("voids", casework.Head), void, casework.VoidOut, nil)
	c.applied(c.transition(by(a.Decision()), ending(casework.Void)))
}

func opening(tasks ...casework.Task) func(*casework.Transition) {
	return func(t *casework.Transition) { t.Open = append(t.Open, tasks...) }
}

func mailing(m casework.Mail) func(*casework.Transition) {
	return func(t *casework.Transition) { t.Mails = append(t.Mails, m) }
}

// completing also notes the task's kind in the trail, as every decision does.
func completing(a store.Action) func(*casework.Transition) {
	return func(t *casework.Transition) {
		by(a.Decision())(t)
		t.Completes = a.Task
		t.Entries = append(t.Entries, casework.Entry{What: string(a.Kind), Outcome: string(a.Outcome), Task: a.Task})
	}
}

// aTask of a kind, for a role or for one person.
func (c request) aTask(kind casework.TaskKind, holder ...casework.PersonID) casework.Task {
	rule, _ := casework.KindOf(kind)
	t := casework.Task{ID: casework.TaskID(uuid.NewString()), Kind: kind, Key: string(kind) + "/1", Role: rule.Role, Opened: begin, Standing: rule.Standing,
		Clock: casework.NewClock(nil, kind, begin)}
	for _, h := range holder {
		t.Holder, t.Key = h, string(kind)+"/"+string(h)
	}
	return t
}

// asks opens tasks, as if the story had come that far.
func (c request) asks(tasks ...casework.Task) {
	c.t.Helper()
	c.applied(c.transition(opening(tasks...)))
}

// does writes down what p does to an open task; nothing has become of it yet.
func (c request) does(p store.Person, task casework.Task, outcome casework.Outcome, form casework.Values) store.Action {
	c.t.Helper()
	seen, err := c.Task(c.t.Context(), p, task.ID)
	c.must(err)
	a, err := c.AddAction(c.t.Context(), c.new(p, seen, outcome, form))
	c.must(err)
	return a
}

func (c request) new(p store.Person, task store.Task, outcome casework.Outcome, form casework.Values) store.NewAction {
	all := casework.Values{"outcome": string(outcome)}
	for name, value := range form {
		all[name] = value
	}
	n := store.NewAction{ID: newAction(), Person: p, Role: task.Role, Task: task, Kind: task.Kind, Outcome: outcome, Form: all,
		Carried: casework.CarriedOf(casework.FieldsOf(task.Kind), all)}
	if task.Role == casework.Government && p.Link == nil {
		n.Role, n.OnBehalf = casework.CaseOfficer, true
	}
	return n
}

func newAction() casework.ActionID { return casework.ActionID(uuid.NewString()) }

// applied applies a transition twice: the second time changes nothing and answers the same.
func (c request) applied(t casework.Transition) casework.Recorded {
	c.t.Helper()
	first, err := c.Apply(c.t.Context(), t, onePerPerson{})
	c.must(err)
	if first.Refusal != nil || first.Ended || first.Yielded {
		c.t.Fatalf("%s was not applied: %+v", t.ID, first)
	}
	c.again(t, first)
	return first
}

// refused applies what is to be refused twice, and says by which rule.
func (c request) refused(t casework.Transition) string {
	c.t.Helper()
	first, err := c.Apply(c.t.Context(), t, onePerPerson{})
	c.must(err)
	if first.Refusal == nil {
		c.t.Fatalf("%s was not refused: %+v", t.ID, first)
	}
	c.again(t, first)
	return first.Refusal.Rule
}

func (c request) again(t casework.Transition, first casework.Recorded) {
	c.t.Helper()
	before := c.everything()
	second, err := c.Apply(c.t.Context(), t, onePerPerson{})
	c.must(err)
	if diff := cmp.Diff(first, second); diff != "" {
		c.t.Errorf("applied again, %s answers otherwise (-first +second):\n%s", t.ID, diff)
	}
	if diff := cmp.Diff(before, c.everything()); diff != "" {
		c.t.Errorf("applied again, %s changes rows (-before +after):\n%s", t.ID, diff)
	}
	c.must(c.CheckTrail(c.t.Context(), t.CaseNumber))
}

var tables = []string{"requests", "actions", "tasks", "transitions", "trail", "mails", "letters", "activities", "interests", "code_signatures", "documents",
	"links", "drafts", "case_numbers"}

// everything is all rows of all tables that a transition may change.
func (r room) everything() map[string]string {
	r.t.Helper()
	rows := map[string]string{}
	for _, table := range tables {
		var text string
		r.must(r.DB().QueryRowContext(r.t.Context(), `SELECT COALESCE(string_agg(x::text, E'\n' ORDER BY x::text), '') FROM `+table+` x`).Scan(&text))
		rows[table] = text
	}
	return rows
}

// changed are the tables that a deed changed.
func (r room) changed(deed func()) (names []string) {
	r.t.Helper()
	before := r.everything()
	deed()
	after := r.everything()
	for _, table := range tables {
		if before[table] != after[table] {
			names = append(names, table)
		}
	}
	return names
}

// onePerPerson writes to everybody whom an intent means.
type onePerPerson struct{}

func (onePerPerson) Compose(ctx context.Context, tx *store.Tx, in store.Intent) (mails []store.QueuedMail, err error) {
	to, err := tx.Recipients(ctx, in.To, in.Person)
	for _, p := range to {
		mails = append(mails, store.QueuedMail{MessageID: "<" + uuid.NewString() + "@connex.test>", Key: in.Key, Template: in.Template, Role: p.Role,
			Person: p.ID, Name: p.Name, Address: strings.ToLower(p.Email), Subject: string(tx.Request.CaseNumber) + " " + in.Template, Text: "{link}", Task: in.Task,
			Letter: in.Letter})
	}
	return mails, err
}

// what are the trail's entries as an auditor reads them.
func (c request) what() (entries []string) {
	c.t.Helper()
	for _, e := range c.trailFor(c.staff("auditor", casework.Auditor)) {
		entries = append(entries, strings.TrimSpace(e.What+" "+e.Outcome))
	}
	return entries
}

func (c request) trailFor(p store.Person) []store.Entry {
	c.t.Helper()
	page, err := c.Trail(c.t.Context(), p, c.number, 200, "")
	c.must(err)
	return page.Items
}

func (c request) row() store.Request {
	c.t.Helper()
	row, err := c.RequestOf(c.t.Context(), c.number)
	c.must(err)
	return row
}

func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

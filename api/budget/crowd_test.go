package budget

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"connex/api/apitest"
	"connex/casework"
	"connex/store"
)

// crowd is a database in which a support unit has worked for years. A few requests of each kind were carried to where
// they are by the store's own transitions; the others are copies of these, with other numbers, facts and dates.
type crowd struct {
	*store.Store
	t       testing.TB
	people  map[string]store.Person
	experts []store.Expert
	cases   map[string]*request // by what they are an example of
	begun   int                 // requests so far
	mail    string              // one that fits no case
}

// aCrowd fills a database.
func aCrowd(t testing.TB, s *store.Store) *crowd {
	t.Helper()
	c := &crowd{Store: s, t: t, people: map[string]store.Person{}, cases: map[string]*request{}}
	c.hire()
	c.carry()
	c.multiply()
	c.furnish()
	return c
}

// hire makes the accounts, whose password is the same, and the roster.
func (c *crowd) hire() {
	hash, err := store.HashPassword(c.t.Context(), apitest.Password)
	c.must(err)
	for name, roles := range map[string][]casework.Role{
		"officer": {casework.CaseOfficer}, "officer2": {casework.CaseOfficer}, "officer3": {casework.CaseOfficer}, "officer4": {casework.CaseOfficer},
		"reviewer": {casework.Reviewer}, "board1": {casework.BoardMember}, "board2": {casework.BoardMember}, "board3": {casework.BoardMember},
		"head": {casework.Head}, "deputy": {casework.Head}, "evaluator": {casework.Evaluator}, "auditor": {casework.Auditor}, "admin": {casework.Administrator},
	} {
		c.exec(`INSERT INTO accounts (email, name, password_hash, roles) VALUES ($1, $2, $3, $4)`, name+"@connex.test", "The "+name, string(hash), store.List[casework.Role](roles))
		a, err := c.AccountByEmail(c.t.Context(), name+"@connex.test")
		c.must(err)
		c.people[name] = a.Person()
	}
	for i := range 40 {
		e, err := c.AddExpert(c.t.Context(), store.Expert{Name: fmt.Sprintf("Expert No. %d", i), Email: fmt.Sprintf("expert%d@experts.example", i),
			Disciplines: []string{"tax"}, Languages: []string{"en", "fr"}, Available: i%4 != 0})
		c.must(err)
		c.experts = append(c.experts, e)
	}
}

func (c *crowd) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *crowd) exec(statement string, args ...any) {
	c.t.Helper()
	_, err := c.DB().ExecContext(c.t.Context(), statement, args...)
	c.must(err)
}

// request is one that is being carried. All its IDs begin with the same eight digits, by which a copy gets its own.
type request struct {
	*crowd
	number  casework.CaseNumber
	prefix  string
	ids     int
	at      time.Time // process time, which is real time as in production
	contact store.Person
	guests  map[string]store.Person // experts, by the names of the deeds
	tasks   map[string]casework.Task
	tokens  map[string]string   // of personal links
	about   []casework.ActionID // what the board decided on
	plan    casework.ActionID   // the newest proposal
	said    []casework.ActionID // in the stage before the one that waits
	saying  []casework.ActionID // in the stage that waits
}

func (r *request) id() string {
	r.ids++
	return fmt.Sprintf("%s-0000-8000-8000-%012x", r.prefix, r.ids)
}

// aRequest is begun so many days ago.
func (c *crowd) aRequest(days int) *request {
	c.begun++
	r := &request{crowd: c, prefix: fmt.Sprintf("c0de%04x", c.begun), at: time.Now().AddDate(0, 0, -days).UTC().Truncate(time.Millisecond),
		guests: map[string]store.Person{}, tasks: map[string]casework.Task{}, tokens: map[string]string{}}
	a, err := c.StartRequest(c.t.Context(), store.NewRequest{ID: casework.ActionID(r.id()), Role: casework.Anyone,
		Calendar: casework.Calendar{Start: r.at, DayLength: 24 * time.Hour},
		Form: casework.Values{"country": "NA", "institution": "Ministry of Mines", "contactName": "Ndapewa Shikongo", "contactEmail": "ndapewa@ministry.example",
			"channel": "email", "language": "en", "sector": "mining", "resource": "lithium", "negotiationStage": "during",
			"summary": strings.Repeat("An investor has sent a draft agreement for a lithium deposit. We would like help with it. ", 5)}})
	c.must(err)
	r.number = a.CaseNumber
	d := a.Decision()
	r.happens(casework.Transition{Decision: &d, Entries: []casework.Entry{{What: casework.TrailRequestStarted}}}, way[0], standing)
	return r
}

// link gives a guest a personal link, as the mail does that first asks them for something.
func (r *request) link(name string, role casework.Role, person casework.PersonID, email string) store.Person {
	id := r.id()
	token := casework.LinkToken(apitest.Secret, id)
	link := store.Link{ID: id, CaseNumber: r.number, Role: role, Person: person, Name: name, Email: email, TokenHash: casework.TokenHash(token)}
	r.must(r.InCase(r.t.Context(), r.number, func(c *store.Tx) error { return c.AddLink(r.t.Context(), link) }))
	r.tokens[string(role)] = token
	return store.Person{ID: person, Name: name, Email: email, Roles: []casework.Role{role}, Link: &link}
}

// document adds a file.
func (r *request) document(kind, title string) string {
	id, body := r.id(), []byte(strings.Repeat(title+" ", 100))
	r.exec(`INSERT INTO documents (id, case_number, kind, key, title, name, media_type, size, sha256, body, added_by, added_name, added_role, added_at)
		VALUES ($1, $2, $3, '', $4, $5, 'application/pdf', $6, encode(sha256($7), 'hex'), $7, $8, $9, 'case_officer', $10)`,
		id, string(r.number), kind, title, title+".pdf", len(body), body, string(r.people["officer"].ID), r.people["officer"].Name, r.at)
	return id
}

// happens applies a transition in which deeds become possible, and some are no more.
func (r *request) happens(t casework.Transition, opens ...stage) {
	r.t.Helper()
	r.at = r.at.Add(7 * time.Hour)
	t.ID, t.CaseNumber, t.Workflow, t.At = r.id(), r.number, string(r.number), r.at
	if len(opens) > 0 {
		r.said, r.saying = r.saying, nil
	}
	for _, s := range opens {
		if s.phase != "" && t.Request.Ending == "" {
			t.Request.Phase = s.phase
			t.Entries = append(t.Entries, casework.Entry{What: casework.TrailPhaseEntered, Outcome: string(s.phase)})
		}
		for _, d := range s.deeds {
			task := r.task(d)
			r.tasks[d.key()] = task
			t.Open = append(t.Open, task)
			if !task.Standing {
				t.Mails = append(t.Mails, casework.Mail{Template: "task", Key: "task/" + string(task.ID), To: task.Role, Person: task.Holder, Task: task.ID})
				t.Next = casework.Next{What: string(task.Kind), Who: task.Role, When: task.Clock.Due}
			}
		}
	}
	done, err := r.Apply(r.t.Context(), t, r)
	r.must(err)
	if done.Refusal != nil || done.Ended || done.Yielded {
		r.t.Fatalf("%s in %s: %+v", r.number, r.prefix, done)
	}
}

func (r *request) task(d deed) casework.Task {
	rules, _ := casework.KindOf(d.kind)
	task := casework.Task{ID: casework.TaskID(r.id()), Kind: d.kind, Key: d.key(), Role: rules.Role, Standing: rules.Standing && !d.waits, Opened: r.at,
		Activity: d.activity, About: r.said, Clock: casework.NewClock(nil, d.kind, r.at)}
	if task.Standing {
		task.Clock = casework.Clock{}
	}
	switch rules.Holding {
	case casework.ByOfficer, casework.ByMember:
		task.Holder = r.people[d.as].ID
	case casework.ByExpert:
		task.Holder, task.Subject = r.guests[d.as].ID, string(r.guests[d.as].ID)
	}
	return task
}

// does carries a deed out.
func (r *request) does(d deed, opens ...stage) {
	r.t.Helper()
	who, role, task := r.people[d.as], casework.Role(""), r.tasks[d.key()]
	switch {
	case d.as == "government":
		who = r.contact
	case r.guests[d.as].ID != "":
		who = r.guests[d.as]
	}
	rules, _ := casework.KindOf(d.kind)
	if role = rules.Role; rules.Holding == casework.ByStaff {
		role = who.Roles[0]
	}
	form := r.invent(d)
	a, err := r.AddAction(r.t.Context(), store.NewAction{ID: casework.ActionID(r.id()), Person: who, Role: role, Kind: d.kind, Outcome: d.outcome, Form: form,
		Task:    store.Task{ID: task.ID, CaseNumber: r.number, Workflow: string(r.number), Kind: d.kind, Role: task.Role},
		Carried: casework.CarriedOf(casework.FieldsOf(d.kind), form)})
	r.must(err)
	r.saying = append(r.saying, a.ID)
	decision := a.Decision()
	t := casework.Transition{Decision: &decision, Completes: task.ID, Entries: []casework.Entry{{What: string(d.kind), Outcome: string(d.outcome), Task: task.ID}}}
	if d.change != nil {
		d.change(r, &t)
	}
	r.happens(t, opens...)
}

// invent fills a form in: what the deed says, and for the rest what says nothing special.
func (r *request) invent(d deed) casework.Values {
	form := casework.Values{"outcome": string(d.outcome)}
	for name, value := range d.form {
		form[name] = value
	}
	for _, f := range casework.FieldsOf(d.kind) {
		if form[f.Name] == nil && (len(f.For) == 0 || slices.Contains(f.For, d.outcome)) {
			if value := r.plain(f); value != nil {
				form[f.Name] = value
			}
		}
	}
	return form
}

const sentence = "What there is to say of this was found in three documents and in two conversations, and is as expected."

func (r *request) plain(f casework.Field) any {
	switch f.Type {
	case casework.Text:
		return "As expected"
	case casework.LongText:
		return sentence + " " + sentence
	case casework.Texts:
		return []any{sentence, "A water balance is annexed."}
	case casework.Choice:
		for _, o := range f.Options {
			if o.Raises == "" && o.Value != casework.Unknown {
				return o.Value
			}
		}
	case casework.Choices:
		return []any{f.Options[0].Value}
	case casework.Date:
		return casework.DateOf(r.at)
	case casework.Number:
		return 2.0
	case casework.Document:
		return r.document("upload", f.Name)
	case casework.Documents:
		return []any{r.document("upload", f.Name), r.document("upload", "More for "+f.Name)}
	case casework.Scores:
		scores := map[string]any{}
		for _, o := range f.Options {
			scores[o.Value] = 2.0
		}
		return scores
	}
	return nil
}

// Compose writes to everybody whom an intent means.
func (r *request) Compose(ctx context.Context, tx *store.Tx, in store.Intent) (mails []store.QueuedMail, err error) {
	to, err := tx.Recipients(ctx, in.To, in.Person)
	for _, p := range to {
		mails = append(mails, store.QueuedMail{MessageID: "<" + r.id() + "@connex.test>", Key: in.Key, Template: in.Template, Role: p.Role, Person: p.ID, Name: p.Name,
			Address: strings.ToLower(p.Email), Subject: "[" + string(tx.Request.CaseNumber) + "] " + in.Template, Text: strings.Repeat(sentence+"\n", 8) + "{link}",
			Task: in.Task, Letter: in.Letter})
	}
	return mails, err
}

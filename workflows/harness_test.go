package workflows

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"connex/casework"
)

// tester tells a request's stories without a server: decisions and time go in, transitions come out. It plays the
// activities of the request as well, and whoever holds a task.
type tester struct {
	t     rapid.TB
	s     *state
	now   time.Time
	board []casework.PersonID
	holds casework.Settings // those that hold now, as Record would answer
	codes map[casework.PersonID]casework.CodeSignature
	code  casework.CodeVersion // that holds
	parts map[int]*tester      // the support activities
	up    *tester
	n     int
	all   []casework.Transition
}

var began = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC) // a Monday

const (
	officer  = casework.PersonID("officer")
	officer2 = casework.PersonID("officer2")
	reviewer = casework.PersonID("reviewer")
	head     = casework.PersonID("head")
	deputy   = casework.PersonID("deputy")
)

// aRequest is a request that has just begun.
func aRequest(t rapid.TB, how ...func(*casework.RequestStart)) *tester {
	t.Helper()
	return aRequestUnder(t, nil, how...)
}

// aRequestUnder is one that begins while other settings hold than the process has.
func aRequestUnder(t rapid.TB, holds casework.Settings, how ...func(*casework.RequestStart)) *tester {
	t.Helper()
	start := casework.RequestStart{CaseNumber: "CNX-2027-0001", Calendar: casework.Calendar{Start: began, DayLength: 24 * time.Hour},
		Action: "start", Actor: officer, Role: casework.CaseOfficer, At: began, Country: "NA"}
	for _, change := range how {
		change(&start)
	}
	s := &state{CaseNumber: start.CaseNumber, Workflow: string(start.CaseNumber), Calendar: start.Calendar, Corrects: true, Edition: newest}
	s.fill()
	r := &tester{t: t, s: s, now: began, holds: holds, board: []casework.PersonID{"board1", "board2", "board3"},
		codes: map[casework.PersonID]casework.CodeSignature{}, code: casework.CodeVersion{Version: "1"}, parts: map[int]*tester{}}
	r.tell(event{start: &start})
	return r
}

// tell tells one event twice and holds the two tellings against each other: a story is a function of its state.
func (r *tester) tell(e event) *casework.Refusal {
	r.t.Helper()
	before := mustJSON(r.s)
	first, again := r.told(e), r.told(e)
	if mustJSON(first.t) != mustJSON(again.t) || mustJSON(first.state) != mustJSON(again.state) {
		r.t.Fatalf("told twice, %s is two things:\n%s\n%s", first.t.ID, mustJSON(first.t), mustJSON(again.t))
	}
	if mustJSON(r.s) != before {
		r.t.Fatalf("telling %s changed the state that it was told of", first.t.ID)
	}
	if first.refusal != nil {
		return first.refusal
	}
	r.s = first.state
	r.s.Wakes = slices.Clone(first.Wakes)
	if !first.nothing() {
		if slices.ContainsFunc(r.all, func(t casework.Transition) bool { return t.ID == first.t.ID }) {
			r.t.Fatalf("two transitions are called %s: Record would take the second for a repetition", first.t.ID)
		}
		r.all = append(r.all, first.t)
	}
	for _, a := range first.starts {
		r.begins(a)
	}
	for _, out := range first.words {
		r.say(out)
	}
	return nil
}

// told is the story as it is recorded in the end: where a phase begins, with the settings that hold.
func (r *tester) told(e event) *story {
	s := r.toldWith(e, nil)
	if toldOtherwise(s, casework.Recorded{Settings: &r.holds}) {
		return r.toldWith(e, &r.holds)
	}
	return s
}

func (r *tester) toldWith(e event, coming *casework.Settings) *story {
	s := &story{state: r.s.clone(), now: r.now, decision: e.decision, byClock: e.clock, coming: coming, showsDrafts: true}
	s.t = casework.Transition{ID: r.s.Workflow + "/" + e.name(r.s), CaseNumber: r.s.CaseNumber, Workflow: r.s.Workflow, At: r.now, Decision: e.decision}
	s.happen(e)
	for s.refusal == nil {
		s.Wakes, s.need = nil, nil
		if s.Support == nil {
			requestStory(s)
		} else {
			supportActivity(s)
		}
		if s.need == nil {
			break
		}
		s.learn(*s.need, casework.LookedUp{Board: r.board, Code: r.codes, Now: r.code})
	}
	return s
}

func (r *tester) begins(a support) {
	a.State = casework.ActivityPlanned
	child := &state{CaseNumber: r.s.CaseNumber, Workflow: r.s.CaseNumber.ActivityWorkflowID(a.Number), Calendar: r.s.Calendar,
		Settings: r.s.Settings, Phase: casework.Implementation, Dossier: r.s.Dossier, Interests: map[casework.PersonID]bool{},
		Codes: r.s.Codes, CodeNow: r.s.CodeNow, Support: &a, Edition: r.s.Edition}
	for _, e := range a.Experts {
		child.Interests[e] = true
	}
	child = child.clone()
	part := &tester{t: r.t, s: child, now: r.now, codes: r.codes, code: r.code, up: r}
	r.parts[a.Number] = part
	part.tell(event{begin: true})
}

func (r *tester) say(out outgoing) {
	word := out.word
	if r.up != nil {
		r.up.tell(event{word: &word})
		return
	}
	if part := r.parts[out.to]; part != nil && part.s.Ending == "" && !part.s.Support.Done {
		part.now = r.now
		part.tell(event{word: &word})
	}
}

// open finds the task of a kind that waits (or stands) and whose key contains all of the parts.
func (r *tester) open(k casework.TaskKind, parts ...string) *casework.Task {
	for i, t := range r.s.Tasks {
		if t.Kind == k && !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(t.Key, p) }) {
			return &r.s.Tasks[i]
		}
	}
	return nil
}

// values fills the carried fields of a decision.
type values = casework.Values

// does lets somebody complete a task; it must be applied.
func (r *tester) does(who casework.PersonID, k casework.TaskKind, outcome casework.Outcome, carried ...values) {
	r.t.Helper()
	if refusal := r.tries(who, k, outcome, carried...); refusal != nil {
		r.t.Fatalf("%s %s by %s was refused: %s", k, outcome, who, refusal.Why.ID)
	}
}

// tries lets somebody complete a task of that kind that they may hold, and says why it was refused.
func (r *tester) tries(who casework.PersonID, k casework.TaskKind, outcome casework.Outcome, carried ...values) *casework.Refusal {
	r.t.Helper()
	task := r.taskFor(who, k)
	if task == nil {
		r.t.Fatalf("no task %s; open: %s", k, r.kinds())
	}
	return r.decides(who, *task, outcome, carried...)
}

func (r *tester) taskFor(who casework.PersonID, k casework.TaskKind) *casework.Task {
	var any *casework.Task
	for i, t := range r.s.Tasks {
		if t.Kind == k && (any == nil || t.Holder == who) {
			any = &r.s.Tasks[i]
		}
	}
	return any
}

func (r *tester) decides(who casework.PersonID, task casework.Task, outcome casework.Outcome, carried ...values) *casework.Refusal {
	r.t.Helper()
	r.n++
	d := casework.Decision{Action: casework.ActionID(fmt.Sprintf("%s-%d", r.s.Workflow, r.n)), Task: task.ID, Kind: task.Kind, Outcome: outcome,
		Actor: who, Role: task.Role, At: r.now, Carried: values{}}
	for _, c := range carried {
		if err := json.Unmarshal([]byte(mustJSON(c)), &d.Carried); err != nil {
			r.t.Fatal(err)
		}
	}
	return r.tell(event{decision: &d})
}

// passes lets time go by until an instant, with all clocks of the request and its activities that strike on the way.
func (r *tester) passes(until time.Time) {
	r.t.Helper()
	for rings := 0; ; rings++ {
		next, whose := time.Time{}, r
		for _, each := range append([]*tester{r}, r.living()...) {
			d := desk{s: each.s}
			if w := d.wake(); !w.IsZero() && (next.IsZero() || w.Before(next)) {
				next, whose = w, each
			}
		}
		if next.IsZero() || next.After(until) {
			break
		}
		if rings > 2000 {
			r.t.Fatalf("the clock of %s rings for ever at %s", whose.s.Workflow, next)
		}
		r.at(later(r.now, next))
		whose.tell(event{clock: true})
	}
	r.at(until)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (r *tester) at(now time.Time) {
	r.now = now
	for _, p := range r.parts {
		p.now = now
	}
}

func (r *tester) living() (parts []*tester) {
	for n := 1; n <= len(r.parts); n++ {
		if p := r.parts[n]; p.s.Ending == "" && !p.s.Support.Done {
			parts = append(parts, p)
		}
	}
	return parts
}

func (r *tester) days(n int) { r.t.Helper(); r.passes(r.now.AddDate(0, 0, n)) }

// date is n days from now, as forms have it.
func (r *tester) date(n int) string { return casework.DateOf(r.now.AddDate(0, 0, n)) }

func (r *tester) kinds() string {
	var kinds []string
	for _, t := range r.s.Tasks {
		if !t.Standing {
			kinds = append(kinds, t.Key)
		}
	}
	return strings.Join(kinds, ", ")
}

// waits fails unless exactly these kinds of tasks wait.
func (r *tester) waits(kinds ...casework.TaskKind) {
	r.t.Helper()
	var open []casework.TaskKind
	for _, t := range r.s.Tasks {
		if !t.Standing {
			open = append(open, t.Kind)
		}
	}
	slices.Sort(open)
	slices.Sort(kinds)
	if !slices.Equal(open, kinds) {
		r.t.Fatalf("in %s these wait: %v, want %v", r.s.Phase, open, kinds)
	}
}

func (r *tester) phase(want casework.Phase) {
	r.t.Helper()
	if r.s.Phase != want || r.s.Ending != "" {
		r.t.Fatalf("phase %s (ending %q), want %s; open: %s", r.s.Phase, r.s.Ending, want, r.kinds())
	}
}

func (r *tester) ended(want casework.Ending) {
	r.t.Helper()
	if r.s.Ending != want {
		r.t.Fatalf("ending %q in %s, want %q; open: %s", r.s.Ending, r.s.Phase, want, r.kinds())
	}
	if len(r.s.Tasks) > 0 {
		r.t.Fatalf("ended with open tasks: %v", r.s.Tasks)
	}
}

// trail lists what the trail would say, the activities' entries behind.
func (r *tester) trail() (entries []string) {
	for _, t := range r.all {
		for _, e := range t.Entries {
			entries = append(entries, strings.TrimSpace(e.What+" "+e.Outcome))
		}
	}
	for n := 1; n <= len(r.parts); n++ {
		entries = append(entries, r.parts[n].trail()...)
	}
	return entries
}

func (r *tester) happened(what string) int {
	n := 0
	for _, e := range r.trail() {
		if e == what {
			n++
		}
	}
	return n
}

// mails counts the mails that were queued with a template.
func (r *tester) mails(template string) (n int) {
	for _, t := range r.all {
		for _, m := range t.Mails {
			if m.Template == template {
				n++
			}
		}
	}
	for _, p := range r.parts {
		n += p.mails(template)
	}
	return n
}

// letters are those of a kind that this workflow itself sent, by their keys.
func (r *tester) letters(kind string) (keys []string) {
	for _, t := range r.all {
		for _, l := range t.Letters {
			if l.Kind == kind && !l.Draft {
				keys = append(keys, l.Key)
			}
		}
	}
	return keys
}

func mustJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

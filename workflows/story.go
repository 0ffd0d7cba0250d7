package workflows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"connex/casework"
)

// story is one telling of what follows from an event: it reads and changes a copy of the state and writes down the
// transition. What it does twice it does once: a key names every task and every thing that happens once.
type story struct {
	*state
	now         time.Time // process time
	t           casework.Transition
	decision    *casework.Decision // the event, where it is one
	byClock     bool               // the event is a clock
	showsDrafts bool               // letters are rendered when they are drafted
	coming      *casework.Settings // those that a phase which begins takes along; nil: the same as before
	refusal     *casework.Refusal  // the story itself says no
	need        *need              // what must be looked up before the story can be told to its end
	words       []outgoing
	starts      []support // activities that begin their workflow
}

type need struct {
	key   string
	order casework.LookUpOrder
}

// outgoing is a word for an activity (or, from an activity, for its request: number 0).
type outgoing struct {
	to   int
	word casework.Word
}

// with changes a task as it opens.
type with func(*casework.Task)

// about shows the texts of earlier decisions in the task's form.
func about(actions ...casework.ActionID) with {
	return func(t *casework.Task) {
		t.About = append(t.About, slices.DeleteFunc(actions, func(a casework.ActionID) bool { return a == "" })...)
	}
}

func subject(whom string) with { return func(t *casework.Task) { t.Subject = whom } }

func offering(outcomes ...casework.Outcome) with {
	return func(t *casework.Task) { t.Outcomes = outcomes }
}

// heldBy lets the task wait for a certain person, acting in a role.
func heldBy(role casework.Role, person casework.PersonID) with {
	return func(t *casework.Task) { t.Role, t.Holder = role, person }
}

// remaining gives the task the time that an earlier one had left when it asked somebody else.
func (s *story) remaining(left time.Duration) with {
	return func(t *casework.Task) {
		if !t.Clock.Due.IsZero() {
			t.Clock.Due = s.putOff(t.Kind, t.Opened.Add(max(left, 0)))
		}
	}
}

// putOff is a due date that was moved by an interval, on a day on which people work.
func (s *story) putOff(k casework.TaskKind, due time.Time) time.Time {
	if s.Edition < offRest {
		return due
	}
	return casework.OffRest(k, due)
}

// countedFrom lets the task's due date count from another instant than now.
func countedFrom(by casework.Settings, from time.Time) with {
	return func(t *casework.Task) {
		t.Clock = casework.NewClock(by, t.Kind, from)
	}
}

func key(k casework.TaskKind, name string) string { return string(k) + "/" + name }

func nth(n int) string { return fmt.Sprint(n) }

// ask returns the decision on the task of this kind and name. Without one it opens the task, if it is not open yet;
// a standing task of that name starts to wait. A task that was cancelled or given up is not opened again.
func (s *story) ask(k casework.TaskKind, name string, how ...with) (casework.Decision, bool) {
	if d, done := s.Decided[key(k, name)]; done {
		return d, true
	}
	if s.Shut[key(k, name)] {
		return casework.Decision{}, false
	}
	if t := s.waiting(key(k, name)); t != nil {
		s.wake(t, how)
		return casework.Decision{}, false
	}
	s.open(k, name, false, how)
	return casework.Decision{}, false
}

// stand lets people do something whenever they like; done, it stands again under a new ID as long as the story says so.
// It returns all that was decided so far in this phase, oldest first.
func (s *story) stand(k casework.TaskKind, name string, how ...with) (done []casework.Decision) {
	for n := 1; ; n++ {
		each := fmt.Sprintf("%s%d", name, n)
		if d, decided := s.Decided[key(k, each)]; decided {
			done = append(done, d)
			continue
		}
		if s.Shut[key(k, each)] {
			continue
		}
		if s.waiting(key(k, each)) == nil {
			s.open(k, each, true, how)
		}
		return done
	}
}

// allow lets people do something once, whenever they like, under a name that ask can make wait later.
func (s *story) allow(k casework.TaskKind, name string, how ...with) (casework.Decision, bool) {
	if d, done := s.Decided[key(k, name)]; done {
		return d, true
	}
	if s.waiting(key(k, name)) == nil && !s.Shut[key(k, name)] {
		s.open(k, name, true, how)
	}
	return casework.Decision{}, false
}

// decidedOf are the decisions so far on the standing tasks of a kind, without letting another stand.
func (s *story) decidedOf(k casework.TaskKind, name string) (done []casework.Decision) {
	for n := 1; ; n++ {
		each := key(k, fmt.Sprintf("%s%d", name, n))
		d, decided := s.Decided[each]
		if !decided && !s.Shut[each] {
			return done
		}
		if decided {
			done = append(done, d)
		}
	}
}

// open opens a task and asks its holder by mail, where that is somebody who does not come here every day.
func (s *story) open(k casework.TaskKind, name string, standing bool, how []with) {
	kind, _ := casework.KindOf(k)
	t := casework.Task{
		ID: s.taskID(k, name), Kind: k, Key: key(k, name), Role: kind.Role, Standing: standing, Opened: s.now,
		Clock: casework.NewClock(s.Settings, k, s.now), Activity: s.number(),
	}
	if kind.Holding == casework.ByOfficer {
		t.Holder = s.Dossier.Officer
	}
	if standing {
		t.Clock = casework.Clock{Start: s.now}
	}
	for _, change := range how {
		change(&t)
	}
	t.GoBy(s.Settings)
	s.Tasks = append(s.Tasks, t)
	s.t.Open = append(s.t.Open, t)
	if !standing {
		s.askByMail(t)
	}
}

func (s *story) taskID(k casework.TaskKind, name string) casework.TaskID {
	return casework.NewTaskID(s.Workflow, string(s.Phase)+"/"+key(k, name))
}

// askByMail tells people that a task waits for them, where their role hears of it at once.
func (s *story) askByMail(t casework.Task) {
	if !t.Role.AskedByMail() {
		return
	}
	s.mail(casework.Mail{Template: "task", Key: "task/" + string(t.ID), To: t.Role, Person: t.Holder, Task: t.ID})
}

// wake lets a standing task wait: it keeps its ID, and its clock begins.
func (s *story) wake(t *casework.Task, how []with) {
	if !t.Standing {
		return
	}
	t.Standing = false
	t.Clock = casework.NewClock(s.Settings, t.Kind, s.now)
	for _, change := range how {
		change(t)
	}
	t.GoBy(s.Settings)
	s.changed(*t)
	s.askByMail(*t)
}

// changed notes that an open task is no longer as it was; a task that this transition opens is opened as it is now.
func (s *story) changed(t casework.Task) {
	for _, list := range [][]casework.Task{s.t.Open, s.t.Changed} {
		if i := slices.IndexFunc(list, func(o casework.Task) bool { return o.ID == t.ID }); i >= 0 {
			list[i] = t
			return
		}
	}
	s.t.Changed = append(s.t.Changed, t)
}

// cancel takes back the open tasks whose key begins so; they are not asked for again.
func (s *story) cancel(prefixes ...string) {
	for _, t := range slices.Clone(s.Tasks) {
		if slices.ContainsFunc(prefixes, func(p string) bool { return t.Key == p || strings.HasPrefix(t.Key, p+"/") }) {
			s.shut(t)
			s.t.Cancel = append(s.t.Cancel, t.ID)
		}
	}
}

// giveUp closes a task that was never answered.
func (s *story) giveUp(t casework.Task) {
	s.shut(t)
	s.t.GiveUp = append(s.t.GiveUp, t.ID)
}

func (s *story) shut(t casework.Task) {
	s.Shut[t.Key] = true
	s.Tasks = slices.DeleteFunc(s.Tasks, func(o casework.Task) bool { return o.ID == t.ID })
	if i := slices.IndexFunc(s.t.Open, func(o casework.Task) bool { return o.ID == t.ID }); i >= 0 {
		s.t.Open = slices.Delete(s.t.Open, i, i+1) // opened and shut in one breath: it never was
	}
}

// gaveUp tells whether a task of this kind and name was given up or cancelled.
func (s *story) gaveUp(k casework.TaskKind, name string) bool { return s.Shut[key(k, name)] }

// reached tells whether an instant of process time is there; if not, the story is told again when it is.
func (s *story) reached(when time.Time) bool {
	if !s.now.Before(when) && !s.suspended() {
		return true
	}
	s.Wakes = append(s.Wakes, when)
	return false
}

// once is true the first time that it is asked in this phase.
func (s *story) once(what string) bool {
	if s.Once[what] {
		return false
	}
	s.Once[what] = true
	return true
}

// fresh tells whether d is what has just been decided.
func (s *story) fresh(d casework.Decision) bool {
	return s.decision != nil && s.decision.Action == d.Action
}

// lookedUp tells whether the database has answered an order; if not, it is asked before the story goes on.
func (s *story) lookedUp(what string, order casework.LookUpOrder) bool {
	if s.Looked[what] {
		return true
	}
	if s.need == nil {
		order.CaseNumber = s.CaseNumber
		s.need = &need{key: what, order: order}
	}
	return false
}

func (s *story) entry(e casework.Entry) { s.t.Entries = append(s.t.Entries, e) }

func (s *story) mail(m casework.Mail) {
	if !slices.ContainsFunc(s.t.Mails, func(o casework.Mail) bool { return o.Key == m.Key }) {
		s.t.Mails = append(s.t.Mails, m)
	}
}

// letter sends a letter to the government: it is rendered before the transition is recorded.
func (s *story) letter(kind, name string, scan bool, actions ...casework.ActionID) {
	s.t.Letters = append(s.t.Letters, casework.Letter{Kind: kind, Key: name, Actions: actions, Activity: s.number(), Scan: scan})
}

// government writes to the government; what is the mail's template and, with the case, its identity.
func (s *story) government(template, name string, action casework.ActionID, letter string) {
	s.mail(casework.Mail{Template: template, Key: name, To: casework.Government, Action: action, Letter: letter})
}

// end ends the request: all its tasks, its activities' and standing ones included, are cancelled with it.
func (s *story) end(as casework.Ending) {
	s.Ending = as
	s.Tasks = nil
	s.Wakes = nil
	s.t.Open, s.t.Changed = nil, nil
	s.t.Request.Ending = as
	s.entry(casework.Entry{What: casework.TrailRequestEnded, Outcome: string(as)})
	for _, a := range s.Activities {
		s.tell(a.Number, casework.Word{What: casework.WordOver})
	}
}

// tell sends a word to an activity once the transition is recorded.
func (s *story) tell(activity int, w casework.Word) {
	w.At = s.now
	w.ID = fmt.Sprintf("%s/%s/%s%s", s.t.ID, w.What, w.Expert, w.By)
	s.words = append(s.words, outgoing{to: activity, word: w})
}

// number is the activity's, 0 in a request.
func (s *state) number() int {
	if s.Support == nil {
		return 0
	}
	return s.Support.Number
}

// askGovernment asks a task that may want to hear the government first: then it is done, and opens again with the days
// that it had left when the answer, or that there is none, is in.
func (s *story) askGovernment(k casework.TaskKind, name string, how ...with) (casework.Decision, bool) {
	for n := 1; ; n++ {
		each := fmt.Sprintf("%s-%d", name, n)
		d, ok := s.ask(k, each, how...)
		if !ok || d.Outcome != casework.AskGovernment {
			return d, ok
		}
		info, ok := s.ask(casework.ProvideInformation, string(k)+"-"+each, about(d.Action))
		if !ok {
			return info, false
		}
		how = append(how, about(d.Action, info.Action), s.remaining(s.Left[key(k, each)]))
	}
}

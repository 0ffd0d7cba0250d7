package workflows

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"connex/casework"
)

// walk is a request on which people do whatever they can, and some things that they cannot, while time goes by.
type walk struct {
	*tester
	rt   *rapid.T
	past []event // what was told to whom, to be told again
	whom []*tester
}

var pool = []casework.PersonID{"leila", "tomas", "ana"}

// From wherever a request stands, whatever people decide and however late or often it comes, what must always hold does.
func TestRandomWalks(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := &walk{rt: rt, tester: aRequest(rt)}
		from := rapid.SampledFrom(beginnings).Draw(rt, "from")
		from(w.tester)
		w.holds()
		for range 25 {
			if w.s.Ending != "" {
				break
			}
			w.step()
			w.holds()
		}
		w.again()
		w.holds()
	})
}

// beginnings let walks see the late phases as often as the early ones.
var beginnings = []func(*tester){
	func(*tester) {},
	func(r *tester) { r.toDueDiligence() },
	func(r *tester) { r.toBoard() },
	func(r *tester) { r.toBoard(casework.High) },
	func(r *tester) { r.toAgreement() },
	func(r *tester) { r.toSupportDesign() },
	func(r *tester) { r.toMission() },
	func(r *tester) { r.toImplementation("leila") },
	func(r *tester) { r.toImplementation("leila", "tomas") },
	func(r *tester) { r.toImplementation("leila"); r.days(12) },
	func(r *tester) { lapsing(r, 5).toImplementation("leila", "tomas") },
	func(r *tester) { lapsing(r, 20).toImplementation("leila") },
	func(r *tester) { r.toClosing() },
}

// lapsing: leila signed the Code for another case, and it lapses in so many days.
func lapsing(r *tester, days int) *tester {
	r.codes["leila"] = casework.CodeSignature{Version: "1", SignedAt: began.AddDate(-2, 0, days)}
	return r
}

func (w *walk) step() {
	switch n := rapid.IntRange(0, 99).Draw(w.rt, "step"); {
	case n < 58:
		w.somebodyDecides(func(t casework.Task) bool { return !t.Standing })
	case n < 70:
		w.somebodyDecides(func(t casework.Task) bool {
			return t.Standing && t.Kind != casework.Withdraw && t.Kind != casework.VoidRequest
		})
	case n < 72:
		w.somebodyDecides(func(t casework.Task) bool { return t.Standing })
	case n < 78:
		w.somebodyDecidesWrongly()
	case n < 82:
		w.again()
	case n < 85:
		w.runsAnew()
	default:
		w.days(rapid.IntRange(1, 45).Draw(w.rt, "days"))
	}
}

// everybody is the request and its activities that go on.
func (w *walk) everybody() []*tester { return append([]*tester{w.tester}, w.living()...) }

// somebodyDecides one of the open tasks, as its form would let them; the rules may refuse it still.
func (w *walk) somebodyDecides(which func(casework.Task) bool) {
	type open struct {
		of   *tester
		task casework.Task
	}
	var all []open
	for _, each := range w.everybody() {
		for _, t := range each.s.Tasks {
			if which(t) {
				all = append(all, open{each, t})
			}
		}
	}
	if len(all) == 0 {
		return
	}
	chosen := all[rapid.IntRange(0, len(all)-1).Draw(w.rt, "task")]
	outcome := rapid.SampledFrom(chosen.task.Offers()).Draw(w.rt, "outcome")
	w.decision(chosen.of, casework.Decision{Task: chosen.task.ID, Kind: chosen.task.Kind, Outcome: outcome, Actor: w.actor(chosen.task), Role: chosen.task.Role,
		Carried: w.carried(chosen.task, outcome)})
}

// actor is who the task waits for, or anybody of its role.
func (w *walk) actor(t casework.Task) casework.PersonID {
	if t.Holder != "" {
		return t.Holder
	}
	people := map[casework.Role][]casework.PersonID{casework.CaseOfficer: {officer, officer2}, casework.Reviewer: {reviewer, "board3"}, casework.Head: {head, deputy},
		casework.Government: {"contact"}, casework.Evaluator: {"evaluator"}, casework.BoardMember: w.board, casework.Expert: pool}[t.Role]
	if len(people) == 0 {
		people = []casework.PersonID{officer, reviewer, head}
	}
	return rapid.SampledFrom(people).Draw(w.rt, "actor")
}

// decision tells one, and sees that a refusal changes nothing.
func (w *walk) decision(of *tester, d casework.Decision) {
	of.n++
	d.Action, d.At = casework.ActionID(fmt.Sprintf("%s-%d", of.s.Workflow, of.n)), of.now
	if err := json.Unmarshal([]byte(mustJSON(d)), &d); err != nil { // as the signal brings it
		w.rt.Fatal(err)
	}
	before := mustJSON(of.s)
	refusal := of.tell(event{decision: &d})
	if refusal != nil && (refusal.Rule == "" || mustJSON(of.s) != before) {
		w.rt.Fatalf("%s %s was refused (%s) and changed something", d.Kind, d.Outcome, refusal.Rule)
	}
	if refusal == nil {
		w.past, w.whom = append(w.past, event{decision: &d}), append(w.whom, of)
	}
}

// somebodyDecidesWrongly: another kind, an answer that is not offered, a task that is not there, somebody else's.
func (w *walk) somebodyDecidesWrongly() {
	of := rapid.SampledFrom(w.everybody()).Draw(w.rt, "whose")
	if len(of.s.Tasks) == 0 {
		return
	}
	t := rapid.SampledFrom(of.s.Tasks).Draw(w.rt, "task")
	d := casework.Decision{Task: t.ID, Kind: t.Kind, Outcome: t.Offers()[0], Actor: w.actor(t), Role: t.Role, Carried: values{}}
	switch rapid.IntRange(0, 3).Draw(w.rt, "wrong") {
	case 0:
		d.Kind = rapid.SampledFrom(slices.DeleteFunc(casework.AllKinds(), func(k casework.TaskKind) bool { return k == t.Kind })).Draw(w.rt, "kind")
	case 1:
		d.Outcome = "no such answer"
	case 2:
		d.Task = "no such task"
	default:
		d.Role = casework.Auditor
	}
	of.n++
	d.Action, d.At = casework.ActionID(fmt.Sprintf("%s-%d", of.s.Workflow, of.n)), of.now
	if kind, _ := casework.KindOf(t.Kind); d.Role == casework.Auditor && kind.Holding == casework.ByStaff {
		return // what anybody of the staff may do, the rules leave to the pages
	}
	before := mustJSON(of.s)
	if refusal := of.tell(event{decision: &d}); refusal == nil || mustJSON(of.s) != before {
		w.rt.Fatalf("%s %s of %s by %s was not refused", d.Kind, d.Outcome, t.Key, d.Role)
	}
}

// again: what was decided once comes a second time, as from the relay, or under another key, as from somebody who was
// slower.
func (w *walk) again() {
	if len(w.past) == 0 {
		return
	}
	i := rapid.IntRange(0, len(w.past)-1).Draw(w.rt, "again")
	d, of := *w.past[i].decision, w.whom[i]
	if of.s.Support != nil && (of.s.Support.Done || of.s.Ending != "") {
		return // its workflow has ended
	}
	if recent := len(of.s.Handled) < 100; recent && !(&desk{s: of.s}).known(event{decision: &d}) {
		w.rt.Fatalf("%s of %s is not known any more", d.Kind, d.Action)
	}
	before := mustJSON(of.s)
	of.n++
	d.Action = casework.ActionID(fmt.Sprintf("%s-%d", of.s.Workflow, of.n))
	if refusal := of.tell(event{decision: &d}); refusal == nil || mustJSON(of.s) != before {
		w.rt.Fatalf("%s was decided a second time", d.Kind)
	}
}

// runsAnew: a run begins, as after continuing as new. Nothing happened, so nothing follows.
func (w *walk) runsAnew() {
	for _, each := range w.everybody() {
		if s := each.told(event{begin: true}); !s.nothing() {
			w.rt.Fatalf("a new run of %s causes %s", each.s.Workflow, mustJSON(s.t))
		}
	}
}

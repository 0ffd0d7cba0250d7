package workflows

import (
	"slices"

	"connex/casework"
)

// holds holds the request against what must always hold.
func (w *walk) holds() {
	w.rt.Helper()
	for _, each := range append([]*tester{w.tester}, w.everyPart()...) {
		w.rowsAgree(each)
	}
	if w.s.Ending != "" {
		if len(w.s.Tasks) > 0 || len(w.living()) > 0 {
			w.rt.Fatalf("ended as %s, and these go on: %v, %d activities", w.s.Ending, w.kinds(), len(w.living()))
		}
		return
	}
	w.nothingWaitsUnseen()
	w.nobodyWorksUnbound()
	w.eachEndIsEvaluated()
	w.lettersAreExchanged()
}

func (w *walk) everyPart() (parts []*tester) {
	for n := 1; n <= len(w.parts); n++ {
		parts = append(parts, w.parts[n])
	}
	return parts
}

// rowsAgree plays all transitions as Record would: what it is told to close must be open, and what is open in the end is
// what the workflow knows.
func (w *walk) rowsAgree(r *tester) {
	w.rt.Helper()
	rows, ever := map[casework.TaskID]string{}, map[casework.TaskID]bool{}
	for _, t := range r.all {
		closed := append(slices.Clone(t.Cancel), t.GiveUp...)
		if t.Completes != "" {
			closed = append(closed, t.Completes)
		}
		for _, id := range closed {
			if _, open := rows[id]; !open && ever[id] { // what was opened and cancelled in one breath never was
				w.rt.Fatalf("%s closes a task for the second time: %s", t.ID, id)
			}
			delete(rows, id)
		}
		for _, task := range t.Open {
			if ever[task.ID] {
				w.rt.Fatalf("%s opens %s twice", t.ID, task.Key)
			}
			rows[task.ID], ever[task.ID] = task.Key, true
		}
		for _, task := range t.Changed {
			if _, open := rows[task.ID]; !open && !slices.Contains(closed, task.ID) { // a clock that gives a task up has struck it as well
				w.rt.Fatalf("%s changes a task that is not open: %s", t.ID, task.Key)
			}
		}
		if t.Request.Ending != "" {
			clear(rows)
		}
	}
	if r.up != nil && (w.s.Ending != "" || r.s.Ending != "") {
		return // the request's end closed them
	}
	for _, t := range r.s.Tasks {
		if _, open := rows[t.ID]; !open {
			w.rt.Fatalf("%s knows %s, which no row has", r.s.Workflow, t.Key)
		}
		delete(rows, t.ID)
	}
	for _, key := range rows {
		w.rt.Fatalf("there is a row for %s, of which %s knows nothing", key, r.s.Workflow)
	}
}

// nothingWaitsUnseen: somebody has something to do, or a clock will open it.
func (w *walk) nothingWaitsUnseen() {
	w.rt.Helper()
	if w.s.suspended() {
		if w.open(casework.Resume) == nil {
			w.rt.Fatalf("suspended for ever in %s", w.s.Phase)
		}
		return
	}
	for _, each := range w.everybody() {
		for _, t := range each.s.Tasks {
			if !t.Standing {
				return
			}
		}
		if wake := (&desk{s: each.s}).wake(); !wake.IsZero() {
			return
		}
	}
	w.rt.Fatalf("in %s nobody has anything to do, and no clock runs; activities: %s", w.s.Phase, mustJSON(w.s.Activities))
}

// nobodyWorksUnbound: a lapse leaves running work 30 days, and the clock that stops it comes on a working morning.
func (w *walk) nobodyWorksUnbound() {
	w.rt.Helper()
	for _, part := range w.living() {
		if part.s.Support.State != casework.ActivityRunning {
			continue
		}
		for _, expert := range part.s.Support.Experts {
			signed, there := w.s.Codes[expert]
			lapses := w.s.CodeNow.Lapses(w.s.Settings, signed, w.s.Calendar)
			if !there || w.now.After(lapses.AddDate(0, 0, 30+7)) && !w.s.suspended() {
				w.rt.Fatalf("%s works on %s; signed %v, lapsed %s", expert, part.s.Workflow, signed, lapses)
			}
			if !part.s.Interests[expert] {
				w.rt.Fatalf("%s works on %s, whose interests nobody accepted", expert, part.s.Workflow)
			}
		}
	}
}

func (w *walk) eachEndIsEvaluated() {
	w.rt.Helper()
	for _, part := range w.living() {
		if part.s.Support.State != casework.ActivityEnded {
			continue
		}
		if !slices.ContainsFunc(part.s.Tasks, func(t casework.Task) bool { return !t.Standing }) {
			w.rt.Fatalf("%s has ended, and nobody is asked to evaluate it", part.s.Workflow)
		}
	}
}

// lettersAreExchanged: no approval letter without the board, no activity without the letter; and each once.
func (w *walk) lettersAreExchanged() {
	w.rt.Helper()
	approvals, declines := w.mails("approval"), w.mails("declining")
	approved := w.s.Verdict != nil && w.s.Verdict.Result == casework.ResultApproved
	if approvals > 1 || declines > 1 || approvals == 1 && !approved || len(w.parts) > 0 && approvals != 1 {
		w.rt.Fatalf("%d approval and %d declining letters with the verdict %s and %d activities", approvals, declines, mustJSON(w.s.Verdict), len(w.parts))
	}
}

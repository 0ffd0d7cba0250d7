package casework

import (
	"slices"
	"time"
)

// Leg is a phase on the way of a request, as its map shows it.
type Leg struct {
	Phase   Phase
	State   LegState
	Entered time.Time     // first, in process time; zero where the request has not been
	Spent   time.Duration // in process time, all visits together
	Visits  int
}

// LegState is where a phase lies, as seen from where the request is.
type LegState string

// The states of a leg. Passed: entered and left at once, since nothing was wanted in it. Missed: the request ended before.
const (
	LegDone   LegState = "done"
	LegHere   LegState = "here"
	LegAhead  LegState = "ahead"
	LegPassed LegState = "passed"
	LegMissed LegState = "missed"
)

// PhaseEntry is that a phase began.
type PhaseEntry struct {
	Phase Phase
	At    time.Time
}

// Way is the map of a request: all phases in their order, each with the time that it took, until now or until the end.
// A phase that was left and entered again counts all its visits.
func Way(entries []PhaseEntry, until time.Time, ended bool) []Leg {
	way := make([]Leg, len(Phases))
	for i, phase := range Phases {
		way[i] = Leg{Phase: phase, State: LegAhead}
		if ended {
			way[i].State = LegMissed
		}
	}
	last := -1
	for i, entry := range entries {
		at := slices.Index(Phases, entry.Phase)
		if at < 0 {
			continue
		}
		left := until
		if i+1 < len(entries) {
			left = entries[i+1].At
		}
		way[at].visit(entry.At, left)
		last = at
	}
	if last >= 0 && !ended {
		way[last].State = LegHere
	} else if last >= 0 {
		way[last].State = LegDone // a request may end as soon as it came here
	}
	return way
}

func (l *Leg) visit(from, to time.Time) {
	if l.Visits == 0 {
		l.Entered = from
	}
	l.Visits++
	l.Spent += max(0, to.Sub(from))
	l.State = LegDone
	if l.Spent == 0 {
		l.State = LegPassed
	}
}

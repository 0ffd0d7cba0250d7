package staff

import (
	"time"

	"connex/casework"
)

// wayStop is a phase on the map of the request.
type wayStop struct {
	casework.Leg
	Name, Time string
	End        bool // not a phase, but how the request ended
}

// way is the map: nine phases in their order, and the ending where there is one.
func (r reading) way() (stops []wayStop) {
	until := r.now
	if r.file.EndedAt != nil {
		until = *r.file.EndedAt
	}
	var entries []casework.PhaseEntry
	for _, v := range r.visits() {
		entries = append(entries, v.PhaseEntry)
	}
	for _, leg := range casework.Way(entries, until, !r.file.Request.Open()) {
		stops = append(stops, wayStop{Leg: leg, Name: r.w.T("page.phase." + string(leg.Phase)), Time: r.timeOn(leg)})
	}
	if !r.file.Request.Open() {
		stops = append(stops, wayStop{Leg: casework.Leg{State: casework.LegHere}, Name: r.w.T("page.ending." + string(r.file.Ending)), End: true,
			Time: r.dateOf(r.file.EndedAt)})
	}
	return stops
}

// visit is when a phase began, and the entry of the trail that says so.
type visit struct {
	casework.PhaseEntry
	seq int64
}

// visits are the phases in which the request has been, as the trail has it.
func (r reading) visits() (visits []visit) {
	for _, e := range r.file.Story {
		if e.What == casework.TrailPhaseEntered && e.Outcome != "" {
			visits = append(visits, visit{casework.PhaseEntry{Phase: casework.Phase(e.Outcome), At: e.At}, e.Seq})
		}
	}
	if len(visits) == 0 {
		visits = []visit{{casework.PhaseEntry{Phase: r.file.Phase, At: r.file.PhaseEnteredAt}, 0}}
	}
	return visits
}

// timeOn is what the map says under a phase.
func (r reading) timeOn(leg casework.Leg) string {
	return r.w.T("case.way."+string(leg.State), "Spent", r.days(leg.Spent), "Since", r.w.Date(leg.Entered), "Visits", leg.Visits)
}

// days is a stretch of time in days, as one says it.
func (r reading) days(d time.Duration) string {
	whole := int(d / (24 * time.Hour))
	if whole == 0 {
		return r.w.T("case.under-a-day")
	}
	return r.w.T("case.days", "Count", whole)
}

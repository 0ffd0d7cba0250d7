package casework

import (
	"cmp"
	"slices"
	"time"
)

// Counted is a request as figures count it. Times are the case's.
type Counted struct {
	Opened, Submitted, Decided, Ended *time.Time // nil: not yet
	Result                            Result     // of the board's last round
	Ending                            Ending
	Country, Sector, Language         string
	Entered                           []PhaseEntry // in their order
	Activities                        []Span
}

// Span is from when to when an activity ran. Ended is nil while it does.
type Span struct {
	Began time.Time  `json:"began"`
	Ended *time.Time `json:"ended"`
}

// Weekly are the figures of a week for readers outside, such as funders. It knows no request, no country and no person: what
// could point to a country by being small is only said roughly.
type Weekly struct {
	Week      Week
	Came      int             // requests, in the week
	InHand    int             // at its end, by phase in Standing
	Standing  []Count[Phase]  // every phase, in their order
	Ended     int             // in the week, by ending in Endings
	Endings   []Count[Ending] // those that there were, the most first
	Approved  int             // by the board, in the week
	Declined  int
	Running   int     // activities, at the end
	Finished  int     // in the week
	Decisions int     // of the board in the year up to the end of the week
	Days      int     // from the formal letter to such a decision, half of them took no longer; only if there were enough
	Regions   []Share // of what is in hand; every value of each list, whether or not there is one of it
	Sectors   []Share
	Languages []Share
}

// Count is how many there are of something.
type Count[T ~string] struct {
	Of T
	N  int
}

// Share is roughly how many requests there are of a value.
type Share struct {
	Of string
	Band
}

// Band is a number of requests, told roughly: between two numbers, both included. Without an upper one it is the last band; without
// either, the requests come from fewer than three countries, or there are none.
type Band struct{ From, To int }

// Few tells that nothing more may be said.
func (b Band) Few() bool { return b == Band{} }

// fewestToTell is how many countries must stand behind a number, and how many decisions behind a middle.
const fewestToTell = 3

var bands = []Band{{fewestToTell, 5}, {6, 10}, {11, 20}, {21, 50}, {51, 100}, {From: 101}}

// bandOf hides what could point to a country. One that comes or goes is not seen from week to week, but where a band is left; and
// with bands nobody can subtract what is shown from a total.
func bandOf(requests, countries int) Band {
	if countries < fewestToTell {
		return Band{}
	}
	i := slices.IndexFunc(bands, func(b Band) bool { return b.To == 0 || requests <= b.To })
	return bands[i]
}

// WeeklyOf counts for a week. Requests that were opened after it need not be left out.
func WeeklyOf(week Week, requests []Counted) Weekly {
	f := Weekly{Week: week, Standing: make([]Count[Phase], len(Phases))}
	for i, phase := range Phases {
		f.Standing[i].Of = phase
	}
	var inHand []Counted
	for _, r := range requests {
		if r.Opened == nil || !r.Opened.Before(week.Ends()) {
			continue
		}
		f.count(r)
		if r.Ended == nil || !r.Ended.Before(week.Ends()) {
			f.Standing[max(0, slices.Index(Phases, r.phaseAt(week.Ends())))].N++
			inHand = append(inHand, r)
		}
	}
	f.InHand = len(inHand)
	slices.SortStableFunc(f.Endings, func(a, b Count[Ending]) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Of, b.Of)) })
	f.Decisions, f.Days = decisions(week, requests)
	f.Regions = shares(Regions(), inHand, func(r Counted) string { c, _ := CountryByCode(r.Country); return c.Region })
	f.Sectors = shares(ListValues(Sectors), inHand, func(r Counted) string { return r.Sector })
	f.Languages = shares(LetterLanguages, inHand, func(r Counted) string { return r.Language })
	return f
}

// count adds what happened to a request in the week, and its activities.
func (f *Weekly) count(r Counted) {
	if f.Week.Has(r.Opened) {
		f.Came++
	}
	if f.Week.Has(r.Ended) {
		f.Ended++
		i := slices.IndexFunc(f.Endings, func(c Count[Ending]) bool { return c.Of == r.Ending })
		if i < 0 {
			i, f.Endings = len(f.Endings), append(f.Endings, Count[Ending]{Of: r.Ending})
		}
		f.Endings[i].N++
	}
	if f.Week.Has(r.Decided) && r.Result == ResultApproved {
		f.Approved++
	}
	if f.Week.Has(r.Decided) && r.Result == ResultDeclined {
		f.Declined++
	}
	for _, a := range r.Activities {
		if f.Week.Has(a.Ended) {
			f.Finished++
		}
		if a.Began.Before(f.Week.Ends()) && (a.Ended == nil || !a.Ended.Before(f.Week.Ends())) {
			f.Running++
		}
	}
}

// phaseAt is where the request stood at an instant; the first phase where nothing is known.
func (r Counted) phaseAt(at time.Time) (phase Phase) {
	for _, e := range r.Entered {
		if e.At.Before(at) {
			phase = e.Phase
		}
	}
	return phase
}

// decisions are those of the board in the year up to the end of a week, and the days that half of them took at most; 0 days where they
// are too few to say.
func decisions(week Week, requests []Counted) (n, days int) {
	var took []int
	year := week.Ends().In(Berlin).AddDate(-1, 0, 0)
	for _, r := range requests {
		decided := r.Decided != nil && (r.Result == ResultApproved || r.Result == ResultDeclined)
		if !decided || r.Decided.Before(year) || !r.Decided.Before(week.Ends()) {
			continue
		}
		n++
		if r.Submitted != nil && !r.Decided.Before(*r.Submitted) {
			took = append(took, int(r.Decided.Sub(*r.Submitted)/day))
		}
	}
	if len(took) < fewestToTell {
		return n, 0
	}
	slices.Sort(took)
	return n, max(1, took[(len(took)-1)/2])
}

// shares are told for every value: that there is none of it would say as much as that there is one.
func shares(values []string, requests []Counted, of func(Counted) string) []Share {
	list := make([]Share, len(values))
	for i, value := range values {
		n, countries := 0, map[string]bool{}
		for _, r := range requests {
			if of(r) == value {
				n++
				if r.Country != "" {
					countries[r.Country] = true
				}
			}
		}
		list[i] = Share{value, bandOf(n, len(countries))}
	}
	return list
}

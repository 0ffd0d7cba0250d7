package store_test

import (
	"slices"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

// dueOn is a task that is due at noon of a day in the case's calendar.
func (c request) dueOn(day string, kind casework.TaskKind, holder ...casework.PersonID) casework.Task {
	t := c.aTask(kind, holder...)
	t.Clock.Due = casework.StartOf(day).Add(12 * time.Hour)
	return t
}

func TestWhatIsDueWhen(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, reviewer := c.officer(), c.staff("reviewer", casework.Reviewer)
	c.asks(c.dueOn("2026-04-30", casework.DiscussScope, officer.ID), c.dueOn("2026-05-01", casework.CheckConflict), c.dueOn("2026-05-31", casework.CheckPartners),
		c.dueOn("2026-06-01", casework.CheckEnvironment), c.aTask(casework.Withdraw))
	deputy := c.staff("deputy", casework.CaseOfficer)
	deputy.StandsFor = []casework.PersonID{officer.ID}
	may, june := casework.StartOf("2026-05-01"), casework.StartOf("2026-06-01")
	for name, tt := range map[string]struct {
		p    store.Person
		f    store.DueFilter
		want []casework.TaskKind
	}{
		"all":             {officer, store.DueFilter{}, []casework.TaskKind{casework.DiscussScope, casework.CheckConflict, casework.CheckPartners, casework.CheckEnvironment}},
		"mine":            {officer, store.DueFilter{Mine: true}, []casework.TaskKind{casework.DiscussScope}},
		"my role's":       {reviewer, store.DueFilter{Mine: true, From: june}, []casework.TaskKind{casework.CheckEnvironment}},
		"who is away's":   {deputy, store.DueFilter{Mine: true}, []casework.TaskKind{casework.DiscussScope}},
		"of a month":      {officer, store.DueFilter{From: may, To: june}, []casework.TaskKind{casework.CheckConflict, casework.CheckPartners}},
		"page after page": {officer, store.DueFilter{Limit: 1}, []casework.TaskKind{casework.DiscussScope, casework.CheckConflict, casework.CheckPartners, casework.CheckEnvironment}},
		"nonsense before": {officer, store.DueFilter{From: june, After: "AAAA"}, []casework.TaskKind{casework.CheckEnvironment}},
	} {
		var got []casework.TaskKind
		for {
			due, err := c.Due(t.Context(), tt.p, tt.f)
			c.must(err)
			for _, task := range due.Items {
				got = append(got, task.Kind)
				if task.Mine != (tt.p.ID != reviewer.ID && task.Kind == casework.DiscussScope || tt.p.ID == reviewer.ID && slices.Contains(casework.Checks, task.Kind)) {
					t.Errorf("%s: %s is mine: %t", name, task.Kind, task.Mine)
				}
			}
			if tt.f.After = due.Next; tt.f.After == "" {
				break
			}
		}
		same(t, name, got, tt.want)
	}
	days, err := c.DueByDay(t.Context(), officer, false, []time.Time{may, may.AddDate(0, 0, 1), casework.StartOf("2026-05-31"), june}, 1)
	c.must(err)
	if len(days) != 3 || days[0].All != 1 || days[1].All != 0 || days[2].All != 1 || days[2].Tasks[0].Kind != casework.CheckPartners {
		t.Errorf("by day: %+v", days)
	}
	if days, err = c.DueByDay(t.Context(), officer, false, []time.Time{begin, june}, 2); err != nil || days[0].All != 3 || len(days[0].Tasks) != 2 {
		t.Errorf("two of three: %+v, %v", days, err)
	}
	around, err := c.DueAround(t.Context(), officer, false, may, june)
	c.must(err)
	if around.Before != 1 || casework.DateOf(*around.Previous) != "2026-04-30" || casework.DateOf(*around.Next) != "2026-06-01" {
		t.Errorf("around May: %+v", around)
	}
	around, err = c.DueAround(t.Context(), officer, true, june, june)
	c.must(err)
	if around.Next != nil || around.Before != 1 {
		t.Errorf("mine after May: %+v", around)
	}
}

package workflows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"connex/casework"
)

// attributes are what operators search by: codes, dates and numbers only, since they are never encrypted.
type attributes struct {
	phase, country, officer, waitingFor string
	due                                 time.Time
	suspended, set                      bool
}

var (
	attrCase      = temporal.NewSearchAttributeKeyKeyword(casework.AttrCaseNumber)
	attrPhase     = temporal.NewSearchAttributeKeyKeyword(casework.AttrPhase)
	attrCountry   = temporal.NewSearchAttributeKeyKeyword(casework.AttrCountry)
	attrOfficer   = temporal.NewSearchAttributeKeyKeyword(casework.AttrCaseOfficer)
	attrWaiting   = temporal.NewSearchAttributeKeyKeywordList(casework.AttrWaitingFor)
	attrDue       = temporal.NewSearchAttributeKeyTime(casework.AttrDueAt)
	attrSuspended = temporal.NewSearchAttributeKeyBool(casework.AttrSuspended)
)

// show tells the console what this workflow waits for: search attributes where they changed, details in each run anew.
func (d *desk) show() error {
	kinds, due := d.s.awaited()
	now := attributes{phase: string(d.s.Phase), country: d.s.Country, officer: string(d.s.Dossier.Officer),
		waitingFor: strings.Join(kinds, " "), due: due, suspended: d.s.suspended(), set: true}
	workflow.SetCurrentDetails(d.ctx, d.s.details())
	if err := d.note(); err != nil {
		return err
	}
	if now == d.shown {
		return nil
	}
	d.shown = now
	updates := []temporal.SearchAttributeUpdate{
		attrCase.ValueSet(string(d.s.CaseNumber)), attrPhase.ValueSet(now.phase), attrWaiting.ValueSet(kinds), attrSuspended.ValueSet(now.suspended),
	}
	if now.country != "" {
		updates = append(updates, attrCountry.ValueSet(now.country))
	}
	if now.officer != "" {
		updates = append(updates, attrOfficer.ValueSet(now.officer))
	}
	if now.due.IsZero() {
		updates = append(updates, attrDue.ValueUnset())
	} else {
		updates = append(updates, attrDue.ValueSet(now.due))
	}
	return workflow.UpsertTypedSearchAttributes(d.ctx, updates...)
}

// memo is what operators read of a request beside its attributes; unlike those, it is encrypted.
type memo struct {
	Country string `json:"country"`
	Sector  string `json:"sector"`
}

// note brings the request's memo up to date: a request may begin without country and sector, and either may be corrected.
func (d *desk) note() error {
	now := memo{d.s.Country, d.s.Sector}
	if d.s.Support != nil || d.s.Edition < remembers || d.s.Memo == now {
		return nil
	}
	d.s.Memo = now
	return workflow.UpsertMemo(d.ctx, map[string]any{"country": now.Country, "sector": now.Sector})
}

// awaited are the kinds of tasks that wait, sorted, and the earliest due date.
func (s *state) awaited() (kinds []string, due time.Time) {
	kinds = []string{}
	for _, t := range s.Tasks {
		if t.Standing {
			continue
		}
		if !slices.Contains(kinds, string(t.Kind)) {
			kinds = append(kinds, string(t.Kind))
		}
		if !t.Clock.Due.IsZero() && (due.IsZero() || t.Clock.Due.Before(due)) {
			due = t.Clock.Due
		}
	}
	slices.Sort(kinds)
	return kinds, due
}

// details say in Markdown what the workflow waits for, since when, and what happens next.
func (s *state) details() string {
	var text strings.Builder
	fmt.Fprintf(&text, "**%s** · phase %s", s.CaseNumber, s.Phase)
	if s.suspended() {
		fmt.Fprintf(&text, " · suspended since %s", casework.DateOf(s.SuspendedAt))
	}
	text.WriteString("\n\n")
	for _, t := range s.Tasks {
		if t.Standing {
			continue
		}
		fmt.Fprintf(&text, "- waits for `%s` (%s) since %s", t.Kind, t.Role, casework.DateOf(t.Opened))
		if !t.Clock.Due.IsZero() {
			fmt.Fprintf(&text, ", due %s", casework.DateOf(t.Clock.Due))
		}
		if stage, when, more := t.Clock.Next(t.Rhythm()); more {
			fmt.Fprintf(&text, ", then %s on %s", stage.Strike, casework.DateOf(when))
		}
		text.WriteString("\n")
	}
	return text.String()
}

// nextStep tells everybody what comes next: what is due first, else what the story waits for. An activity leaves that to
// its request.
func (s *state) nextStep() (next casework.Next) {
	if s.Support != nil || s.Ending != "" {
		return next
	}
	for _, t := range s.Tasks {
		when := t.Clock.Due
		if when.IsZero() {
			_, when, _ = t.Clock.Next(t.Rhythm())
		}
		if !t.Standing && (next.When.IsZero() || when.Before(next.When)) {
			next = casework.Next{What: string(t.Kind), When: when, Who: t.Role}
		}
	}
	if next.What != "" {
		return next
	}
	for _, when := range s.Wakes {
		if next.When.IsZero() || when.Before(next.When) {
			next = casework.Next{What: string(s.Phase), When: when, Who: casework.ClockRole}
		}
	}
	return next
}

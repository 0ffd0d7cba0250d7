package staff

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// expertStanding is whether an expert may work on this request.
type expertStanding struct{ Name, Code, Interests string }

func (r reading) experts() (lines []expertStanding) {
	for _, e := range r.file.Experts {
		lines = append(lines, expertStanding{e.Name, string(e.Standing(r.now)), e.Interests})
	}
	return lines
}

// schedule is the activities on one axis of time, and what was said of each.
type schedule struct {
	Activities []activityLine
	Ticks      []tick
	Today      string // where today lies on the axis; empty where it does not
}

// tick is a date on the axis.
type tick struct{ At, Text string }

// activityLine is an activity with its bar. Places on the axis are percentages.
type activityLine struct {
	store.Activity
	Experts     []string
	From, Width string
	Lights      []light
	Last        *light
	Said        []web.Said // check-ins, reports and how it ended, newest first
}

// light is a check-in: a state with its word, and where it lies on the axis.
type light struct {
	State string
	At    time.Time
	Place string
}

func (r reading) schedule() (s schedule) {
	axis := r.axis()
	for _, a := range r.file.Activities {
		line := activityLine{Activity: a}
		line.From, line.Width = axis.bar(a.Start, a.End)
		for _, id := range a.Experts {
			line.Experts = append(line.Experts, r.names[id])
		}
		r.followed(&line, axis)
		s.Activities = append(s.Activities, line)
	}
	if len(s.Activities) > 0 {
		s.Ticks = axis.ticks(r.month)
		if !r.now.Before(axis.from) && !r.now.After(axis.to) {
			s.Today = axis.place(r.now)
		}
	}
	return s
}

// monitoring are the kinds by which an activity is followed.
var monitoring = []casework.TaskKind{casework.StartActivity, casework.CheckIn, casework.ReportActivity, casework.EndActivity}

func (r reading) month(t time.Time) string {
	return r.w.T("case.axis.month", "Month", r.w.T("format.month."+strconv.Itoa(int(t.Month()))), "Year", t.Year())
}

// followed adds what was said of an activity while it ran.
func (r reading) followed(line *activityLine, axis axis) {
	for _, d := range r.file.Decided {
		if d.Activity != line.Number || !slices.Contains(monitoring, d.Kind) {
			continue
		}
		said := r.place(d, "activity")
		said.Title = web.DoneTitle(r.w, d.Kind)
		line.Said = slices.Insert(line.Said, 0, *said)
		if d.Kind == casework.CheckIn {
			line.Lights = append(line.Lights, light{string(d.Outcome), said.At, axis.place(said.At)})
			line.Last = &line.Lights[len(line.Lights)-1]
		}
	}
}

// axis is a stretch of time.
type axis struct{ from, to time.Time }

// axis goes from the first start to the last end, and a little further on both sides.
func (r reading) axis() (a axis) {
	for _, activity := range r.file.Activities {
		from, to := casework.StartOf(activity.Start), casework.StartOf(activity.End).AddDate(0, 0, 1)
		if a.from.IsZero() || from.Before(a.from) {
			a.from = from
		}
		if to.After(a.to) {
			a.to = to
		}
	}
	margin := max(a.to.Sub(a.from)/50, 24*time.Hour)
	return axis{a.from.Add(-margin), a.to.Add(margin)}
}

// place is where an instant lies; what is outside lies at the edge.
func (a axis) place(t time.Time) string { return percent(a.share(t)) }

func (a axis) share(t time.Time) float64 {
	return min(1, max(0, float64(t.Sub(a.from))/float64(a.to.Sub(a.from))))
}

// bar goes from the morning of one day to the evening of another.
func (a axis) bar(start, end string) (from, width string) {
	begins, ends := a.share(casework.StartOf(start)), a.share(casework.StartOf(end).AddDate(0, 0, 1))
	return percent(begins), percent(max(ends-begins, 0.005))
}

func percent(share float64) string { return fmt.Sprintf("%.2f%%", 100*share) }

// ticks are first days of months: as many as have room for their names.
func (a axis) ticks(name func(time.Time) string) (ticks []tick) {
	step := 1
	for a.to.Sub(a.from) > time.Duration(step)*6*31*24*time.Hour {
		step *= 2
	}
	first := a.from.In(casework.Berlin)
	for t := time.Date(first.Year(), first.Month()+1, 1, 0, 0, 0, 0, casework.Berlin); t.Before(a.to); t = t.AddDate(0, step, 0) {
		one := tick{At: a.place(t)}
		if a.share(t) < 0.9 { // further right, a name would be cut off
			one.Text = name(t)
		}
		ticks = append(ticks, one)
	}
	return ticks
}

// evaluations are the grades side by side, and all views of the support as they were written.
type evaluations struct {
	Graded   []string // what each column of grades is about
	Criteria []gradeLine
	Said     []web.Said
}

type gradeLine struct {
	Criterion string
	Grades    []casework.Grade
}

var views = []casework.TaskKind{casework.EvaluateSupport, casework.SelfAssess, casework.WriteEvaluation, casework.ClosingQuestionnaire, casework.ClosingEvaluation}

func (r reading) evaluations() (e evaluations) {
	for _, criterion := range casework.EvaluationCriteria {
		e.Criteria = append(e.Criteria, gradeLine{Criterion: criterion})
	}
	for _, d := range r.file.Decided {
		if !slices.Contains(views, d.Kind) {
			continue
		}
		e.Said = append(e.Said, *r.place(d, "evaluation"))
		if d.Kind != casework.WriteEvaluation && d.Kind != casework.ClosingEvaluation {
			continue
		}
		about := r.w.T("case.grades.whole")
		if d.Activity > 0 {
			about = r.w.T("case.grades.activity", "Number", d.Activity)
		}
		e.Graded = append(e.Graded, about)
		card := casework.ScoreCardOf(d.Form["scores"])
		for i, criterion := range casework.EvaluationCriteria {
			e.Criteria[i].Grades = append(e.Criteria[i].Grades, card[criterion])
		}
	}
	return e
}

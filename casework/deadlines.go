package casework

import (
	"fmt"
	"strings"
	"time"
)

// Deadlines are moved with a reason by the request's case officer (move-deadline). The form names a task by where it
// lives, since only the workflow that owns a task moves its clock: an activity hears of it from its request.

// Deadline is a task's due date, for a person to choose among those that can be moved.
type Deadline struct {
	Task     TaskID
	Kind     TaskKind
	Activity int    // 0: of the request itself
	Due      string // date
}

const ofActivity = "activity-"

// Name is how the form says which deadline.
func (d Deadline) Name() string {
	if d.Activity == 0 {
		return string(d.Task)
	}
	return fmt.Sprintf("%s%d/%s", ofActivity, d.Activity, d.Task)
}

// says is how a person recognises the deadline.
func (d Deadline) says() *Sentence {
	title := Say("kind." + string(d.Kind) + ".title")
	if role := kinds[d.Kind].Role; !role.Staff() {
		title = Say("page.task.asked-of", "Title", title, "Whom", Say("page.role."+string(role)))
	}
	about := []any{"Title", title, "Due", Day(d.Due)}
	s := Say("form.move-deadline.task.line", about...)
	if d.Activity > 0 {
		s = Say("form.move-deadline.task.line-of-activity", append(about, "Activity", d.Activity)...)
	}
	return &s
}

// NamedDeadline reads such a name: the task, and the activity that it belongs to.
func NamedDeadline(name string) (task TaskID, activity int) {
	where, id, of := strings.Cut(name, "/")
	if !of {
		return TaskID(name), 0
	}
	if _, err := fmt.Sscanf(where, ofActivity+"%d", &activity); err != nil {
		return "", 0
	}
	return TaskID(id), activity
}

// Movable tells whether the task has a deadline that can be moved. A vote's belongs to its round: see settle-vote.
func (t Task) Movable() bool { return !t.Standing && !t.Clock.Due.IsZero() && MovableKind(t.Kind) }

// MovableKind tells the same of a kind.
func MovableKind(k TaskKind) bool { return k != CastVote }

// farthest is how far ahead of today a deadline may be moved, in days.
const farthest = 366

// WrongDeadline says why a deadline cannot be moved to a date; nothing where it can: it lies ahead, and within a year.
func WrongDeadline(today, was, to string) Sentence {
	first, err := time.Parse(DateLayout, today)
	switch {
	case err != nil || to < today:
		return Say("invalid.day-passed")
	case to > first.AddDate(0, 0, farthest).Format(DateLayout):
		return Say("invalid.day-too-far")
	case DateOf(DueOn(to)) == was:
		return Say("invalid.same-day")
	}
	return Sentence{}
}

// DueOn is the end of office on a date; a weekend moves on to Monday.
func DueOn(date string) time.Time { return at(offWeekend(StartOf(date)), endOfOffice) }

// Move gives the task another due date, and all its strikes move along. Those that come to lie ahead strike, perhaps
// once more; those that lie behind are passed over.
func (c *Clock) Move(due time.Time, r Rhythm, now time.Time) {
	c.Later += due.Sub(c.Due)
	c.Due, c.Struck = due, 0
	c.Moves++
	for {
		if _, when, more := c.Next(r); !more || when.After(now) {
			return
		}
		c.Struck++
	}
}

// rightDeadline checks the form of move-deadline.
func rightDeadline(c FormContext, v Values, wrong Faults) {
	for _, d := range c.Deadlines {
		if d.Name() == v.String("task") {
			if fault := WrongDeadline(c.Today, d.Due, v.String("dueOn")); fault.ID != "" {
				wrong["dueOn"] = fault
			}
		}
	}
}

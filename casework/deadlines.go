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
	Label    string // the catalogue's to add
}

const ofActivity = "activity-"

// Name is how the form says which deadline.
func (d Deadline) Name() string {
	if d.Activity == 0 {
		return string(d.Task)
	}
	return fmt.Sprintf("%s%d/%s", ofActivity, d.Activity, d.Task)
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

// WrongDeadline says why a deadline cannot be moved to a date, "" where it can: it lies ahead, and within a year.
func WrongDeadline(today, was, to string) string {
	first, err := time.Parse(DateLayout, today)
	switch {
	case err != nil || to < today:
		return "This day has passed already."
	case to > first.AddDate(0, 0, farthest).Format(DateLayout):
		return "Please choose a day within a year from now."
	case DateOf(DueOn(to)) == was:
		return "It is due on this day already."
	}
	return ""
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
func rightDeadline(c FormContext, v Values, wrong map[string]string) {
	for _, d := range c.Deadlines {
		if d.Name() == v.String("task") {
			if sentence := WrongDeadline(c.Today, d.Due, v.String("dueOn")); sentence != "" {
				wrong["dueOn"] = sentence
			}
		}
	}
}

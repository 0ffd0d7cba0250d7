package casework

import (
	"math/bits"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/de"
)

// Calendar is a case's own, fixed when it starts: process time = start + (now − start) × 24 h / day length. In
// production a day lasts 24 hours and the two times are the same. It is the only code that converts.
type Calendar struct {
	Start     time.Time     `json:"start"`
	DayLength time.Duration `json:"dayLength"` // real time that a process day lasts
}

const day = 24 * time.Hour

// Process is the case's time at a real instant. Time before the case's start counts as real.
func (c Calendar) Process(real time.Time) time.Time {
	if c.DayLength == day || !real.After(c.Start) {
		return real.UTC()
	}
	return c.Start.Add(scale(real.Sub(c.Start), day, c.DayLength)).UTC()
}

// Real is when, in real time, the case's time will be the given one.
func (c Calendar) Real(process time.Time) time.Time {
	if c.DayLength == day || !process.After(c.Start) {
		return process.UTC()
	}
	return c.Start.Add(scale(process.Sub(c.Start), c.DayLength, day)).UTC()
}

// scale is d × by / of without overflow; d is not negative.
func scale(d, by, of time.Duration) time.Duration {
	high, low := bits.Mul64(uint64(d), uint64(by))
	if high >= uint64(of) {
		return 1<<63 - 1
	}
	quotient, _ := bits.Div64(high, low, uint64(of))
	return time.Duration(min(quotient, 1<<63-1))
}

// Berlin is where the Secretariat is: case dates are Berlin dates of process time.
var Berlin = func() *time.Location {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err) // time/tzdata is linked in
	}
	return berlin
}()

// DateLayout is how dates travel: YYYY-MM-DD.
const DateLayout = "2006-01-02"

// DateOf is the Berlin date of an instant in process time.
func DateOf(process time.Time) string { return process.In(Berlin).Format(DateLayout) }

// StartOf is the first instant of a Berlin date; the zero time where s is no date.
func StartOf(date string) time.Time {
	t, err := time.ParseInLocation(DateLayout, date, Berlin)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// EndOfOffice is when a task that is due on a Berlin date becomes overdue.
func EndOfOffice(date string) time.Time { return at(StartOf(date), endOfOffice) }

// at is the given hour of the Berlin day in which t lies.
func at(t time.Time, hour int) time.Time {
	b := t.In(Berlin)
	return time.Date(b.Year(), b.Month(), b.Day(), hour, 0, 0, 0, Berlin).UTC()
}

var berlinDays = func() *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.AddHoliday(de.HolidaysBE...)
	return c
}()

// Workday tells whether the Berlin day of t is Monday to Friday and no holiday of Berlin's.
func Workday(t time.Time) bool { return berlinDays.IsWorkday(t.In(Berlin)) }

// addWorkdays is n working days after the Berlin day of t; n may be 0.
func addWorkdays(t time.Time, n int) time.Time {
	b := t.In(Berlin)
	for n > 0 {
		b = b.AddDate(0, 0, 1)
		if Workday(b) {
			n--
		}
	}
	return b
}

// onWorkday is t's day, or the next one on which people work.
func onWorkday(t time.Time) time.Time {
	b := t.In(Berlin)
	for !Workday(b) {
		b = b.AddDate(0, 0, 1)
	}
	return b
}

// offWeekend is t's day, or the Monday after it.
func offWeekend(t time.Time) time.Time {
	b := t.In(Berlin)
	for b.Weekday() == time.Saturday || b.Weekday() == time.Sunday {
		b = b.AddDate(0, 0, 1)
	}
	return b
}

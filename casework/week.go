package casework

import "time"

// Week is one from Monday to Sunday, as Berlin's calendar has it.
type Week struct{ monday string }

// WeekOf is the week in which a date lies; false where that is no date.
func WeekOf(date string) (Week, bool) {
	if !validDate(date) {
		return Week{}, false
	}
	day := StartOf(date).In(Berlin)
	return Week{day.AddDate(0, 0, -(int(day.Weekday())+6)%7).Format(DateLayout)}, true
}

// LastWholeWeek is the one before that in which an instant lies.
func LastWholeWeek(now time.Time) Week {
	week, _ := WeekOf(DateOf(now))
	return week.Add(-1)
}

// Monday is its first day.
func (w Week) Monday() string { return w.monday }

// Sunday is its last day.
func (w Week) Sunday() string { return DateOf(w.Ends().In(Berlin).AddDate(0, 0, -1)) }

// Begins is its first instant.
func (w Week) Begins() time.Time { return StartOf(w.monday) }

// Ends is the first instant after it.
func (w Week) Ends() time.Time { return w.Add(1).Begins() }

// Add is the week so many weeks later.
func (w Week) Add(weeks int) Week {
	return Week{w.Begins().In(Berlin).AddDate(0, 0, 7*weeks).Format(DateLayout)}
}

// Over tells whether all of it has passed at an instant.
func (w Week) Over(now time.Time) bool { return !now.Before(w.Ends()) }

// Has tells whether an instant lies in it.
func (w Week) Has(t *time.Time) bool {
	return t != nil && !t.Before(w.Begins()) && t.Before(w.Ends())
}

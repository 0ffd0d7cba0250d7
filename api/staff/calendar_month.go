package staff

import (
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// fillMonth shows a month as weeks from Monday to Sunday, and says what is due outside of it.
func (s room) fillMonth(c *gin.Context, asked calendarAsked, page *calendarPage) error {
	ctx, p, w := c.Request.Context(), web.PersonOf(c), web.Words(c)
	from, to := asked.month, asked.month.AddDate(0, 1, 0)
	begins := []time.Time{from}
	for day := from; day.Before(to); {
		day = day.AddDate(0, 0, 1)
		begins = append(begins, day)
	}
	days, err := s.Store.DueByDay(ctx, p, !asked.all, begins, mostOnADay+1)
	if err != nil {
		return err
	}
	page.Empty = true
	for _, day := range days {
		page.Empty = page.Empty && day.All == 0
	}
	page.Weeks = weeksOf(w, asked, days)
	for _, day := range page.Weeks[0] {
		page.Weekdays = append(page.Weekdays, day.Weekday)
	}
	around, err := s.Store.DueAround(ctx, p, !asked.all, from, to)
	if err != nil {
		return err
	}
	page.Before = around.Before
	if page.Empty {
		page.LastMonth, page.NextMonth = asked.monthWith(w, around.Previous), asked.monthWith(w, around.Next)
	}
	return nil
}

// monthWith leads to the month in which something is due.
func (a calendarAsked) monthWith(w *words.Words, due *time.Time) *monthLink {
	if due == nil {
		return nil
	}
	first, _ := monthOf(due.In(casework.Berlin).Format("2006-01"))
	return &monthLink{monthName(w, first), a.at(func(n *calendarAsked) { n.month, n.chosen = first, true })}
}

// weeksOf a month are whole weeks, with the days of its neighbours that fill them; those show nothing.
func weeksOf(w *words.Words, asked calendarAsked, due []store.DueDay) (weeks [][]calendarDay) {
	today := casework.DateOf(time.Now())
	day := asked.month.AddDate(0, 0, -(int(asked.month.Weekday())+6)%7)
	for end := asked.month.AddDate(0, 1, 0); day.Before(end); {
		var week []calendarDay
		for range 7 {
			date := day.Format(casework.DateLayout)
			shown := calendarDay{Date: date, Day: day.Day(), Weekday: weekday(w, day), Outside: day.Month() != asked.month.Month(), Today: date == today}
			if !shown.Outside {
				shown.fill(w, due[day.Day()-1])
				shown.Href = asked.at(func(n *calendarAsked) { n.list, n.day = true, date })
			}
			week = append(week, shown)
			day = day.AddDate(0, 0, 1)
		}
		weeks = append(weeks, week)
	}
	return weeks
}

// fill shows a few tasks; one more than that is shown as well, rather than said to be one more.
func (d *calendarDay) fill(w *words.Words, due store.DueDay) {
	shown := due.Tasks
	if due.All > len(shown) {
		shown = shown[:mostOnADay]
		d.More = due.All - mostOnADay
	}
	for _, task := range shown {
		d.Tasks = append(d.Tasks, calendarTaskOf(w, task))
	}
}

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
	byDate := map[string][]store.DueTask{}
	for f := (store.DueFilter{Mine: !asked.all, From: from, To: to, Limit: mostInAMonth}); ; {
		due, err := s.Store.Due(ctx, p, f)
		if err != nil {
			return err
		}
		for _, task := range due.Items {
			date := casework.DateOf(task.DueAt)
			byDate[date] = append(byDate[date], task)
		}
		if f.After = due.Next; f.After == "" {
			break
		}
	}
	page.Weeks, page.Empty = weeksOf(w, asked, byDate), len(byDate) == 0
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

// weeksOf a month are whole weeks, with the days of its neighbours that fill them.
func weeksOf(w *words.Words, asked calendarAsked, byDate map[string][]store.DueTask) (weeks [][]calendarDay) {
	today := casework.DateOf(time.Now())
	day := asked.month.AddDate(0, 0, -(int(asked.month.Weekday())+6)%7)
	for end := asked.month.AddDate(0, 1, 0); day.Before(end); {
		var week []calendarDay
		for range 7 {
			date := day.Format(casework.DateLayout)
			shown := calendarDay{Date: date, Day: day.Day(), Weekday: weekday(w, day), Outside: day.Month() != asked.month.Month(), Today: date == today,
				Href: asked.at(func(n *calendarAsked) { n.list, n.day = true, date })}
			for i, task := range byDate[date] {
				if i == mostOnADay && len(byDate[date]) > mostOnADay+1 {
					shown.More = len(byDate[date]) - mostOnADay
					break
				}
				shown.Tasks = append(shown.Tasks, calendarTaskOf(w, task))
			}
			week = append(week, shown)
			day = day.AddDate(0, 0, 1)
		}
		weeks = append(weeks, week)
	}
	return weeks
}

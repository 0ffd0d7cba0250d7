package staff

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// registerCalendar adds the pages of what is due.
func (s room) registerCalendar(r *gin.Engine) {
	r.GET("/calendar", s.Staff(s.calendar))
	r.POST("/calendar/feed", s.Staff(s.renewFeed))
	r.POST("/calendar/feed/delete", s.Staff(s.revokeFeed))
	r.GET("/calendar/feed/:token", s.Feed(s.feed))
}

// calendarPage is a month, or a list, of what is due.
type calendarPage struct {
	Tabs      []tab
	All, List bool
	Title     string // of the month
	Links     calendarLinks
	Before    int // due before this month, and still open
	Weekdays  []string
	Weeks     [][]calendarDay // nil for a list
	Days      []calendarDay   // of a list
	Next      string
	Empty     bool
	NextMonth *monthLink // where something is due, if nothing is in this one
	LastMonth *monthLink
	Feed      feedPart
}

// calendarLinks lead to the same in another way.
type calendarLinks struct{ Mine, All, Month, List, Previous, Today, Following, Overdue string }

type monthLink struct{ Name, Href string }

// calendarDay is a day in the cases' calendars with what is due on it.
type calendarDay struct {
	Date    string // 2026-11-23
	Day     int
	Weekday string
	Outside bool // of another month
	Today   bool
	Tasks   []calendarTask
	More    int    // how many do not fit
	Href    string // where they all are
}

type calendarTask struct {
	store.DueTask
	Title, Country, Href string
}

// mostOnADay is how many tasks of a day a month shows; the list has them all.
const mostOnADay = 4

// asked is what the address says.
type calendarAsked struct {
	month     time.Time // its first day, in Berlin
	chosen    bool      // it was named
	all, list bool
	day       string
}

func calendarAskedBy(c *gin.Context) calendarAsked {
	a := calendarAsked{all: c.Query("who") == "all", list: c.Query("view") == viewList}
	a.month, a.chosen = monthOf(c.Query("month"))
	if day := c.Query("day"); a.list && !casework.StartOf(day).IsZero() {
		a.day = day
	}
	return a
}

// monthOf is the first day of a month such as 2026-11; of this one where it is none.
func monthOf(text string) (first time.Time, named bool) {
	first, err := time.ParseInLocation("2006-01", text, casework.Berlin)
	if err == nil && first.Year() > 1900 && first.Year() < 9999 {
		return first, true
	}
	today := time.Now().In(casework.Berlin)
	return time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, casework.Berlin), false
}

// at is the address of the calendar, with what differs.
func (a calendarAsked) at(change func(*calendarAsked)) string {
	change(&a)
	query := "?"
	if a.all {
		query += "who=all&"
	}
	if a.list {
		query += "view=list&"
	}
	switch {
	case a.day != "":
		query += "day=" + a.day + "&"
	case a.chosen:
		query += "month=" + a.month.Format("2006-01") + "&"
	}
	return "/calendar" + query[:len(query)-1]
}

func (a calendarAsked) links() calendarLinks {
	month := func(by int) string {
		return a.at(func(n *calendarAsked) { n.month, n.chosen, n.day = a.month.AddDate(0, by, 0), true, "" })
	}
	return calendarLinks{
		Mine:      a.at(func(n *calendarAsked) { n.all = false }),
		All:       a.at(func(n *calendarAsked) { n.all = true }),
		Month:     a.at(func(n *calendarAsked) { n.list, n.day = false, "" }),
		List:      a.at(func(n *calendarAsked) { n.list = true }),
		Previous:  month(-1),
		Following: month(1),
		Today:     a.at(func(n *calendarAsked) { n.chosen, n.day = false, "" }),
		Overdue:   a.at(func(n *calendarAsked) { n.list, n.chosen, n.day = true, false, "" }),
	}
}

// calendar shows what is due: mine or everybody's, as a month or as a list.
func (s room) calendar(c *gin.Context) error {
	asked, w := calendarAskedBy(c), web.Words(c)
	page := calendarPage{Tabs: tabsOf(look{}, "calendar"), All: asked.all, List: asked.list, Links: asked.links(), Title: monthName(w, asked.month)}
	var err error
	if page.Feed, err = s.feedOf(c); err != nil {
		return err
	}
	fill := s.fillMonth
	if asked.list {
		fill = s.fillList
	}
	if err := fill(c, asked, &page); err != nil {
		return err
	}
	return s.show(c, http.StatusOK, "calendar", w.T("calendar.title"), "requests", page)
}

func monthName(w *words.Words, first time.Time) string {
	return w.T("calendar.month-name", "Month", w.T("format.month."+strconv.Itoa(int(first.Month()))), "Year", first.Year())
}

// fillList shows tasks in the order in which they are due: from the oldest, of a day, or from a month on.
func (s room) fillList(c *gin.Context, asked calendarAsked, page *calendarPage) error {
	f := store.DueFilter{Mine: !asked.all, After: c.Query("after")}
	switch {
	case asked.day != "":
		f.From = casework.StartOf(asked.day)
		f.To = f.From.In(casework.Berlin).AddDate(0, 0, 1)
		page.Title = web.Words(c).Day(asked.day)
	case asked.chosen:
		f.From = asked.month
	}
	due, err := s.Store.Due(c.Request.Context(), web.PersonOf(c), f)
	if err != nil {
		return err
	}
	w := web.Words(c)
	for _, task := range due.Items {
		date := casework.DateOf(task.DueAt)
		if n := len(page.Days); n == 0 || page.Days[n-1].Date != date {
			page.Days = append(page.Days, calendarDay{Date: date, Weekday: weekday(w, task.DueAt.In(casework.Berlin))})
		}
		day := &page.Days[len(page.Days)-1]
		day.Tasks = append(day.Tasks, calendarTaskOf(w, task))
	}
	page.Empty, page.Next = len(due.Items) == 0, nextPage(c, due.Next)
	return nil
}

func calendarTaskOf(w *words.Words, t store.DueTask) calendarTask {
	shown := calendarTask{DueTask: t, Country: optionOr(w, t.Country), Href: "/requests/" + string(t.CaseNumber),
		Title: titleOf(w, store.Task{Kind: t.Kind, Activity: t.Activity, Role: t.Role, HolderName: t.HolderName})}
	if t.Mine {
		shown.Href = "/tasks/" + string(t.ID)
	}
	return shown
}

func weekday(w *words.Words, day time.Time) string {
	return w.T("calendar.weekday." + strconv.Itoa((int(day.Weekday())+6)%7+1))
}

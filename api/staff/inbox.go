package staff

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

type inboxPage struct {
	Result *web.Result
	Mails  int // that fit no case and wait for a case officer
	Groups []taskGroup
	Next   string
}

// taskGroup holds what is due in the same stretch of time.
type taskGroup struct {
	Name  string
	Tasks []taskLine
}

// taskLine is a task in a list, with what its reader may do with it.
type taskLine struct {
	store.Task
	Title, Why, Blocked  string
	CanTake, CanGiveBack bool
}

// inbox shows what waits for me and for my roles, most overdue first.
func (s room) inbox(c *gin.Context) error {
	p, w := web.PersonOf(c), web.Words(c)
	tasks, err := s.Store.Tasks(c.Request.Context(), p, store.TaskFilter{Mine: true, After: c.Query("after")})
	if err != nil {
		return err
	}
	result, err := s.ResultOf(c)
	if err != nil {
		return err
	}
	page := inboxPage{Result: result, Groups: grouped(w, p, tasks.Items, time.Now()), Next: nextPage(c, tasks.Next)}
	if p.Has(casework.CaseOfficer) {
		if page.Mails, err = s.Store.CountMailsToTriage(c.Request.Context()); err != nil {
			return err
		}
	}
	return s.show(c, http.StatusOK, "inbox", w.T("page.inbox.title"), "inbox", page)
}

func grouped(w *words.Words, p store.Person, tasks []store.Task, now time.Time) (groups []taskGroup) {
	lines := map[string][]taskLine{}
	for _, task := range tasks {
		name := groupOf(task, now)
		lines[name] = append(lines[name], lineOf(w, p, task))
	}
	for _, name := range []string{"overdue", "today", "week", "later", "undated"} {
		if len(lines[name]) > 0 {
			groups = append(groups, taskGroup{name, lines[name]})
		}
	}
	return groups
}

// groupOf compares days in the case's own calendar.
func groupOf(t store.Task, now time.Time) string {
	today := t.Calendar.Process(now)
	switch {
	case t.DueAt == nil:
		return "undated"
	case t.Overdue:
		return "overdue"
	case casework.DateOf(*t.DueAt) <= casework.DateOf(today):
		return "today"
	case casework.DateOf(*t.DueAt) <= casework.DateOf(today.AddDate(0, 0, 7)):
		return "week"
	}
	return "later"
}

func lineOf(w *words.Words, p store.Person, t store.Task) taskLine {
	line := taskLine{Task: t, Title: titleOf(w, t), Why: whyMine(w, p, t)}
	if refusal := t.Blocked(); refusal != nil {
		line.Blocked = refusal.Reason
	}
	kind, _ := casework.KindOf(t.Kind)
	mine := kind.Holding == casework.ByRole && !t.Standing && p.Has(t.Role) && line.Blocked == ""
	line.CanTake, line.CanGiveBack = mine && t.Holder == "", mine && t.Taken && t.Holder == p.ID
	return line
}

// titleOf is what a task asks, and of whom where it is none of us, with the activity that it belongs to.
func titleOf(w *words.Words, t store.Task) string {
	title := web.KindTitle(w, string(t.Kind))
	if !t.Role.Staff() {
		title = w.T("page.task.asked-of", "Title", title, "Whom", nameOr(t.HolderName, w.T("page.role."+string(t.Role))))
	}
	if t.Activity > 0 {
		return w.T("page.task.of-activity", "Title", title, "Number", t.Activity)
	}
	return title
}

func whyMine(w *words.Words, p store.Person, t store.Task) string {
	switch {
	case t.Holder == p.ID && t.Taken:
		return w.T("page.task.mine-taken")
	case t.Holder == p.ID:
		return w.T("page.task.mine")
	case t.Holder != "":
		return w.T("page.task.other", "Name", t.HolderName)
	}
	return w.T("page.task.role", "Role", w.T("page.role."+string(t.Role)))
}

// nextPage is the address at which the list that is shown goes on.
func nextPage(c *gin.Context, after string) string {
	if after == "" {
		return ""
	}
	query := c.Request.URL.Query()
	query.Set("after", after)
	query.Del("action")
	return c.Request.URL.Path + "?" + query.Encode()
}

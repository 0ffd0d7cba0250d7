package staff

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// inboxPage is what waits for the reader, what they wait for, and what happened meanwhile.
type inboxPage struct {
	Result  *web.Result
	Mails   int // that fit no case and wait for a case officer
	Stuck   []stuckLine
	Waiting int
	Late    int
	Groups  []taskGroup
	Next    string
	Paged   bool // this is one of several pages: what is counted is on all of them
	Awaited []awaitedLine
	Queue   int               // how much is awaited in all
	Mine    string            // where the requests are that the reader runs
	Notes   []store.Mentioned // in which a colleague mentioned the reader
	Since   time.Time         // the reader's last visit; zero on their first
	News    []caseNews
	Others  int      // news of requests of which none is told here
	Welcome *welcome // on the first visit of a role

	ReadsOnly bool // an auditor, of whom nothing is ever asked
	OnceDue   bool // all that is ever asked of them is mailed only when it is due
}

// awaitedLine is what somebody else has to do in a request that the reader runs.
type awaitedLine struct {
	taskLine
	Holder string
}

// caseNews is what happened in one request: the newest first, and how much more there is.
type caseNews struct {
	store.NewsLine
	Lines []storyLine
	More  int
}

// newsOfCase is how many lines of one request are told; its page has the rest.
const newsOfCase = 4

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

// inbox shows what waits for me and for my roles, most overdue first. Who sees no request is led to what is theirs.
func (s room) inbox(c *gin.Context) error {
	p, w := web.PersonOf(c), web.Words(c)
	if !web.Reads(p) {
		c.Redirect(http.StatusSeeOther, "/admin")
		return nil
	}
	filter := store.TaskFilter{Mine: true, After: c.Query("after")}
	tasks, err := s.Store.Tasks(c.Request.Context(), p, filter)
	if err != nil {
		return err
	}
	page := inboxPage{Groups: grouped(w, p, tasks.Items, time.Now()), Next: nextPage(c, tasks.Next), Paged: tasks.Next != "" || filter.After != "",
		ReadsOnly: slices.Equal(p.Roles, []casework.Role{casework.Auditor}), OnceDue: !slices.ContainsFunc(p.Roles, casework.Role.AskedByMail)}
	if page.Waiting, page.Late, err = s.counted(c, page.Paged, filter, tasks.Items); err != nil {
		return err
	}
	if err := s.around(c, &page); err != nil {
		return err
	}
	return s.show(c, http.StatusOK, "inbox", w.T("page.inbox.title"), "inbox", page)
}

// counted tells how many tasks wait, and how many of them are overdue; those of other pages are counted where there are such.
func (s room) counted(c *gin.Context, paged bool, filter store.TaskFilter, here []store.Task) (all, overdue int, err error) {
	if paged && len(here) > 0 {
		return s.Store.CountTasks(c.Request.Context(), web.PersonOf(c), filter)
	}
	for _, t := range here {
		if t.Overdue {
			overdue++
		}
	}
	return len(here), overdue, nil
}

// around adds what stands beside the tasks.
func (s room) around(c *gin.Context, page *inboxPage) (err error) {
	ctx, p := c.Request.Context(), web.PersonOf(c)
	if page.Result, err = s.resultWithCause(c); err != nil {
		return err
	}
	if p.Has(casework.CaseOfficer) {
		if page.Mails, err = s.Store.CountMailsToTriage(ctx); err != nil {
			return err
		}
	}
	if p.Has(casework.Head) {
		if page.Stuck, err = s.stuckCases(c); err != nil {
			return err
		}
	}
	if page.Notes, err = s.Store.Mentions(ctx, p); err != nil {
		return err
	}
	awaited, all, err := s.Store.Awaited(ctx, p)
	if err != nil {
		return err
	}
	page.Queue, page.Mine = all, "/requests?"+url.Values{"officer": {string(p.ID)}, "ended": {casework.No}}.Encode()
	for _, t := range awaited {
		line := awaitedLine{lineOf(web.Words(c), p, t), holderOf(web.Words(c), t)}
		line.Title = ofActivity(web.Words(c), t, plainTitle(web.Words(c), t.Kind)) // of whom stands beside it
		page.Awaited = append(page.Awaited, line)
	}
	return s.news(c, page)
}

// visited is what was before the reader's visit. A page that looks again by itself is none.
func (s room) visited(c *gin.Context) (store.Visits, error) {
	visit := s.Store.Visit
	if dest := c.GetHeader("Sec-Fetch-Dest"); dest != "" && dest != "document" {
		visit = s.Store.LastVisits
	}
	return visit(c.Request.Context(), web.PersonOf(c))
}

// news is what others did since the reader's last visit.
func (s room) news(c *gin.Context, page *inboxPage) (err error) {
	ctx, p := c.Request.Context(), web.PersonOf(c)
	before, err := s.visited(c)
	if err != nil {
		return err
	}
	page.Welcome = welcomeFor(web.Words(c), p, before, page.Groups)
	if before.Last == nil {
		return nil
	}
	page.Since = *before.Last
	news, err := s.Store.News(ctx, p, page.Since)
	if err != nil || len(news) == 0 {
		return err
	}
	names, err := s.Store.Names(ctx)
	page.News, page.Others = byCase(news, reading{w: web.Words(c), names: names}), news[0].All
	for _, of := range page.News {
		page.Others -= of.InCase
	}
	return err
}

// byCase gathers the news of each request, the request with the newest first; how many more there are includes what was not
// read.
func byCase(news []store.NewsLine, teller reading) (cases []caseNews) {
	for _, n := range news {
		i := slices.IndexFunc(cases, func(of caseNews) bool { return of.CaseNumber == n.CaseNumber })
		if i < 0 {
			i, cases = len(cases), append(cases, caseNews{NewsLine: n})
		}
		if of := &cases[i]; len(of.Lines) < newsOfCase {
			of.Lines = append(of.Lines, storyLine{At: n.RecordedAt, Text: teller.told(n.Entry)})
			of.More = of.InCase - len(of.Lines)
		}
	}
	return cases
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
		line.Blocked = w.Refusal(*refusal)
	}
	kind, _ := casework.KindOf(t.Kind)
	mine := kind.Holding == casework.ByRole && t.Status == store.TaskOpen && !t.Standing && p.Has(t.Role) && line.Blocked == ""
	line.CanTake, line.CanGiveBack = mine && t.Holder == "", mine && t.Taken && t.Holder == p.ID
	return line
}

// plainTitle is what staff call a task. Those of guests address them in their words, which would mislead one of us.
func plainTitle(w *words.Words, kind casework.TaskKind) string {
	if id := "kind." + string(kind) + ".to-staff"; w.Has(id) {
		return w.T(id)
	}
	return web.KindTitle(w, string(kind))
}

// titleOf is what a task asks, and of whom where it is none of us, with the activity that it belongs to.
func titleOf(w *words.Words, t store.Task) string {
	title := plainTitle(w, t.Kind)
	if !t.Role.Staff() {
		title = w.T("page.task.asked-of", "Title", title, "Whom", nameOr(t.HolderName, w.T("page.role."+string(t.Role))))
	}
	return ofActivity(w, t, title)
}

func ofActivity(w *words.Words, t store.Task, title string) string {
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
	case casework.InPlaceOf(t.Kind, t.Holder, p.StandsFor) != "":
		return w.T("page.absence.mine", "Name", t.HolderName)
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

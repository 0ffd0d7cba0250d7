package staff

import (
	"cmp"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

type taskPage struct {
	Task        store.Task
	Mine        taskLine // what the reader may do with it beside its form
	Result      *web.Result
	Title, Help string
	Why, Whose  string // the rule of the process that asks for it, and why it is the reader's
	Holder      string
	About       string
	Reminded    string
	Reminds     string
	Today       string
	Facts       []web.Line // of the request, where the form is about all of it
	Shown       []web.Said
	OnBehalf    bool
	Blocked     string
	Refusal     string
	Left        []web.Line // what the reader had written, where it cannot be sent any more
	Form        web.HTMLForm
	Reassign    *reassigning // nil where it is not theirs to give away
	Next        *nextTask    // which one may do first
	Paper       string       // the letter that is to be signed
}

// Again: a form of giving it away came back. Of the task itself the reader asked nothing.
func (p taskPage) Again() bool {
	return p.Reassign != nil && (len(p.Reassign.Wrong) > 0 || p.Reassign.Refusal != "")
}

// task shows a task's form to whoever may complete it, and to others who may see the request why it is not theirs.
func (s room) task(c *gin.Context) error {
	return s.showTask(c, http.StatusOK, casework.TaskID(c.Param("id")), reassigning{})
}

func (s room) showTask(c *gin.Context, status int, id casework.TaskID, again reassigning) error {
	task, err := s.Store.Task(c.Request.Context(), web.PersonOf(c), id)
	if err != nil {
		return err
	}
	page, err := s.taskPage(c, task, again)
	if err != nil {
		return err
	}
	about, err := s.openForm(c, &page)
	if err != nil {
		return err
	}
	if page.Blocked != "" {
		if page.Left, err = s.Unsent(c, task); err != nil {
			return err
		}
	}
	if page.Shown, err = s.saidAbout(c, task, about); err != nil {
		return err
	}
	return s.showTaskPage(c, status, page)
}

func (s room) showTaskPage(c *gin.Context, status int, page taskPage) error {
	if page.Blocked == "" {
		page.Result.Stay(c)
	}
	return s.pages.Show(c, status, "task", web.View{Title: page.Form.Titled(page.Title) + " – " + string(page.Task.CaseNumber), Person: web.PersonOf(c),
		Section: "inbox", Live: lineOfCase(c, page.Task.CaseNumber), Body: page})
}

// openForm adds the form, or why there is none. What the task is about comes with it.
func (s room) openForm(c *gin.Context, page *taskPage) (about []store.Action, err error) {
	ctx, p := c.Request.Context(), web.PersonOf(c)
	if page.Blocked != "" {
		return s.Store.ActionsAbout(ctx, p, page.Task)
	}
	sheet, err := s.Dispatch.SheetOf(ctx, p, page.Task)
	if errors.Is(err, dispatch.ErrNotYours) {
		page.Blocked = web.Words(c).T("page.task.not-yours", "Holder", page.Holder)
		return s.Store.ActionsAbout(ctx, p, page.Task)
	}
	if err != nil {
		return nil, err
	}
	if sheet.Blocked != nil {
		page.Blocked = web.Words(c).Refusal(*sheet.Blocked)
		return sheet.About, nil
	}
	opened, err := s.OpenTask(c, sheet, "/tasks/"+string(page.Task.ID))
	page.take(c, opened)
	return sheet.About, err
}

func (p *taskPage) take(c *gin.Context, opened web.TaskPage) {
	p.Form, p.Refusal, p.OnBehalf = opened.Form, opened.Refusal, opened.Sheet.Capacity.OnBehalf
	p.Facts = web.FactsFor(web.Words(c), opened.Sheet.Task.Kind, opened.Sheet.Context.Known)
	p.About = aboutWhom(web.Words(c), opened.Sheet)
}

// complete takes a posted form: on to the case, with what became of it, or back with everything that was typed.
func (s room) complete(c *gin.Context) error {
	id := casework.TaskID(c.Param("id"))
	done, again, err := s.SendTask(c, id, "/tasks/"+string(id))
	if err != nil {
		return err
	}
	if again != nil {
		return s.showAgain(c, *again)
	}
	task, err := s.Store.Task(c.Request.Context(), web.PersonOf(c), id)
	if errors.Is(err, store.ErrNotFound) { // whoever recused themselves sees the request no more
		return s.after(c, done, nil, "/")
	}
	if err != nil {
		return err
	}
	return s.after(c, done, nil, "/requests/"+string(task.CaseNumber))
}

// showAgain shows a form that was not taken, with everything in it.
func (s room) showAgain(c *gin.Context, again web.TaskPage) error {
	if again.Next != "" {
		c.Redirect(http.StatusSeeOther, again.Next)
		return nil
	}
	page, err := s.taskPage(c, again.Sheet.Task, reassigning{})
	if err != nil {
		return err
	}
	if page.Shown, err = s.saidAbout(c, again.Sheet.Task, again.Sheet.About); err != nil {
		return err
	}
	closed := page.Blocked
	page.Blocked = ""
	page.take(c, again)
	if page.Refusal != "" {
		page.Refusal = cmp.Or(closed, lostTo(web.Words(c), page, again), page.Refusal)
	}
	return s.showTaskPage(c, again.Status, page)
}

// lostTo says whose it is that was the reader's when they opened the form; nothing where it still is theirs.
func lostTo(w *words.Words, page taskPage, again web.TaskPage) string {
	switch {
	case again.Status != http.StatusForbidden:
		return ""
	case again.Sheet.Capacity.OnBehalf:
		return w.T("page.task.lost-to-officer")
	}
	return w.T("page.task.lost-to", "Holder", page.Holder)
}

// taskPage is all but the form and what the task is about.
func (s room) taskPage(c *gin.Context, t store.Task, again reassigning) (page taskPage, err error) {
	p, w := web.PersonOf(c), web.Words(c)
	why, err := s.whyAsked(c, t.Kind)
	if err != nil {
		return page, err
	}
	mine := lineOf(w, p, t)
	page = taskPage{Task: t, Mine: mine, Title: mine.Title, Help: web.KindHelp(w, string(t.Kind)), Why: why, Whose: mine.Why, Holder: holderOf(w, t),
		Today: casework.DateOf(t.Calendar.Process(time.Now()))}
	page.Reminded, page.Reminds = reminders(w, t)
	if page.Reassign, err = s.reassigning(c, t, again); err != nil {
		return page, err
	}
	if t.Status != store.TaskOpen || t.Ending != "" {
		if page.Blocked, err = s.Closed(c, t, closedWords); err != nil {
			return page, err
		}
	}
	if page.Result, err = s.resultWithCause(c); err != nil {
		return page, err
	}
	if !t.Standing {
		if page.Next, err = s.nextAfter(c, t.ID); err != nil {
			return page, err
		}
	}
	drafts, err := s.Store.LetterDrafts(c.Request.Context(), p, t)
	if err != nil {
		return page, err
	}
	if draft := drafts[t.ID]; draft != "" {
		page.Paper = documentHref(draft)
	}
	return page, nil
}

// closedWords are those for why nobody can do it any more.
var closedWords = web.ClosedWords{Needless: "page.task.closed", Done: "refusal.task-done", ByYou: "page.task.done-by-you", ByStaff: "page.task.done-by", By: "page.task.done-by"}

// holderOf says for whom a task waits.
func holderOf(w *words.Words, t store.Task) string {
	kind, _ := casework.KindOf(t.Kind)
	role := w.T("page.role." + string(t.Role))
	switch {
	case kind.Holding == casework.ByStaff:
		return w.T("page.task.staff")
	case t.HolderName != "":
		return w.T("page.said.who", "Name", t.HolderName, "Role", role)
	case t.Role.Staff():
		return w.T("page.task.anyone", "Role", role)
	}
	return role
}

// reminders say when the last one went and when the next one goes.
func reminders(w *words.Words, t store.Task) (last, next string) {
	rhythm := t.OfCasework().Rhythm()
	if _, when, struck := t.Clock.Last(rhythm); struck {
		last = w.Date(when)
	}
	if stage, when, more := t.Clock.Next(rhythm); more && t.Status == store.TaskOpen {
		next = w.T("page.strike."+string(stage.Strike), "Date", w.Date(when))
	}
	return last, next
}

// aboutWhom names the expert, the member or the check that a task is about.
func aboutWhom(w *words.Words, s dispatch.Sheet) string {
	if casework.IsCheck(casework.TaskKind(s.Task.Subject)) {
		return web.KindTitle(w, s.Task.Subject)
	}
	for _, o := range append(s.Context.Experts, s.Context.Members...) {
		if o.Value == s.Task.Subject {
			return o.Label
		}
	}
	return ""
}

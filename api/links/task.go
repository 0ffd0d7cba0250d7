package links

import (
	"cmp"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

type taskPage struct {
	Back, Title, Help string
	DueAt             *time.Time
	About             string
	Quoted            []quoted
	Plan              *plan
	Code              *casework.Code
	Done              string
	Left              []web.Line // what had been written, where it is not asked for any more
	Files, Asks, Sent bool       // files are asked for; a code will be; it is on its way
	Refusal           string
	Form              web.HTMLForm
}

// task shows one form.
func (s room) task(c *gin.Context) error {
	task, err := s.Store.Task(c.Request.Context(), web.PersonOf(c), casework.TaskID(c.Param("id")))
	if err != nil {
		return err
	}
	page, err := s.taskPage(c, task)
	if err == nil && page.Done != "" {
		if page.Left, err = s.Unsent(c, task); err == nil {
			return s.showTask(c, http.StatusOK, page)
		}
	}
	if err != nil {
		return err
	}
	sheet, err := s.Dispatch.SheetOf(c.Request.Context(), web.PersonOf(c), task)
	if err != nil {
		return err
	}
	opened, err := s.OpenTask(c, sheet, address(c, task.ID))
	if err != nil {
		return err
	}
	page.Form, page.Files = opened.Form, opened.Form.Upload
	return s.showTask(c, http.StatusOK, page)
}

func address(c *gin.Context, id casework.TaskID) string { return home(c) + "/tasks/" + string(id) }

// complete takes a posted form. Where a code is asked for first, the form comes back with everything in it.
func (s room) complete(c *gin.Context) error {
	id := casework.TaskID(c.Param("id"))
	task, err := s.Store.Task(c.Request.Context(), web.PersonOf(c), id)
	if err != nil {
		return err
	}
	done, again, err := s.SendTask(c, id, address(c, id))
	if err != nil {
		return err
	}
	if again == nil {
		afterAction(c, task.Kind, done)
		return nil
	}
	if again.Next != "" {
		c.Redirect(http.StatusSeeOther, again.Next)
		return nil
	}
	page, err := s.taskPage(c, again.Sheet.Task)
	if err != nil {
		return err
	}
	if again.Refusal != "" {
		page.Refusal = cmp.Or(page.Done, again.Refusal)
	}
	page.Form, page.Done, page.Files = again.Form, "", again.Form.Upload
	if again.Status == http.StatusPreconditionRequired { // all that is left to do is to enter the code
		page.Code, page.Quoted, page.Files, page.Sent = nil, nil, false, again.Form.Code.Sentence == ""
	}
	return s.showTask(c, again.Status, page)
}

func (s room) showTask(c *gin.Context, status int, page taskPage) error {
	return s.show(c, status, "task", page.Form.Titled(page.Title), page)
}

// gone are the words for why it is asked no more.
var gone = web.ClosedWords{Needless: "guest.gone.needless", Done: "guest.gone.answered", ByYou: "guest.gone.answered-by-you", ByStaff: "guest.gone.answered-by-us",
	By: "guest.gone.answered-by", ToTheDay: true}

// taskPage is what stands above the form.
func (s room) taskPage(c *gin.Context, t store.Task) (page taskPage, err error) {
	w := web.Words(c)
	page = taskPage{Back: home(c), Title: web.KindTitle(w, string(t.Kind)), Help: web.KindHelp(w, string(t.Kind)), DueAt: t.DueAt}
	if t.Status != store.TaskOpen || t.Ending != "" {
		page.Done, err = s.Closed(c, t, gone)
		return page, err
	}
	if kind, _ := casework.KindOf(t.Kind); kind.Code {
		page.Asks = true
	}
	if t.Kind == casework.SignCodeOfConduct {
		code := casework.CurrentCode()
		page.Code = &code
	}
	page.About = aboutFor(w, t)
	actions, err := s.Store.ActionsAbout(c.Request.Context(), web.PersonOf(c), t)
	if err != nil {
		return page, err
	}
	page.Quoted = quotesOf(w, actions)
	if t.Kind == casework.AgreeSupport {
		page.Plan, err = s.planOf(c, actions)
	}
	return page, err
}

package staff

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// reassigning is the form with which a task is given to a colleague.
type reassigning struct {
	Post, Key  string // empty: it cannot be given away any more
	Along      bool   // the whole request goes with it
	People     []answer
	To, Reason string // as they were sent
	Wrong      map[string]string
	Refusal    string // why it was refused, if for nothing in the form
}

// reassigning offers whoever may get the task and does not hold it; nothing to those who may not give it away. What came
// back has what was typed.
func (s room) reassigning(c *gin.Context, t store.Task, again reassigning) (*reassigning, error) {
	p := web.PersonOf(c)
	again.Along = casework.TakesRequestAlong(t.Kind)
	if _, err := dispatch.MayReassign(p, t); err != nil {
		if again.Refusal == "" {
			return nil, nil
		}
		return &again, nil
	}
	receivers, err := s.Store.Receivers(c.Request.Context(), p, t)
	holder := t.Holder
	if again.Along {
		holder = t.Officer
	}
	for _, a := range receivers {
		if a.ID != holder {
			again.People = append(again.People, answer{Value: a.Email, Label: a.Name, On: a.Email == again.To})
		}
	}
	again.Post, again.Key = "/tasks/"+string(t.ID)+"/reassign", web.NewKey()
	return &again, err
}

// reassign gives a task to a colleague. It goes on to the request where that went along.
func (s room) reassign(c *gin.Context) error {
	ctx, p, w := c.Request.Context(), web.PersonOf(c), web.Words(c)
	id, again := casework.TaskID(c.Param("id")), reassigning{To: c.PostForm("to"), Reason: c.PostForm("reason")}
	done, err := s.Dispatch.Reassign(ctx, p, id, c.PostForm("_key"), again.To, again.Reason)
	var wrong *casework.FormError
	var refused *dispatch.Refused
	switch {
	case errors.As(err, &wrong):
		again.Wrong = w.SayAll(wrong.Fields)
		if again.To == "" {
			again.Wrong["to"] = w.T("invalid.choose") // from the list that the page has
		}
		return s.showTask(c, http.StatusUnprocessableEntity, id, again)
	case errors.As(err, &refused) && refused.OfReceiver():
		again.Wrong = map[string]string{"to": w.Refusal(refused.Refusal)}
		return s.showTask(c, http.StatusConflict, id, again)
	case errors.As(err, &refused):
		again.Refusal = w.Refusal(refused.Refusal)
		return s.showTask(c, http.StatusConflict, id, again)
	case err != nil:
		return err
	}
	then := "/tasks/" + string(id)
	if task, err := s.Store.Task(ctx, p, id); err == nil && casework.TakesRequestAlong(task.Kind) {
		then = "/requests/" + string(task.CaseNumber)
	}
	return s.after(c, done.Action, nil, then)
}

// goesAlong is the task with which the reader can give the whole request to another case officer: rather one that waits.
func (r reading) goesAlong() (task store.Task, there bool) {
	for _, t := range append(r.file.Open[:len(r.file.Open):len(r.file.Open)], r.file.Standing...) {
		_, err := dispatch.MayReassign(r.p, t)
		if err != nil || !casework.TakesRequestAlong(t.Kind) {
			continue
		}
		if !t.Standing && t.Role.Staff() {
			return t, true
		}
		if !there {
			task, there = t, true
		}
	}
	return task, there
}

// passesOn is the form for it.
func (r reading) passesOn() (*reassigning, error) {
	task, there := r.goesAlong()
	if !there || r.print {
		return nil, nil
	}
	return r.reassigning(r.c, task, reassigning{})
}

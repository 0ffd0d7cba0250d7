package staff

import (
	"errors"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// reassigning is the form with which a task is given to a colleague.
type reassigning struct {
	Post, Key  string
	Along      bool // the whole request goes with it
	People     []answer
	To, Reason string // as they were sent
	Wrong      map[string]string
}

// reassigning offers whoever may get the task and does not hold it; nothing to those who may not give it away. What came
// back has what was typed.
func (s room) reassigning(c *gin.Context, t store.Task, again reassigning) (*reassigning, error) {
	if !canReassign(web.PersonOf(c), t) {
		return nil, nil
	}
	receivers, err := s.Store.Receivers(c.Request.Context(), t)
	holder := t.Holder
	if again.Along = casework.TakesRequestAlong(t.Kind); again.Along {
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

// canReassign shows the offer to those who may; dispatch asks again.
func canReassign(p store.Person, t store.Task) bool {
	kind, _ := casework.KindOf(t.Kind)
	mine := p.Has(casework.Head) || p.Has(casework.CaseOfficer) && (t.Officer == p.ID || t.Officer == "")
	return mine && t.Status == store.TaskOpen && t.Role.Staff() && !t.Standing && kind.Holding != casework.ByMember
}

// reassign gives a task to a colleague.
func (s room) reassign(c *gin.Context) error {
	id, to, reason := casework.TaskID(c.Param("id")), c.PostForm("to"), c.PostForm("reason")
	done, err := s.Dispatch.Reassign(c.Request.Context(), web.PersonOf(c), id, c.PostForm("_key"), to, reason)
	var wrong *casework.FormError
	var refused *dispatch.Refused
	again := reassigning{To: to, Reason: reason}
	switch {
	case errors.As(err, &wrong):
		again.Wrong = web.Words(c).SayAll(wrong.Fields)
		return s.showTask(c, http.StatusUnprocessableEntity, id, again)
	case errors.As(err, &refused) && slices.Contains([]string{casework.RuleDuties, casework.RuleConflict}, refused.Rule): // somebody else may get it
		again.Wrong = web.Words(c).SayAll(casework.Faults{"to": refused.Why})
		return s.showTask(c, http.StatusConflict, id, again)
	}
	return s.after(c, done.Action, err, "/tasks/"+string(id))
}

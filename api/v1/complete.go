package v1

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

const (
	keyHeader  = "Idempotency-Key"
	codeHeader = "Confirmation-Code"
)

// complete is the same for staff and for a personal link.
func (s server) complete(c *gin.Context) error {
	var body struct {
		Form casework.Values `json:"form"`
	}
	if err := web.ReadJSON(c, &body); err != nil {
		return s.hiddenFirst(c, err)
	}
	outcome, err := s.Dispatch.Complete(c.Request.Context(), web.PersonOf(c), casework.TaskID(c.Param("id")), c.GetHeader(keyHeader), body.Form, c.GetHeader(codeHeader))
	if err != nil {
		return err
	}
	return s.came(c, outcome)
}

// hiddenFirst: what is wrong with a body is told only to who may do the task.
func (s server) hiddenFirst(c *gin.Context, wrong error) error {
	if _, err := s.Dispatch.May(c.Request.Context(), web.PersonOf(c), casework.TaskID(c.Param("id"))); err != nil {
		return err
	}
	return wrong
}

// came tells what became of a deed: applied, with the request as it is now, or on its way and where to ask.
func (s server) came(c *gin.Context, o dispatch.Outcome) error {
	action := actionJSON{ID: o.Action, State: store.Pending}
	if !o.Applied {
		c.Header("Location", s.actionPath(c, o.Action))
		c.JSON(http.StatusAccepted, gin.H{"action": action})
		return nil
	}
	action.State = store.Applied
	request, err := s.shown(c, o.Case)
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, gin.H{"action": action, "request": request})
	return nil
}

func (s server) actionPath(c *gin.Context, id casework.ActionID) string {
	if web.PersonOf(c).Link != nil {
		return "/api/v1/p/" + web.Token(c) + "/actions/" + string(id)
	}
	return "/api/v1/actions/" + string(id)
}

type actionJSON struct {
	ID     casework.ActionID `json:"id"`
	State  store.ActionState `json:"state"`
	Reason *string           `json:"reason"`
}

func (s server) action(c *gin.Context) error {
	a, err := s.Store.ActionOf(c.Request.Context(), web.PersonOf(c), casework.ActionID(c.Param("id")))
	if err != nil {
		return err
	}
	j := actionJSON{ID: a.ID, State: a.State}
	if refusal := a.Refusal(); refusal != nil {
		j.Reason = orNull(web.Words(c).Refusal(*refusal))
	}
	c.JSON(http.StatusOK, j)
	return nil
}

func (s server) take(c *gin.Context) error {
	return s.handed(c, s.Dispatch.Take)
}

func (s server) giveBack(c *gin.Context) error {
	return s.handed(c, s.Dispatch.GiveBack)
}

// handed answers 204, or where to ask. Who gives no key does a deed of its own each time.
func (s server) handed(c *gin.Context, do dispatch.Handing) error {
	key := c.GetHeader(keyHeader)
	if key == "" {
		key = uuid.NewString()
	}
	outcome, err := do(c.Request.Context(), web.PersonOf(c), casework.TaskID(c.Param("id")), key)
	if err != nil {
		return err
	}
	if !outcome.Applied {
		return s.came(c, outcome)
	}
	c.Status(http.StatusNoContent)
	return nil
}

func (s server) reassign(c *gin.Context) error {
	var body struct {
		To     string `json:"to"`
		Reason string `json:"reason"`
	}
	if err := web.ReadJSON(c, &body); err != nil {
		return err
	}
	outcome, err := s.Dispatch.Reassign(c.Request.Context(), web.PersonOf(c), casework.TaskID(c.Param("id")), c.GetHeader(keyHeader), body.To, body.Reason)
	if err != nil {
		return err
	}
	return s.came(c, outcome)
}

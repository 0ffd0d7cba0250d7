package staff

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// take makes a role's task mine, and leads to its form.
func (s room) take(c *gin.Context) error { return s.hand(c, s.Dispatch.Take, "/tasks/"+c.Param("id")) }

// giveBack lets it wait for the role again.
func (s room) giveBack(c *gin.Context) error { return s.hand(c, s.Dispatch.GiveBack, "/") }

type handing func(context.Context, store.Person, casework.TaskID, string) (dispatch.Outcome, error)

func (s room) hand(c *gin.Context, do handing, then string) error {
	done, err := do(c.Request.Context(), web.PersonOf(c), casework.TaskID(c.Param("id")), c.PostForm("_key"))
	return s.after(c, done.Action, err, then)
}

// after leads to a page that says what became of an action. A refusal that was recorded is an answer like any other.
func (s room) after(c *gin.Context, action casework.ActionID, err error, then string) error {
	var refused *dispatch.Refused
	if errors.As(err, &refused) && refused.Action != "" {
		action, err = refused.Action, nil
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, then+"?action="+url.QueryEscape(string(action)))
	return nil
}

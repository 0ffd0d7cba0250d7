package web

import (
	"errors"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"connex/casework"
	"connex/store"
	"connex/words"
)

// Result is what became of the reader's own action, read from its row: a page that is loaded again says what is true now.
type Result struct {
	State  store.ActionState
	Reason string
	Caused string       // in a line, what came of it
	Of     store.Action // the action
	Stays  bool         // the page is typed in, and says so: without scripts it must not load itself again
}

const followsKey = "connex.follows"

// ResultOf is for the page that somebody is sent to after they acted (…?action=<id>); nil where there is no such action,
// or it is not theirs. A page with a result that is yet to come follows up by itself.
func (d Deps) ResultOf(c *gin.Context) (*Result, error) {
	id := c.Query("action")
	if id == "" {
		return nil, nil
	}
	action, err := d.Store.ActionOf(c.Request.Context(), PersonOf(c), casework.ActionID(id))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	result := ResultIn(Words(c), action)
	c.Set(followsKey, result.State == store.Pending)
	return &result, nil
}

// Stay keeps a page in which one types from loading itself again under the hand.
func (r *Result) Stay(c *gin.Context) {
	if r != nil {
		r.Stays = true
		c.Set(followsKey, false)
	}
}

// ResultIn is what became of an action, in the reader's words.
func ResultIn(w *words.Words, a store.Action) Result {
	result := Result{State: a.State, Of: a}
	if refusal := a.Refusal(); refusal != nil {
		result.Reason = w.Refusal(*refusal)
	}
	return result
}

// NewKey is the ID of an action that a page makes possible.
func NewKey() string { return uuid.NewString() }

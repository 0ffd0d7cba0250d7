package web

import (
	"errors"

	"github.com/gin-gonic/gin"

	"connex/store"
)

// ClosedWords are the IDs of what is said of a task that nobody can do any more.
type ClosedWords struct {
	Needless string // nobody did it
	Done     string // nobody knows any more who did
	ByYou    string
	ByStaff  string
	By       string
	ToTheDay bool // else the time is told as well
}

// Closed says why nobody can do a task any more: who did it, and when.
func (d Deps) Closed(c *gin.Context, t store.Task, say ClosedWords) (string, error) {
	w, p := Words(c), PersonOf(c)
	if t.Status != store.TaskDone {
		return w.T(say.Needless), nil
	}
	did, err := d.Store.ActionThatDid(c.Request.Context(), p, t)
	if errors.Is(err, store.ErrNotFound) {
		return w.T(say.Done), nil
	}
	when, by := w.DateTime, say.By
	if say.ToTheDay {
		when = w.Date
	}
	switch {
	case did.Actor == p.ID:
		by = say.ByYou
	case did.Role.Staff():
		by = say.ByStaff
	}
	return w.T(by, "Name", did.ActorName, "When", when(t.Calendar.Process(did.CreatedAt))), err
}

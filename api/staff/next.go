package staff

import (
	"errors"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// nextTask lets somebody go from one task to the next without the list. The part «next-task» draws it, on the page that
// says what became of a decision; «skip-task» draws it below a form that can wait.
type nextTask struct {
	Title, Href, By string
	Case            store.Task // whose country and institution tell it apart
	Waiting         int
}

// nextAfter is what comes after a task; nil where nothing else waits.
func (s room) nextAfter(c *gin.Context, task casework.TaskID) (*nextTask, error) {
	w := web.Words(c)
	next, waiting, err := s.Store.NextTask(c.Request.Context(), web.PersonOf(c), task)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	line := &nextTask{Title: titleOf(w, next), Href: "/tasks/" + string(next.ID), Case: next, Waiting: waiting}
	if next.DueAt != nil {
		line.By = w.T("page.inbox.by", "Date", w.Date(*next.DueAt))
	}
	return line, nil
}

// nextAfterAction is what comes after the task that the reader has just done (…?action=<id>).
func (r reading) nextAfterAction() (*nextTask, error) {
	if r.file.Own == nil {
		return nil, nil
	}
	if _, completes := casework.KindOf(r.file.Own.Kind); !completes {
		return nil, nil
	}
	return r.nextAfter(r.c, r.file.Own.Task)
}

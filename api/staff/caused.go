package staff

import (
	"errors"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// resultWithCause is what became of the reader's own action, and in a line what it caused; nil where the page follows none.
func (s room) resultWithCause(c *gin.Context) (*web.Result, error) {
	result, err := s.ResultOf(c)
	if err != nil || result == nil || result.State != store.Applied {
		return result, err
	}
	t, err := s.Store.Task(c.Request.Context(), web.PersonOf(c), result.Of.Task)
	if errors.Is(err, store.ErrNotFound) {
		return result, nil // who recused themselves sees it no more
	}
	if err == nil {
		result.Caused, err = s.caused(c, result.Of, t)
	}
	return result, err
}

// caused is one line on what an action brought about; empty for those whose page is that of their case.
func (s room) caused(c *gin.Context, a store.Action, t store.Task) (string, error) {
	w := web.Words(c)
	switch a.Kind {
	case casework.Take:
		return w.T("page.caused.taken"), nil
	case casework.GiveBack:
		return w.T("page.caused.given-back", "Title", titleOf(w, t), "Holder", holderOf(w, t)), nil
	case casework.Reassign:
		return w.T("page.caused.reassigned", "Holder", holderOf(w, t)), nil
	case casework.MoveDeadline:
		return w.T("page.caused.moved", "Date", w.Day(a.Form.String("dueOn"))), nil
	case casework.CheckIn:
		return s.nextCheckIn(c, t)
	}
	return "", nil
}

// nextCheckIn says when the next one of the same activity is due.
func (s room) nextCheckIn(c *gin.Context, t store.Task) (string, error) {
	w := web.Words(c)
	activities, err := s.Store.Activities(c.Request.Context(), web.PersonOf(c), t.CaseNumber)
	for _, a := range activities {
		if a.Number != t.Activity || a.State != casework.ActivityRunning {
			continue
		}
		begin := a.Start
		if a.BeganAt != nil {
			begin = min(begin, casework.DateOf(*a.BeganAt))
		}
		if next := casework.NextInRhythm(begin, a.End, a.CheckInDays, casework.DateOf(t.Calendar.Process(time.Now()))); next != "" {
			return w.T("page.caused.next-check-in", "Title", a.Title, "Date", w.Day(next)), err
		}
		return w.T("page.caused.last-check-in", "Title", a.Title, "Date", w.Day(a.End)), err
	}
	return "", err
}

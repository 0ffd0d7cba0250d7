package staff

import (
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// A row may be done, fall away, or come to somebody else while it is being filled in. What was typed into it stands below
// the refusal for its writer to read, and is kept with its task like other forms that came too late.

// lostCheckIn is such a row; its task is empty where its writer does not see it any more.
type lostCheckIn struct {
	Task  store.Task
	Why   string
	Lines []web.Line
}

// missing are the rows that somebody typed into and that are not in the table any more, but for the one that is acted on.
func (s *checkInSheet) missing(but casework.TaskID) (ids []casework.TaskID) {
	for id, typed := range s.at {
		if id != but && s.row(id) == nil && !typed.untouched() {
			ids = append(ids, id)
		}
	}
	return ids
}

// loseCheckIns adds to the sheet what was typed into rows that are no more. What its writer sent themselves is not lost,
// but for the row whose button was pressed now.
func (s room) loseCheckIns(c *gin.Context, sheet *checkInSheet, ids []casework.TaskID, pressed casework.TaskID) error {
	if len(ids) == 0 {
		return nil
	}
	tasks, err := s.Store.LostCheckIns(c.Request.Context(), web.PersonOf(c), ids, pressed)
	if err != nil {
		return err
	}
	for _, task := range tasks {
		typed := sheet.typed(task.ID)
		why, err := s.lostSentence(c, task)
		if err == nil {
			err = s.keepLost(c, task.ID, typed)
		}
		if err != nil {
			return err
		}
		sheet.lost = append(sheet.lost, lostCheckIn{task, why, typed.lines(web.Words(c))})
	}
	if pressed != "" && len(tasks) == 0 {
		sheet.lost = append(sheet.lost, lostCheckIn{Lines: sheet.typed(pressed).lines(web.Words(c))})
	}
	return nil
}

// loseCheckIn does so for the row whose button was pressed, if it is not in the table any more.
func (s room) loseCheckIn(c *gin.Context, sheet *checkInSheet, pressed casework.TaskID) error {
	if pressed == "" || sheet.row(pressed) != nil {
		return nil
	}
	return s.loseCheckIns(c, sheet, []casework.TaskID{pressed}, pressed)
}

// showLost tells what was lost before anything is saved.
func (s room) showLost(c *gin.Context, sheet checkInSheet, pressed casework.TaskID) error {
	sheet.refusal = web.Words(c).T("page.check-ins.lost")
	if err := s.loseCheckIn(c, &sheet, pressed); err != nil {
		return err
	}
	return s.showCheckIns(c, http.StatusConflict, sheet)
}

func (s room) keepLost(c *gin.Context, id casework.TaskID, typed *checkInTyped) error {
	mark, err := s.Store.SaveDraft(c.Request.Context(), web.PersonOf(c), id, typed.mark.draft, typed.said())
	if errors.Is(err, store.ErrNewerDraft) || errors.Is(err, store.ErrNotFound) {
		return nil // something else is kept, or they have done it themselves; the page has it all
	}
	typed.kept, typed.mark = err == nil, drawnFrom{mark, digestOf(typed.said())}
	return err
}

// lostSentence says who did it, or whose it is now.
func (s room) lostSentence(c *gin.Context, t store.Task) (string, error) {
	if t.Status != store.TaskOpen || t.Ending != "" {
		return s.Closed(c, t, closedWords)
	}
	w := web.Words(c)
	return w.T("page.task.lost-to", "Holder", holderOf(w, t)), nil
}

// lines are what was typed into a row, its putting off among it, to be read.
func (t *checkInTyped) lines(w *words.Words) (lines []web.Line) {
	reads := func(kind casework.TaskKind, form casework.Values) web.Said {
		return web.SaidIn(w, store.Action{Kind: kind, Form: form, Outcome: form.Outcome()}, time.Time{}, web.Known{}, store.Person{})
	}
	said := reads(casework.CheckIn, t.values)
	if said.Outcome != "" {
		lines = append(lines, web.Line{Label: w.T("form.check-in.outcome.label"), Values: []web.LineValue{{Text: said.Outcome}}})
	}
	return append(append(lines, said.Lines...), reads(casework.MoveDeadline, t.later).Lines...)
}

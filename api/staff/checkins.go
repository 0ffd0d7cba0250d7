package staff

import (
	"cmp"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// The check-ins of all one's cases in one table. It is one form with a button for each row, so that what is typed in the
// others is there again, whatever becomes of the one that is saved.

// checkIns shows the table.
func (s room) checkIns(c *gin.Context) error {
	sheet, err := s.checkInSheet(c)
	if err != nil {
		return err
	}
	return s.showCheckIns(c, http.StatusOK, sheet)
}

// checkInSheet is the table as its reader left it.
func (s room) checkInSheet(c *gin.Context) (checkInSheet, error) {
	p := web.PersonOf(c)
	if err := web.Needs(p, casework.CaseOfficer); err != nil {
		return checkInSheet{}, err
	}
	list, err := s.Store.CheckIns(c.Request.Context(), p)
	return checkInSheet{list: list, at: map[casework.TaskID]*checkInTyped{}}, err
}

// answerCheckIns takes the table: one row is saved, put off or filled as last time; what is typed in the others is kept.
func (s room) answerCheckIns(c *gin.Context) error {
	sheet, err := s.postedCheckIns(c)
	if err != nil {
		return err
	}
	press := func(button string) casework.TaskID { return casework.TaskID(c.PostForm(button)) }
	saved, later, last := press("save"), press("later"), press("last")
	pressed := cmp.Or(saved, later)
	newer, err := s.keepCheckIns(c, sheet, saved)
	if err == nil {
		err = s.loseCheckIns(c, &sheet, sheet.missing(pressed), "")
	}
	switch {
	case err != nil:
		return err
	case len(sheet.lost) > 0:
		return s.showLost(c, sheet, pressed)
	case newer:
		return s.showCheckIns(c, http.StatusConflict, sheet)
	case saved != "":
		return s.saveCheckIn(c, sheet, saved)
	case later != "":
		return s.putOffCheckIn(c, sheet, later)
	case last != "":
		sheet.fillAsLast(last)
		return s.showCheckIns(c, http.StatusOK, sheet)
	}
	c.Redirect(http.StatusSeeOther, "/check-ins?kept=yes")
	return nil
}

// draftCheckIns keeps what is typed; the script calls it meanwhile.
func (s room) draftCheckIns(c *gin.Context) error {
	sheet, err := s.postedCheckIns(c)
	if err != nil {
		return err
	}
	newer, err := s.keepCheckIns(c, sheet, "")
	if err == nil {
		err = s.loseCheckIns(c, &sheet, sheet.missing(""), "")
	}
	if err != nil {
		return err
	}
	web.SayMarks(c, sheet.marks())
	if newer {
		c.Status(http.StatusConflict)
	} else {
		c.Status(http.StatusNoContent)
	}
	return nil
}

func (s room) postedCheckIns(c *gin.Context) (checkInSheet, error) {
	sheet, err := s.checkInSheet(c)
	if err != nil {
		return sheet, err
	}
	post, err := web.ReadPost(c)
	if err == nil {
		sheet.read(web.Words(c), post.Values)
	}
	return sheet, err
}

// keepCheckIns saves as drafts what was typed in all rows but one, and tells whether something newer is kept for some of
// them: then nothing takes its place before the reader was told. A row that nobody typed into shows what is kept now.
func (s room) keepCheckIns(c *gin.Context, sheet checkInSheet, but casework.TaskID) (newer bool, err error) {
	for i := range sheet.list {
		row := &sheet.list[i]
		typed := sheet.at[row.ID]
		if typed == nil || row.ID == but {
			continue
		}
		if typed.untouched() {
			typed.values, typed.later = parted(offeredFor(*row))
		}
		if casework.SameAnswers(typed.said(), offeredFor(*row)) {
			continue
		}
		draft := draftFor(*row, *typed)
		mark, err := s.Store.SaveDraft(c.Request.Context(), web.PersonOf(c), row.ID, typed.mark.draft, draft)
		switch {
		case errors.Is(err, store.ErrNewerDraft):
			row.DraftMark, typed.newer, newer = mark, true, true
		case err == nil:
			row.DraftMark, row.Draft, typed.kept = mark, draft, true
		case !errors.Is(err, store.ErrNotFound):
			return false, err
		}
	}
	return newer, nil
}

func (s room) saveCheckIn(c *gin.Context, sheet checkInSheet, id casework.TaskID) error {
	typed := sheet.typed(id)
	done, err := s.Dispatch.Complete(c.Request.Context(), web.PersonOf(c), id, c.PostForm(string(id)+"._key"), typed.values, "")
	var wrong *casework.FormError
	if errors.As(err, &wrong) {
		typed.wrong = wrong.Fields
		if _, err := s.keepCheckIns(c, sheet, ""); err != nil {
			return err
		}
		return s.showCheckIns(c, http.StatusUnprocessableEntity, sheet)
	}
	return s.settled(c, sheet, id, done, err)
}

// putOffCheckIn moves the deadline of a row's check-in, with the reason: its reminders follow.
func (s room) putOffCheckIn(c *gin.Context, sheet checkInSheet, id casework.TaskID) error {
	row, typed := sheet.row(id), sheet.typed(id)
	if row == nil || row.MovesWith == "" {
		return s.settled(c, sheet, id, dispatch.Outcome{}, store.ErrNotFound)
	}
	form := casework.Values{"outcome": string(casework.MoveOut), "task": casework.Deadline{Task: id, Activity: row.Activity}.Name()}
	for _, name := range putOffAsks {
		form[name] = typed.later[name]
	}
	done, err := s.Dispatch.Complete(c.Request.Context(), web.PersonOf(c), row.MovesWith, c.PostForm(string(id)+"._later"), form, "")
	var wrong *casework.FormError
	if errors.As(err, &wrong) {
		typed.wrong = prefixed(casework.Beside, wrong.Fields)
		return s.showCheckIns(c, http.StatusUnprocessableEntity, sheet)
	}
	return s.settled(c, sheet, id, done, err)
}

// settled leads to what became of a row. A refusal of which nothing was written stands above the table, with all that
// was typed.
func (s room) settled(c *gin.Context, sheet checkInSheet, id casework.TaskID, done dispatch.Outcome, err error) error {
	var refused *dispatch.Refused
	status, w := http.StatusConflict, web.Words(c)
	switch {
	case errors.As(err, &refused) && refused.Action == "":
		sheet.refusal = w.Refusal(refused.Refusal)
	case errors.Is(err, store.ErrNotFound):
		sheet.refusal = w.T("page.check-ins.gone")
	case errors.Is(err, store.ErrKeyReused): // they went back and changed what they had sent
		sheet.refusal = w.T("refusal.task-done")
	case errors.Is(err, dispatch.ErrNotYours):
		status, sheet.refusal = http.StatusForbidden, w.T("refusal.not-yours")
	default:
		return s.after(c, done.Action, err, "/check-ins")
	}
	sheet.typed(id).renew = true
	if err := s.loseCheckIn(c, &sheet, id); err != nil {
		return err
	}
	return s.showCheckIns(c, status, sheet)
}

package web

import (
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
)

// A task may become somebody else's while its form is being filled in: a colleague takes it, it is passed on, the request
// gets another officer, an absence is over. Who has its role gets back what they typed.

// sendLost draws a form that was sent too late for its sender; no is why it could not be taken.
func (d Deps) sendLost(c *gin.Context, id casework.TaskID, post Post, address string, no error) (casework.ActionID, *TaskPage, error) {
	if !errors.Is(no, dispatch.ErrNotYours) {
		return "", nil, no
	}
	sheet, err := d.Dispatch.LostSheet(c.Request.Context(), PersonOf(c), id)
	if err != nil {
		return "", nil, err
	}
	page, err := d.sendingOf(c, sheet, post, address)
	if err != nil {
		return "", nil, err
	}
	page.key = NewKey()
	return page.again(http.StatusForbidden, page.asItIs(), nil, Words(c).T("refusal.not-yours"))
}

// Unsent is what somebody had written for a task that is closed, or is somebody else's, by now: for them to read and copy.
func (d Deps) Unsent(c *gin.Context, t store.Task) ([]Line, error) {
	p, ctx, w := PersonOf(c), c.Request.Context(), Words(c)
	draft, err := d.draft(c, t)
	if err != nil || draft.Form == nil {
		return nil, err
	}
	known := Known{Experts: map[string]string{}, Documents: map[string]LineValue{}}
	documents, err := d.Store.Documents(ctx, p, t.CaseNumber)
	if err != nil {
		return nil, err
	}
	for _, document := range documents {
		known.Documents[document.ID] = LineValue{Text: document.Title}
	}
	names, err := d.Store.Names(ctx)
	for id, name := range names {
		known.Experts[string(id)] = name
	}
	action := store.Action{Kind: t.Kind, Form: draft.Form, Outcome: draft.Form.Outcome(), OnBehalf: t.Role == casework.Government && p.Link == nil}
	said := SaidIn(w, action, time.Time{}, known, store.Person{Roles: casework.StaffRoles}) // nothing that they wrote is kept from them
	return said.Lines, err
}

// sheetToKeep is the form of which something is to be kept: that of the task, or of one that was lost meanwhile.
func (d Deps) sheetToKeep(c *gin.Context, id casework.TaskID) (dispatch.Sheet, error) {
	sheet, err := d.Dispatch.Sheet(c.Request.Context(), PersonOf(c), id)
	if errors.Is(err, dispatch.ErrNotYours) {
		return d.Dispatch.LostSheet(c.Request.Context(), PersonOf(c), id)
	}
	return sheet, err
}

package staff

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// heardPage has what was said to heads alone: what none of them has heard, and what they have.
type heardPage struct {
	Done  bool
	Late  *lateNote
	Notes []headNote
	Here  string // the query of this page, to which a fault leads back
	Next  string
}

type headNote struct {
	store.HeadNote
	Said  web.Said
	Typed string
	Fault string
}

// lateNote is what a head wrote about a note that another one had heard by then.
type lateNote struct{ Sentence, Typed string }

// notesOnAPage are so few because each is written out whole.
const notesOnAPage = 20

// heard shows the notes to the head.
func (s room) heard(c *gin.Context) error {
	return s.showHeard(c, http.StatusOK, headNote{}, nil)
}

// showHeard shows the notes; wrong is the one of which something typed is to be mended, late what came too late.
func (s room) showHeard(c *gin.Context, status int, wrong headNote, late *lateNote) error {
	p, w := web.PersonOf(c), web.Words(c)
	if err := web.Needs(p, casework.Head); err != nil {
		return err
	}
	notes, err := s.Store.HeadNotes(c.Request.Context(), p, notesOnAPage, c.Query("after"))
	if err != nil {
		return err
	}
	page := heardPage{Done: c.Query("done") != "", Late: late, Here: afterQuery(c.Query("after"))}
	if notes.Next != "" {
		page.Next = "/morning/said" + afterQuery(notes.Next)
	}
	for _, n := range notes.Items {
		note := headNote{HeadNote: n, Said: web.SaidIn(w, n.Action, n.At(), web.Known{}, p)}
		note.Said.Open = n.Head == ""
		if n.ID == wrong.ID {
			note.Typed, note.Fault = wrong.Typed, wrong.Fault
		}
		page.Notes = append(page.Notes, note)
	}
	return s.show(c, status, "heard", w.T("page.heard.title"), "morning", page)
}

func afterQuery(after string) string {
	if after == "" {
		return ""
	}
	return "?after=" + url.QueryEscape(after)
}

// hear notes what a head does about it; then it waits no more.
func (s room) hear(c *gin.Context) error {
	p, w := web.PersonOf(c), web.Words(c)
	if err := web.Needs(p, casework.Head); err != nil {
		return err
	}
	id, found := casework.ActionID(c.Param("id")), strings.TrimSpace(c.PostForm("found"))
	switch {
	case found == "":
		return s.hearAgain(c, id, found, w.T("page.heard.nothing"))
	case utf8.RuneCountInString(found) > longestFound:
		return s.hearAgain(c, id, found, w.T("invalid.too-long", "Limit", longestFound))
	}
	switch err := s.Store.HearNote(c.Request.Context(), p, id, found); {
	case errors.Is(err, store.ErrHeard):
		return s.heardBefore(c, id, found)
	case err != nil:
		return err
	}
	c.Redirect(http.StatusSeeOther, "/morning/said?done=1")
	return nil
}

func (s room) hearAgain(c *gin.Context, id casework.ActionID, typed, fault string) error {
	return s.showHeard(c, http.StatusUnprocessableEntity, headNote{HeadNote: store.HeadNote{Action: store.Action{ID: id}}, Typed: typed, Fault: fault}, nil)
}

// heardBefore gives a head's words back where another one had noted theirs first: those stay.
func (s room) heardBefore(c *gin.Context, id casework.ActionID, typed string) error {
	w := web.Words(c)
	first, err := s.Store.HeadNote(c.Request.Context(), web.PersonOf(c), id)
	if err != nil {
		return err
	}
	sentence := w.T("page.heard.before", "Name", first.Head, "Date", w.Date(first.HeardAt), "Case", first.CaseNumber, "Found", first.Found)
	return s.showHeard(c, http.StatusConflict, headNote{}, &lateNote{sentence, typed})
}

const longestFound = 10_000

// said is a note that nobody has heard yet.
func (m morningTeller) said(n store.HeadNote) morningLine {
	return morningLine{Title: m.w.T("page.morning.said-line"), Href: "/morning/said", Case: n.CaseNumber, Country: n.Country,
		Why: m.w.T("page.morning.said-by", "Name", n.ActorName, "Date", m.w.Date(n.At())), Late: m.now.Sub(n.CreatedAt) > heardWithin}
}

// heardWithin is real time: what is said in confidence does not wait for long.
const heardWithin = 7 * 24 * time.Hour

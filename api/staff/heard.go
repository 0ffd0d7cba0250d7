package staff

import (
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

// notesOnAPage are so few because each is written out whole.
const notesOnAPage = 20

// heard shows the notes to the head.
func (s room) heard(c *gin.Context) error {
	return s.showHeard(c, http.StatusOK, "", "", "")
}

func (s room) showHeard(c *gin.Context, status int, which casework.ActionID, typed, fault string) error {
	p, w := web.PersonOf(c), web.Words(c)
	if err := web.Needs(p, casework.Head); err != nil {
		return err
	}
	notes, err := s.Store.HeadNotes(c.Request.Context(), p, notesOnAPage, c.Query("after"))
	if err != nil {
		return err
	}
	page := heardPage{Done: c.Query("done") != "", Here: afterQuery(c.Query("after"))}
	if notes.Next != "" {
		page.Next = "/morning/said" + afterQuery(notes.Next)
	}
	for _, n := range notes.Items {
		note := headNote{HeadNote: n, Said: web.SaidIn(w, n.Action, n.At(), web.Known{}, p)}
		note.Said.Open = n.Head == ""
		if n.ID == which {
			note.Typed, note.Fault = typed, fault
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
		return s.showHeard(c, http.StatusUnprocessableEntity, id, found, w.T("page.heard.nothing"))
	case utf8.RuneCountInString(found) > longestFound:
		return s.showHeard(c, http.StatusUnprocessableEntity, id, found, w.T("invalid.too-long", "Limit", longestFound))
	}
	if err := s.Store.HearNote(c.Request.Context(), p, id, found); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/morning/said?done=1")
	return nil
}

const longestFound = 10_000

// said is a note that nobody has heard yet.
func (m morningTeller) said(n store.HeadNote) morningLine {
	return morningLine{Title: m.w.T("page.morning.said-line"), Href: "/morning/said", Case: n.CaseNumber, Country: n.Country,
		Why: m.w.T("page.morning.said-by", "Name", n.ActorName, "Date", m.w.Date(n.At())), Late: m.now.Sub(n.CreatedAt) > heardWithin}
}

// heardWithin is real time: what is said in confidence does not wait for long.
const heardWithin = 7 * 24 * time.Hour

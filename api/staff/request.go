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

// requestPage is a case: where it is and what to do next on top, then all that is known.
type requestPage struct {
	Request               store.Request
	Standing, OfficerName string
	Now                   time.Time // in the case's calendar
	Stuck                 []string  // why it stands still, if it does
	Print                 bool      // everything unfolded, nothing to press
	Result                *outcome
	Way                   []wayStop
	Step                  *nextStep
	Sections              []string
	Open                  []openTask
	May                   []mayDo
	Reassign              *reassigning // nil where the reader may not give the request to another case officer
	Console               string
	Notes                 noteBoard
	Facts, Parties        []web.Line
	Diligence             diligence
	Board                 board
	Experts               []expertStanding
	Plans                 []web.Said
	Schedule              schedule
	Evaluations           evaluations
	Messages              messageList
	Documents             []documentLine
	CanUpload             bool
	Upload                upload
	Story                 story
}

// sections in the order of the page, for the links on top.
var sections = []string{"now", "facts", "notes", "diligence", "board", "support", "letters", "documents", "story"}

// reading is what the page is made of.
type reading struct {
	room
	c     *gin.Context
	w     *words.Words
	p     store.Person
	file  store.CaseFile
	now   time.Time // in the case's calendar
	print bool
	stuck []string
	after *nextTask // what the reader has just done
	names map[casework.PersonID]string
	known web.Known
	// placed says where on the page a decision is written out; what is not here is written out in the story.
	placed map[casework.ActionID]string
}

// request shows a case to who may see it. One that was started a moment ago is waited for.
func (s room) request(c *gin.Context) error {
	return s.showRequest(c, http.StatusOK, cameBack{})
}

// cameBack is what was sent from the page of a case and has to be mended.
type cameBack struct {
	note  noteDraft
	paper upload
}

func (s room) showRequest(c *gin.Context, status int, again cameBack) error {
	r, err := s.read(c, casework.CaseNumber(c.Param("case")))
	if errors.Is(err, store.ErrNotFound) {
		return s.beginning(c, err)
	}
	if err != nil {
		return err
	}
	page := r.page(again)
	if page.Reassign, err = r.passesOn(); err != nil {
		return err
	}
	view := web.View{Title: string(r.file.CaseNumber) + " " + r.option(r.file.Country), Person: r.p, Section: "requests", Body: page,
		Live: liveFor(c, "request"), FollowUp: page.Result != nil && page.Result.State == store.Pending}
	if page.Print {
		view.Live = ""
	}
	return s.pages.Show(c, status, "request", view)
}

func (s room) read(c *gin.Context, n casework.CaseNumber) (r reading, err error) {
	r = reading{room: s, c: c, w: web.Words(c), p: web.PersonOf(c), print: c.Query("print") != "", placed: map[casework.ActionID]string{},
		known: web.Known{Experts: map[string]string{}, Documents: map[string]web.LineValue{}}}
	if r.file, err = s.Store.CaseFile(c.Request.Context(), r.p, n, casework.ActionID(c.Query("action"))); err != nil {
		return r, err
	}
	r.now, r.names = r.file.Calendar().Process(time.Now()), r.file.Names
	for id, name := range r.names {
		r.known.Experts[string(id)] = name
	}
	for _, d := range r.file.Documents {
		r.known.Documents[d.ID] = web.LineValue{Text: d.Title, Href: documentHref(d.ID)}
	}
	r.stuck = sentences(r.w, r.file.Stuck)
	r.after, err = r.nextAfterAction()
	return r, err
}

func (r reading) page(again cameBack) requestPage {
	page := requestPage{Request: r.file.Request, Standing: standing(r.w, r.file.Phase, r.file.Ending), OfficerName: r.names[r.file.Officer], Now: r.now,
		Stuck: r.stuck, Print: r.print, Way: r.way(), Sections: sections, Open: r.openTasks(), May: r.mayDo(), Console: r.console(), Notes: r.notes(again.note),
		Diligence: r.diligence(), Board: r.board(), Experts: r.experts(), Plans: r.plans(), Schedule: r.schedule(),
		Evaluations: r.evaluations(), Messages: r.messages(), Documents: r.documents(), CanUpload: mayAdd(r.p) && !r.print,
		Upload: r.upload(again.paper)}
	page.Facts, page.Parties = r.facts()
	page.Step = r.nextStep(page.Open)
	page.Result = r.outcome()
	page.Story = r.story() // last: it leads to what stands elsewhere on the page
	return page
}

// beginning waits with whoever has just started a request: its row comes with the first thing that its workflow records.
func (s room) beginning(c *gin.Context, unseen error) error {
	action, err := s.Store.ActionOf(c.Request.Context(), web.PersonOf(c), casework.ActionID(c.Query("action")))
	if err != nil || string(action.CaseNumber) != c.Param("case") || action.State != store.Pending {
		return unseen
	}
	return s.pages.Show(c, http.StatusAccepted, "beginning", web.View{Title: string(action.CaseNumber), Person: web.PersonOf(c), Section: "requests",
		Refresh: true, Body: action})
}

package staff

import (
	"errors"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// requestPage is a case: one next action on top, then all that is known.
type requestPage struct {
	Request               store.Request
	Result                *web.Result
	Next                  *nextTask // after what the reader has just done
	Standing, OfficerName string
	Stuck                 []string // why it stands still, if it does
	Today                 string
	Step                  *nextStep
	Sections              []string
	Open                  []openTask
	May                   []mayDo
	Console               string
	Facts                 []web.Line
	Risks                 []riskLine
	Votes                 []web.Said
	VotesHidden           bool
	Decision              string
	Conditions            []string
	Experts               []expertStanding
	Plans                 []web.Said
	Activities            []activityLine
	Evaluations, Said     []web.Said
	Mails                 []mailLine
	Documents             []documentLine
	CanUpload             bool
	Upload                upload
	Trail                 []storyLine
	More                  string
	Broken                *store.Tampered // of the trail; nil where it is whole
}

// sections in the order of the page, for the list of links on top.
var sections = []string{"waits", "facts", "diligence", "decision", "plan", "activities", "evaluations", "said", "letters", "documents", "trail"}

// reading is what the page is made of.
type reading struct {
	room
	c         *gin.Context
	w         *words.Words
	p         store.Person
	view      store.RequestView
	decisions []store.Action
	names     map[casework.PersonID]string
	known     web.Known
}

// request shows a case to who may see it. One that was started a moment ago is waited for.
func (s room) request(c *gin.Context) error {
	r, err := s.read(c, casework.CaseNumber(c.Param("case")))
	if errors.Is(err, store.ErrNotFound) {
		return s.beginning(c, err)
	}
	if err != nil {
		return err
	}
	page, err := r.page()
	if err != nil {
		return err
	}
	return s.show(c, http.StatusOK, "request", string(r.view.CaseNumber)+" "+r.country(), "requests", page)
}

func (s room) read(c *gin.Context, n casework.CaseNumber) (r reading, err error) {
	r = reading{room: s, c: c, w: web.Words(c), p: web.PersonOf(c)}
	if r.view, err = s.Store.RequestView(c.Request.Context(), r.p, n); err != nil {
		return r, err
	}
	if r.decisions, err = s.Store.Decisions(c.Request.Context(), r.p, n); err != nil {
		return r, err
	}
	r.names, r.known, err = s.whoIsWho(c, r.view.Documents)
	return r, err
}

func (r reading) country() string {
	if r.view.Country == "" {
		return ""
	}
	return r.w.T("option." + r.view.Country)
}

func (r reading) page() (page requestPage, err error) {
	page = requestPage{Request: r.view.Request, Standing: standing(r.w, r.view.Phase, r.view.Ending), Today: r.view.Today, Sections: sections,
		Open: r.openTasks(), May: r.mayDo(), Console: r.console(), Facts: r.facts(), Risks: r.risks(), Conditions: r.view.Conditions,
		Experts: r.experts(), Plans: r.plans(), Activities: r.activities(), Mails: r.mails(), Documents: r.documents(), CanUpload: mayAdd(r.p),
		Upload: upload{"/requests/" + string(r.view.CaseNumber) + "/documents", web.NewKey()}}
	if r.view.OfficerAccount != nil {
		page.OfficerName = r.view.OfficerAccount.Name
	}
	if r.view.Decision != nil {
		page.Decision = r.w.T("page.case.result." + string(r.view.Decision.Result))
	}
	page.Step = r.nextStep(page.Open)
	page.VotesHidden = slices.ContainsFunc(r.view.Open, func(t store.Task) bool { return t.Kind == casework.CastVote && t.Holder == r.p.ID })
	page.Votes, page.Evaluations, page.Said = r.said()
	if page.Next, err = r.nextAfterAction(r.c); err != nil {
		return page, err
	}
	if page.Result, err = r.ResultOf(r.c); err != nil {
		return page, err
	}
	if page.Trail, page.More, err = r.trail(); err != nil {
		return page, err
	}
	if page.Stuck, err = r.standsStill(); err != nil {
		return page, err
	}
	page.Broken, err = r.broken()
	return page, err
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

package public

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// What somebody may tell us: their need, or only a question.
const (
	interest = "interest"
	question = "question"
)

type interestPage struct {
	Title, Lead, Back string
	Form              web.HTMLForm
	Sent              bool   // something was sent from this page before
	Another           string // where one begins anew
	Changed           bool   // and something else is sent now
	Waits             string // why it has to wait a moment
}

// later can wait until we talk, or is known to few who write for the first time; the page asks it last, folded.
var later = []string{"language", "sector", "resource", "negotiationStage", "negotiationStep", "renegotiation"}

func isLater(name string) bool { return slices.Contains(later, name) }

// formOf is the first interest's form without the channel, which is this page.
func formOf(what string) casework.Form {
	form := casework.FirstInterestForm(what == question)
	form.Fields = slices.DeleteFunc(form.Fields, func(f casework.Field) bool { return f.Name == "channel" })
	if what == interest {
		slices.SortStableFunc(form.Fields, func(a, b casework.Field) int { return slices.Index(later, a.Name) - slices.Index(later, b.Name) })
	}
	return form
}

// ask shows the form; what the self-check knows already is filled in.
func (s room) ask(what string) web.Handler {
	return func(c *gin.Context) error {
		page, err := s.AskInterest(c, store.Person{}, formOf(what))
		if err != nil || page == nil {
			return err
		}
		return s.showAsk(c, what, *page)
	}
}

// start gives it its number, once for the page's key.
func (s room) start(what string) web.Handler {
	return func(c *gin.Context) error {
		page, err := s.SendInterest(c, dispatch.FirstInterest{Values: casework.Values{"channel": "web"}, Question: what == question}, formOf(what))
		if err != nil {
			return err
		}
		if page.Number == "" {
			return s.showAsk(c, what, page)
		}
		said := thanked(page.Number, what, page.Typed.String("contactEmail") != "", page.Before != "")
		c.Redirect(http.StatusSeeOther, "/check/thanks?"+said.Encode())
		return nil
	}
}

// thanked says what the last page tells: nothing that is not in its address.
func thanked(number casework.CaseNumber, what string, mailed, before bool) url.Values {
	said := url.Values{"number": {string(number)}, "for": {what}}
	if mailed {
		said.Set("mail", "1")
	}
	if before {
		said.Set("again", "1")
	}
	return said
}

func (s room) showAsk(c *gin.Context, what string, asked web.InterestPage) error {
	w := asked.Words
	w.FillForm(&asked.Form, "public-interest")
	page := interestPage{Title: w.T("guest." + what + ".title"), Lead: w.T("guest." + what + ".lead"), Back: "/check" + query(c),
		Form: asked.HTML("/check/"+what+query(c), asked.Key), Sent: asked.Before != "" && !asked.Changed, Another: "/check/" + what, Changed: asked.Changed, Waits: asked.Waits}
	page.Form.Submit, page.Form.Tab = w.T("guest."+what+".send"), true
	if what == interest {
		page.Form.Fold(w.T("guest.interest.more"), isLater)
	}
	return s.show(c, asked.Status, "interest", page.Title, page)
}

// known are the answers of the self-check that were given, with a mark that they were.
func known(given url.Values, marks ...string) url.Values {
	kept := url.Values{}
	for _, name := range []string{"country", "largeContract", "seeksAssistance", "negotiationPhase", "need"} {
		if value := given.Get(name); value != "" {
			kept.Set(name, value)
		}
	}
	for _, mark := range marks {
		kept.Set(mark, "1")
	}
	if stage := kept.Get("negotiationPhase"); casework.InList(casework.Stages, stage) {
		kept.Set("negotiationStage", stage)
	}
	return kept
}

// query carries the answers of the self-check on to the next page, and back.
func query(c *gin.Context) string {
	if c.Query("answered") == "" {
		return ""
	}
	return "?" + known(c.Request.URL.Query(), "answered").Encode()
}

type thanksPage struct {
	CaseNumber casework.CaseNumber
	Next       string
	Mailed     bool
	Again      bool // it had come before
}

// thanks says the number and what happens next. It shows nothing that is not in its address.
func (s room) thanks(c *gin.Context) error {
	number, w := casework.CaseNumber(c.Query("number")), web.Words(c)
	if !number.Valid() {
		return web.NotFound()
	}
	settings, err := s.Store.Settings(c.Request.Context())
	if err != nil {
		return err
	}
	what, answers := interest, casework.AssessEligibility
	if c.Query("for") == question {
		what, answers = question, casework.AnswerEligibilityQuestion
	}
	next := w.T("guest.thanks."+what, "Count", settings.Due(answers).Days)
	return s.show(c, http.StatusOK, "thanks", w.T("guest.thanks.title"), thanksPage{number, next, c.Query("mail") != "", c.Query("again") != ""})
}

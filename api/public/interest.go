package public

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

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
}

// formOf is the first interest's form without the channel, which is this page.
func formOf(what string) casework.Form {
	form := casework.FirstInterestForm(what == question)
	form.Fields = slices.DeleteFunc(form.Fields, func(f casework.Field) bool { return f.Name == "channel" })
	return form
}

// ask shows the form; what the self-check knows already is filled in. The key stands in the page's address, so that the
// browser's way back leads to the same page with the same key, from which nothing is sent twice.
func (s room) ask(what string) web.Handler {
	return func(c *gin.Context) error {
		asked := c.Request.URL.Query()
		key := asked.Get("form")
		if uuid.Validate(key) != nil {
			asked.Set("form", web.NewKey())
			c.Redirect(http.StatusSeeOther, "/check/"+what+"?"+asked.Encode())
			return nil
		}
		sent, err := s.Store.Sent(c.Request.Context(), casework.ActionID(key))
		if err != nil {
			return err
		}
		known := web.ReadForm(formOf(what), asked, nil)
		return s.showAsk(c, http.StatusOK, what, web.Filling{Typed: known}, key, interestPage{Sent: sent})
	}
}

// start gives it its number, once for the page's key.
func (s room) start(what string) web.Handler {
	return func(c *gin.Context) error {
		if err := s.Limits.FirstInterest(c.RemoteIP()); err != nil {
			return err
		}
		post, err := web.ReadPost(c)
		if err != nil {
			return err
		}
		key, typed := post.Values.Get("_key"), web.ReadForm(formOf(what), post.Values, nil)
		if uuid.Validate(key) != nil {
			key = web.NewKey() // any other text would be everybody's
		}
		typed["channel"] = "web"
		before, err := s.Store.Sent(c.Request.Context(), casework.ActionID(key))
		if err != nil {
			return err
		}
		number, err := s.Dispatch.Start(c.Request.Context(), dispatch.FirstInterest{Key: key, Values: typed, Question: what == question})
		var wrong *casework.FormError
		switch {
		case errors.As(err, &wrong):
			return s.showAsk(c, http.StatusUnprocessableEntity, what, web.Filling{Typed: typed, Wrong: wrong.Fields}, key, interestPage{})
		case errors.Is(err, store.ErrKeyReused):
			return s.showAsk(c, http.StatusConflict, what, web.Filling{Typed: typed}, keyAfter(key, post.Values), interestPage{Changed: true})
		case err != nil:
			return err
		}
		c.Redirect(http.StatusSeeOther, "/check/thanks?"+thanked(number, what, typed.String("contactEmail") != "", before).Encode())
		return nil
	}
}

// keyAfter is that of what is typed anew on a page whose key is spent. Loading the answer again makes no other one.
func keyAfter(key string, typed url.Values) string {
	return uuid.NewSHA1(uuid.MustParse(key), []byte(typed.Encode())).String()
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

func (s room) showAsk(c *gin.Context, status int, what string, f web.Filling, key string, page interestPage) error {
	w := web.Words(c)
	f.Form, f.Words = formOf(what), w
	w.FillForm(&f.Form, "public-interest")
	page.Title, page.Lead, page.Back, page.Another = w.T("guest."+what+".title"), w.T("guest."+what+".lead"), "/check"+query(c), "/check/"+what
	page.Form = f.HTML("/check/"+what+query(c), key)
	page.Form.Submit = w.T("guest." + what + ".send")
	return s.show(c, status, "interest", page.Title, page)
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

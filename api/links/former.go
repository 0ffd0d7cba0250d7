package links

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// former is what somebody sees whose link was good once.
type former struct {
	Reason string
	Post   string // where a new link is asked for
}

// passedOn is where one gets who passed a request on: the link that they came by is good no more.
const passedOn = "/passed-on"

func (s room) former(c *gin.Context) error {
	l, w := web.FormerLink(c), web.Words(c)
	if strings.HasSuffix(c.FullPath(), passedOn) {
		return s.show(c, http.StatusOK, "passed-on", w.T("guest.passed-on.title"), nil)
	}
	reason := "over"
	if l.RevokedAt != nil {
		reason = "revoked"
	}
	return s.show(c, http.StatusGone, "former", w.T("guest.former.title"), former{w.T("guest.former." + reason), home(c) + "/new-link"})
}

// stillTheirs is the page of who is on the way to pass a request on, or thinks so.
func (s room) stillTheirs(c *gin.Context) error {
	c.Redirect(http.StatusSeeOther, home(c)+"?"+c.Request.URL.RawQuery)
	return nil
}

// newLink mails the way to the page again, and answers the same to everybody: it tells nobody what is on file.
func (s room) newLink(c *gin.Context) error {
	if err := s.Limits.NewLink(c.ClientIP()); err != nil {
		return err
	}
	l, err := s.Store.AnyLinkByHash(c.Request.Context(), casework.TokenHash(web.Token(c)))
	if err == nil {
		err = s.Dispatch.MailLink(c.Request.Context(), l)
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return s.show(c, http.StatusOK, "new-link", web.Words(c).T("guest.new-link.title"), nil)
}

// write is an expert's page to the case officer: their work cannot be passed on, since it is they who signed the Code.
type write struct {
	Back  string
	Waits string // why it has to wait a while
	Form  web.HTMLForm
}

func messageForm() casework.Form {
	return casework.Form{Fields: []casework.Field{{Name: "message", Type: casework.LongText, Required: true}}}
}

func (s room) write(c *gin.Context) error {
	return s.showWrite(c, http.StatusOK, web.Filling{}, web.NewKey(), "")
}

func (s room) showWrite(c *gin.Context, status int, f web.Filling, key, waits string) error {
	w := web.Words(c)
	if !web.PersonOf(c).Has(casework.Expert) {
		return web.NotFound()
	}
	f.Form, f.Words = messageForm(), w
	w.FillForm(&f.Form, "expert-message")
	page := write{Back: home(c), Waits: waits, Form: f.HTML(home(c)+"/write", key)}
	page.Form.Submit = w.T("guest.write.send")
	return s.show(c, status, "write", w.T("guest.write.title"), page)
}

func (s room) sendMessage(c *gin.Context) error {
	if !web.PersonOf(c).Has(casework.Expert) {
		return web.NotFound()
	}
	post, err := web.ReadPost(c)
	if err != nil {
		return err
	}
	typed, key := web.ReadForm(web.Words(c), messageForm(), post.Values, nil), post.Values.Get("_key")
	values, err := casework.Decode(casework.FormContext{}, messageForm(), typed)
	var wrong *casework.FormError
	if errors.As(err, &wrong) {
		return s.showWrite(c, http.StatusUnprocessableEntity, web.Filling{Typed: typed, Wrong: wrong.Fields}, key, "")
	}
	if err == nil {
		err = s.Dispatch.Tell(c.Request.Context(), web.PersonOf(c), key, values.String("message"))
	}
	if waits := web.HeldBack(c, err); waits != "" {
		return s.showWrite(c, http.StatusTooManyRequests, web.Filling{Typed: typed}, key, waits)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, home(c)+"?written=1")
	return nil
}

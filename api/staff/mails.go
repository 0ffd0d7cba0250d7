package staff

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/mail"
	"connex/store"
)

type mailPage struct {
	Mail         store.InboundMail
	Aside        *store.MailAside // by whom and why; nil where it waits to be sorted
	Files        []mailFile
	Unreadable   bool
	Form         web.HTMLForm
	Number       string // the case that somebody typed
	NumberFaults map[string]string
	Why          string // of setting it aside, which is asked on the list where it was left out
	Fault        map[string]string
	Taken        string // a colleague was quicker: who, and what they did
}

type mailFile struct {
	Name, Href string
	Size       int64
}

// mail shows one, as text and nothing else, and asks what it is: a new request, or one's that there is.
func (s room) mail(c *gin.Context) error {
	m, err := s.mailAsked(c)
	if err != nil {
		return err
	}
	if m.CaseNumber != "" {
		c.Redirect(http.StatusSeeOther, "/requests/"+string(m.CaseNumber))
		return nil
	}
	return s.showMail(c, http.StatusOK, m, web.Filling{}, web.NewKey(), nil)
}

func (s room) mailAsked(c *gin.Context) (store.InboundMail, error) {
	p := web.PersonOf(c)
	if err := web.Needs(p, casework.CaseOfficer); err != nil {
		return store.InboundMail{}, err
	}
	return s.Store.InboundMail(c.Request.Context(), p, c.Param("id"))
}

func (s room) showMail(c *gin.Context, status int, m store.InboundMail, f web.Filling, key string, wrong map[string]string) error {
	page := mailPage{Mail: m, Unreadable: m.FiledAs == unreadable, Number: c.PostForm("case"), NumberFaults: wrong}
	if m.Aside {
		aside, err := s.Store.MailAside(c.Request.Context(), m.ID)
		if err != nil {
			return err
		}
		page.Aside = &aside
	}
	if status == http.StatusConflict {
		var err error
		if page.Taken, err = s.quicker(c, m, page.Aside); err != nil {
			return err
		}
	}
	in, err := readable(m)
	if err != nil {
		return err
	}
	for i, file := range in.Attachments {
		page.Files = append(page.Files, mailFile{file.Name, fmt.Sprintf("/mails/%s/files/%d", m.ID, i), int64(len(file.Bytes))})
	}
	f.Form, f.Words = firstInterestOf(m), web.Words(c)
	f.Words.FillForm(&f.Form, "first-interest")
	page.Form = f.HTML("/mails/"+m.ID+"/start", key)
	page.Form.Submit = f.Words.T("page.new.button")
	title := m.Subject
	if title == "" {
		title = f.Words.T("page.mails.no-subject")
	}
	return s.show(c, status, "mail", title, "inbox", page)
}

// unreadable is how mail is filed that is none.
const unreadable = "raw"

func readable(m store.InboundMail) (mail.Incoming, error) {
	in, err := mail.Read(m.Raw)
	if bad := (*mail.Unreadable)(nil); errors.As(err, &bad) {
		err = nil
	}
	return in, err
}

// longestSummary leaves room below what a summary may hold.
const longestSummary = 19_000

// firstInterestOf is the form with what the mail says; the officer mends it.
func firstInterestOf(m store.InboundMail) casework.Form {
	form := casework.FirstInterestForm(false)
	summary := strings.TrimSpace(m.Subject + "\n\n" + m.Text)
	if utf8.RuneCountInString(summary) > longestSummary {
		summary = string([]rune(summary)[:longestSummary]) + " …"
	}
	known := map[string]any{"contactName": m.FromName, "contactEmail": m.From, "channel": "email", "summary": summary}
	for i := range form.Fields {
		if value, there := known[form.Fields[i].Name]; there {
			form.Fields[i].Value = value
		}
	}
	return form
}

// startFromMail starts a request from it, to which it is filed then.
func (s room) startFromMail(c *gin.Context) error {
	m, err := s.mailAsked(c)
	if err != nil {
		return err
	}
	post, err := web.ReadPost(c)
	if err != nil {
		return err
	}
	key, typed := post.Values.Get("_key"), web.ReadForm(web.Words(c), casework.FirstInterestForm(false), post.Values, nil)
	number, err := s.Dispatch.Start(c.Request.Context(), dispatch.FirstInterest{Person: web.PersonOf(c), Key: key, Values: typed, Mail: m.ID})
	var wrong *casework.FormError
	switch {
	case errors.As(err, &wrong):
		return s.showMail(c, http.StatusUnprocessableEntity, m, web.Filling{Typed: typed, Wrong: wrong.Fields}, key, nil)
	case errors.Is(err, store.ErrMailTaken):
		return s.mailTaken(c, web.Filling{Typed: typed})
	case err != nil:
		return err
	}
	c.Redirect(http.StatusSeeOther, "/requests/"+string(number)+"?action="+key)
	return nil
}

// fileMail files it to a request that there is.
func (s room) fileMail(c *gin.Context) error {
	m, err := s.mailAsked(c)
	if err != nil {
		return err
	}
	number := numberAsked(c)
	err = s.Dispatch.FileMail(c.Request.Context(), web.PersonOf(c), m, number)
	switch {
	case errors.Is(err, store.ErrNotFound):
		wrong := map[string]string{"case": web.Words(c).T("page.mails.no-case")}
		return s.showMail(c, http.StatusUnprocessableEntity, m, web.Filling{}, web.NewKey(), wrong)
	case errors.Is(err, store.ErrMailTaken):
		return s.mailTaken(c, web.Filling{})
	case err != nil:
		return err
	}
	c.Redirect(http.StatusSeeOther, "/requests/"+string(number)+"#letters")
	return nil
}

// mailTaken gives back what was typed about a mail with which a colleague was quicker. Who files one a second time to where it is
// gets there.
func (s room) mailTaken(c *gin.Context, f web.Filling) error {
	m, err := s.mailAsked(c)
	if err != nil {
		return err
	}
	if f.Typed == nil && m.CaseNumber != "" && m.CaseNumber == numberAsked(c) {
		c.Redirect(http.StatusSeeOther, "/requests/"+string(m.CaseNumber)+"#letters")
		return nil
	}
	return s.showMail(c, http.StatusConflict, m, f, web.NewKey(), nil)
}

func numberAsked(c *gin.Context) casework.CaseNumber {
	return casework.CaseNumber(strings.ToUpper(strings.TrimSpace(c.PostForm("case"))))
}

// quicker says who was quicker with a mail; nothing where it still waits to be sorted.
func (s room) quicker(c *gin.Context, m store.InboundMail, aside *store.MailAside) (string, error) {
	w := web.Words(c)
	if aside != nil {
		return w.T("page.mails.quicker-aside", "Name", aside.By), nil
	}
	if m.CaseNumber == "" {
		return "", nil
	}
	name, err := s.Store.MailFiledBy(c.Request.Context(), m)
	return w.T("page.mails.quicker", "Name", name, "Number", m.CaseNumber), err
}

// mailFile gives an attachment out, to be kept and never to be run.
func (s room) mailFile(c *gin.Context) error {
	m, err := s.mailAsked(c)
	if err != nil {
		return err
	}
	in, err := readable(m)
	if err != nil {
		return err
	}
	i, err := strconv.Atoi(c.Param("number"))
	if err != nil || i < 0 || i >= len(in.Attachments) {
		return store.ErrNotFound
	}
	f := in.Attachments[i]
	web.SendFile(c, store.Document{Name: f.Name, MediaType: f.MediaType, Body: f.Bytes})
	return nil
}

// rawMail gives the whole mail out as it came.
func (s room) rawMail(c *gin.Context) error {
	m, err := s.mailAsked(c)
	if err != nil {
		return err
	}
	web.SendFile(c, store.Document{Name: "mail.eml", MediaType: "message/rfc822", Body: m.Raw})
	return nil
}

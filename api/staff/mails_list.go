package staff

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// mailsPage lists mail that fits no request: what waits to be sorted, or what was set aside.
type mailsPage struct {
	Done  string   // what was just done
	Shut  []string // why mail may be missing
	Mails []mailChoice
	Aside []store.MailAside
	Shows bool // what was set aside
	Next  string
	Why   string // as it was typed
	Fault map[string]string
}

// mailChoice is a mail that can be set aside with others.
type mailChoice struct {
	store.InboundMail
	On bool
}

// mails lists what came in and fits no case.
func (s room) mails(c *gin.Context) error {
	if err := web.Needs(web.PersonOf(c), casework.CaseOfficer); err != nil {
		return err
	}
	if c.Query("aside") == "" {
		return s.showMails(c, http.StatusOK, mailsPage{Done: c.Query("done")}, nil)
	}
	aside, err := s.Store.MailsAside(c.Request.Context(), 0, c.Query("after"))
	if err != nil {
		return err
	}
	page := mailsPage{Shows: true, Done: c.Query("done"), Aside: aside.Items, Next: nextPage(c, aside.Next)}
	return s.show(c, http.StatusOK, "mails", web.Words(c).T("page.mails.aside-title"), "inbox", page)
}

func (s room) showMails(c *gin.Context, status int, page mailsPage, ticked []string) error {
	waiting, err := s.Store.MailsToTriage(c.Request.Context())
	if err != nil {
		return err
	}
	shut, err := s.Store.MailboxesShut(c.Request.Context())
	if err != nil {
		return err
	}
	page.Shut = sentences(web.Words(c), shut)
	for _, m := range waiting {
		page.Mails = append(page.Mails, mailChoice{m, slices.Contains(ticked, m.ID)})
	}
	return s.show(c, status, "mails", web.Words(c).T("page.mails.title"), "inbox", page)
}

// longestReason is what one writes about a mail that is nobody's.
const longestReason = 500

// setAside takes mails away from those that wait, with a reason. They are kept.
func (s room) setAside(c *gin.Context) error {
	p, w := web.PersonOf(c), web.Words(c)
	if err := web.Needs(p, casework.CaseOfficer); err != nil {
		return err
	}
	ids, why, fault := c.PostFormArray("mail"), strings.TrimSpace(c.PostForm("reason")), map[string]string{}
	if len(ids) == 0 {
		fault["mail"] = w.T("page.mails.none-ticked")
	}
	if why == "" {
		fault["reason"] = w.T("page.mails.no-reason")
	} else if utf8.RuneCountInString(why) > longestReason {
		fault["reason"] = w.T("invalid.too-long", "Limit", longestReason)
	}
	if len(fault) > 0 {
		return s.showMails(c, http.StatusUnprocessableEntity, mailsPage{Why: why, Fault: fault}, ids)
	}
	if _, err := s.Store.SetMailsAside(c.Request.Context(), p, ids, true, why); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/mails?done=aside")
	return nil
}

// putBack lets a mail wait to be sorted again.
func (s room) putBack(c *gin.Context) error {
	p := web.PersonOf(c)
	if err := web.Needs(p, casework.CaseOfficer); err != nil {
		return err
	}
	if _, err := s.Store.SetMailsAside(c.Request.Context(), p, []string{c.Param("id")}, false, ""); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/mails?done=back")
	return nil
}

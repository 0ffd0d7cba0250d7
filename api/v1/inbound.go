package v1

import (
	"crypto/subtle"
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/web"
)

// inboundMail takes in a mail as a file.
func (s server) inboundMail(c *gin.Context) error {
	if err := s.mayFile(c); err != nil {
		return err
	}
	if media, _, _ := strings.Cut(c.ContentType(), ";"); media != "message/rfc822" {
		return web.WrongMedia("message/rfc822")
	}
	raw, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return err
	}
	filed, isNew, err := s.Dispatch.TakeIn(c.Request.Context(), raw)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if isNew {
		status = http.StatusCreated
	}
	c.JSON(status, gin.H{"caseNumber": orNull(filed.CaseNumber), "messageId": filed.MessageID, "filedAs": filed.FiledAs})
	return nil
}

// mayFile lets in the mail gateway, by its token, and the staff who may add to a case.
func (s server) mayFile(c *gin.Context) error {
	token, bearer := strings.CutPrefix(c.GetHeader("Authorization"), "Bearer ")
	if bearer && s.Config.MailToken != "" && subtle.ConstantTimeCompare([]byte(token), []byte(s.Config.MailToken)) == 1 {
		return nil
	}
	p := web.PersonOf(c)
	if p.ID == "" {
		return web.SignedOut()
	}
	_, err := web.AddingRole(p)
	return err
}

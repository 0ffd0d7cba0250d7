package v1

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/mail"
	"connex/store"
)

// How a mail is filed.
const (
	filedToCase  = "case"
	firstContact = "first-interest"
	unreadable   = "raw"
)

// inboundMail files a mail as it came: to the case that it names or answers, else to be triaged; what cannot be read is
// kept all the same. It decides nothing.
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
	m, files, err := s.sorted(c.Request.Context(), raw)
	if err != nil {
		return err
	}
	filed, isNew, err := s.Store.FileMail(c.Request.Context(), m, files)
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

// sorted reads a mail and finds where it belongs.
func (s server) sorted(ctx context.Context, raw []byte) (m store.InboundMail, files []store.NewDocument, err error) {
	in, err := mail.Read(raw)
	if bad := (*mail.Unreadable)(nil); errors.As(err, &bad) {
		sum := sha256.Sum256(raw)
		return store.InboundMail{MessageID: hex.EncodeToString(sum[:]) + "@unreadable.invalid", Raw: raw, FiledAs: unreadable, Text: bad.Reason}, nil, nil
	}
	if err != nil {
		return m, nil, err
	}
	m = store.InboundMail{MessageID: in.MessageID, Raw: raw, From: in.FromAddress, FromName: in.FromName, Subject: in.Subject, Text: in.Text,
		Kind: string(in.Sort), FiledAs: firstContact}
	if m.CaseNumber, err = s.caseOf(ctx, in); err != nil || m.CaseNumber == "" {
		return m, nil, err
	}
	m.FiledAs = filedToCase
	return m, dispatch.FilesOf(in, m.CaseNumber), nil
}

// caseOf is the case that a mail names, if there is one, or that it answers; empty where neither.
func (s server) caseOf(ctx context.Context, in mail.Incoming) (casework.CaseNumber, error) {
	if number, named := mail.CaseOf(in); named {
		if there, err := s.Store.HasCase(ctx, number); err != nil || there {
			return number, err
		}
	}
	var ids []string
	for _, id := range in.Threads() {
		ids = append(ids, "<"+id+">", id) // our own are kept with brackets, received ones without
	}
	if len(ids) == 0 {
		return "", nil
	}
	number, err := s.Store.CaseOfMails(ctx, ids)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	return number, err
}

package v1

import (
	"cmp"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

const longestTitle = 200

// addDocument keeps a file with a request. For a personal link the request is the link's, whatever the form says.
func (s server) addDocument(c *gin.Context) error {
	p := web.PersonOf(c)
	up, texts, err := web.ReadUpload(c, "file")
	if err != nil {
		return err
	}
	number := casework.CaseNumber(texts.Get("request"))
	if p.Link != nil {
		if number != "" && number != p.Link.CaseNumber {
			return store.ErrNotFound
		}
		number = p.Link.CaseNumber
	}
	title, err := titleOf(texts.Get("title"), up.Name)
	if err != nil {
		return err
	}
	role, err := s.MayAdd(c, number)
	if err != nil {
		return err
	}
	d, err := s.Store.AddDocument(c.Request.Context(), store.NewDocument{CaseNumber: number, Kind: store.Upload, Title: title, Name: up.Name,
		MediaType: up.MediaType, Body: up.Body, By: p, Role: role})
	if err != nil {
		return err
	}
	c.JSON(http.StatusCreated, gin.H{"id": d.ID, "sha256": d.SHA256, "mediaType": d.MediaType, "size": d.Size})
	return nil
}

func titleOf(title, name string) (string, error) {
	title = cmp.Or(casework.Plain(title), name)
	if utf8.RuneCountInString(title) > longestTitle || strings.ContainsAny(title, "\r\n") {
		return "", web.Invalid(casework.Faults{"title": casework.Say("invalid.wrong-type")})
	}
	return title, nil
}

// document gives out the bytes, to be kept and never to be run: a browser shows nothing of what somebody else sent.
func (s server) document(c *gin.Context) error {
	d, err := s.Store.Document(c.Request.Context(), web.PersonOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	web.SendFile(c, d)
	return nil
}

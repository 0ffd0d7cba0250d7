package v1

import (
	"cmp"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

type noteJSON struct {
	ID         string        `json:"id"`
	Author     actorJSON     `json:"author"`
	Text       string        `json:"text"`
	At         time.Time     `json:"at"`
	RecordedAt time.Time     `json:"recordedAt"`
	Mentions   []mentionJSON `json:"mentions"`
}

type mentionJSON struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	Read  bool   `json:"read"`
}

func noteOf(n store.Note) noteJSON {
	mentions := make([]mentionJSON, len(n.Mentions))
	for i, m := range n.Mentions {
		mentions[i] = mentionJSON{Name: m.Name, Email: m.Email, Read: m.Read}
	}
	return noteJSON{ID: n.ID, Author: actorJSON{Role: n.AuthorRole, Name: n.AuthorName, ID: n.Author}, Text: n.Text, At: n.At.UTC(),
		RecordedAt: n.RealAt.UTC(), Mentions: mentions}
}

func (s server) notes(c *gin.Context) error {
	return listed(c, func(most int, after string) (store.Page[store.Note], error) {
		return s.Store.Notes(c.Request.Context(), web.PersonOf(c), casework.CaseNumber(c.Param("case")), most, after)
	}, noteOf)
}

// addNote keeps a note. Whom it is for is named in its text, or beside it by address.
func (s server) addNote(c *gin.Context) error {
	p, n := web.PersonOf(c), casework.CaseNumber(c.Param("case"))
	role, err := s.MayAdd(c, n)
	if err != nil {
		return err
	}
	var body struct {
		Text     string   `json:"text"`
		Mentions []string `json:"mentions"`
	}
	if err := web.ReadJSON(c, &body); err != nil {
		return err
	}
	note, err := s.Dispatch.WriteNote(c.Request.Context(), p, n, role, cmp.Or(c.GetHeader(keyHeader), web.NewKey()), body.Text, body.Mentions)
	if err != nil {
		return err
	}
	c.JSON(http.StatusCreated, gin.H{"id": note.ID})
	return nil
}

package staff

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// noteBoard is what colleagues wrote for each other on a case, newest first, and the form for more.
type noteBoard struct {
	Case       casework.CaseNumber
	Notes      []noteLine
	Unread     int // that mention the reader
	Draft      noteDraft
	Colleagues []addressee
	CanWrite   bool
}

// noteDraft is a note as it was sent, with what is wrong with it.
type noteDraft struct {
	Key, Text, Fault string
	For              []string
}

type addressee struct {
	casework.Colleague
	On bool
}

// noteLine is a note with whom it was brought to.
type noteLine struct {
	store.Note
	Read, Unread []string // names of those who have and have not read it
	ForReader    bool     // it mentions the reader, who has not said that they read it
}

func (r reading) notes(draft noteDraft) noteBoard {
	if draft.Key == "" {
		draft.Key = web.NewKey()
	}
	b := noteBoard{Case: r.file.CaseNumber, Draft: draft, CanWrite: mayAdd(r.p) && !r.print}
	for _, n := range slices.Backward(r.file.Notes) {
		line := noteLine{Note: n}
		for _, m := range n.Mentions {
			if m.Read {
				line.Read = append(line.Read, r.names[m.Person])
			} else {
				line.Unread = append(line.Unread, r.names[m.Person])
			}
		}
		if m, mentioned := n.For(r.p.ID); mentioned && !m.Read {
			line.ForReader = true
			b.Unread++
		}
		b.Notes = append(b.Notes, line)
	}
	for _, c := range r.file.Colleagues {
		b.Colleagues = append(b.Colleagues, addressee{c, slices.Contains(draft.For, string(c.ID))})
	}
	return b
}

// addNote keeps a note and brings it to whom it mentions: by «@» in its text, or chosen from the list. One that cannot be
// kept comes back with everything that was typed.
func (s room) addNote(c *gin.Context) error {
	p, n := web.PersonOf(c), casework.CaseNumber(c.Param("case"))
	role, err := s.MayAdd(c, n)
	if err != nil {
		return err
	}
	draft := noteDraft{Key: c.PostForm("_key"), Text: strings.TrimSpace(c.PostForm("text")), For: c.PostFormArray("for")}
	note, err := s.Dispatch.WriteNote(c.Request.Context(), p, n, role, draft.Key, draft.Text, draft.For)
	var wrong *casework.FormError
	if errors.As(err, &wrong) {
		w := web.Words(c)
		draft.Fault = strings.TrimSpace(w.Say(wrong.Fields["text"]) + " " + w.Say(wrong.Fields["mentions"]))
		return s.showRequest(c, http.StatusUnprocessableEntity, cameBack{note: draft})
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/requests/"+string(n)+"#note-"+note.ID)
	return nil
}

// readNote is said by whom a note mentions, on the case's page or in the inbox, and leads back there.
func (s room) readNote(c *gin.Context) error {
	note, err := s.Store.ReadNote(c.Request.Context(), web.PersonOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	back := c.PostForm("back")
	if back == "" {
		back = "/requests/" + string(note.CaseNumber) + "#note-" + note.ID
	}
	c.Redirect(http.StatusSeeOther, web.SafeNext(back))
	return nil
}

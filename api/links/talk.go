package links

import (
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// talk is what they and we said to each other on these pages, oldest first, and where to ask.
type talk struct {
	Earlier, Said []said
	Waits         bool // the last word is a question of theirs
	AskUs         string
}

type said struct {
	Ours, OnWay   bool
	Who, On, Text string
	At            time.Time
}

// newest is how many messages stand open; earlier ones are folded away.
const newest = 4

func (s room) talk(c *gin.Context, r store.Request, askUs string) (*talk, error) {
	p, w := web.PersonOf(c), web.Words(c)
	actions, err := s.Store.Talk(c.Request.Context(), p, r.CaseNumber)
	if err != nil {
		return nil, err
	}
	t := &talk{AskUs: askUs}
	for _, a := range actions {
		if text := spoken(a); text != "" {
			t.Said = append(t.Said, said{Ours: ours(a), OnWay: a.State == store.Pending, Who: speaker(w, p, a), On: topic(w, a), At: r.Calendar().Process(a.CreatedAt), Text: text})
			t.Waits = a.Kind == casework.AskUs && a.State == store.Applied
		}
	}
	if older := len(t.Said) - newest; older > 0 {
		t.Earlier, t.Said = t.Said[:older], t.Said[older:]
	}
	return t, nil
}

func ours(a store.Action) bool { return a.Role.Staff() && !a.OnBehalf }

// theirs are the fields in which a government speaks to us.
var theirs = map[casework.TaskKind][]string{
	casework.StartRequest: {"summary"}, casework.AskUs: {"message"}, casework.ProvideInformation: {"answer"},
	casework.AgreeSupport: {"comment", "question"},
}

// spoken is what an action says to the other side: of ours what is marked as sent, of theirs what they wrote to us. A
// summary that the staff wrote is none of either.
func spoken(a store.Action) string {
	var texts []string
	if ours(a) {
		for _, q := range sentIn(a) {
			texts = append(texts, q.Text)
		}
		return strings.Join(texts, "\n\n")
	}
	if a.Kind == casework.StartRequest && a.Role != casework.Anyone {
		return ""
	}
	for _, name := range theirs[a.Kind] {
		if text := a.Form.String(name); text != "" {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, "\n\n")
}

func speaker(w *words.Words, reader store.Person, a store.Action) string {
	switch {
	case ours(a):
		return w.T("guest.talk.ours", "Name", a.ActorName)
	case a.OnBehalf:
		return w.T("guest.talk.on-behalf", "Name", a.ActorName)
	case a.Kind == casework.StartRequest && a.Form.String("contactName") != reader.Name:
		return a.Form.String("contactName")
	case a.Kind == casework.StartRequest || a.Actor == reader.ID:
		return w.T("guest.talk.you")
	}
	return a.ActorName
}

// topic says of a message what it is about, where it is no question or answer of its own.
func topic(w *words.Words, a store.Action) string {
	if !slices.Contains([]casework.TaskKind{casework.StartRequest, casework.AgreeSupport, casework.InformOnExpert}, a.Kind) {
		return ""
	}
	return w.T("guest.talk.on." + string(a.Kind))
}

package links

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// page is what a link leads to. One thing comes first: what we ask of them, the most urgent of it.
type page struct {
	Role       casework.Role
	Name       string
	CaseNumber casework.CaseNumber
	About      string
	Result     *web.Result
	Added      bool
	Written    bool
	Ended      string
	Left       []asked // what they had written where it could not be taken up
	First      *asked
	Others     []asked
	Steps      []step
	Now        *now
	Talk       *talk
	Work       *work
	Papers     papers
	Contact    contact
	May        may
}

// asked is a task that waits for them.
type asked struct {
	Title, Help, About, Href string
	DueAt                    *time.Time
}

// may is where they find what they can do at any time; empty where they cannot.
type may struct{ PassOn, Withdraw string }

type papers struct {
	List            []paper
	Post, Here, Key string
	Title, Fault    string // of a file that was not taken
}

type paper struct {
	store.Document
	Href string
}

// contact is who answers for us.
type contact struct{ Name, Phone, Email, Write string }

// page is where a link leads: what we ask of them, where the request stands, what was said and sent, and whom to ask.
func (s room) page(c *gin.Context) error {
	return s.showPage(c, http.StatusOK, papers{Key: web.NewKey()})
}

// showPage shows it again where a file that was sent was not taken.
func (s room) showPage(c *gin.Context, status int, again papers) error {
	ctx, p, w := c.Request.Context(), web.PersonOf(c), web.Words(c)
	request, err := s.Store.Request(ctx, p, p.Link.CaseNumber)
	if err != nil {
		return err
	}
	shown := &page{Role: p.Link.Role, Name: p.Name, CaseNumber: request.CaseNumber, About: aboutRequest(w, request.Institution, request.Country),
		Added: c.Query("added") != "", Written: c.Query("written") != "", Ended: endedWords(w, p, request), Papers: again}
	shown.Papers.Here, shown.Papers.Post = home(c), home(c)+"/documents"
	parts := []func(*gin.Context, *page, store.Request) error{s.result, s.tasks, s.left, s.papers, s.contact, s.ofGovernment}
	if p.Link.Role == casework.Expert {
		parts[len(parts)-1] = s.ofExpert
	}
	for _, part := range parts {
		if err := part(c, shown, request); err != nil {
			return err
		}
	}
	return s.show(c, status, "page", w.T("guest.title."+string(p.Link.Role)), shown)
}

// result is what became of what they did just now.
func (s room) result(c *gin.Context, shown *page, _ store.Request) (err error) {
	shown.Result, err = s.ResultOf(c)
	if shown.Result != nil && shown.Result.State != store.Refused {
		shown.Result.Reason = web.Words(c).T("guest.result." + string(shown.Result.State))
	}
	return err
}

// tasks are what waits for them, most urgent first, and what they may do at any time.
func (s room) tasks(c *gin.Context, shown *page, _ store.Request) error {
	waiting, err := s.tasksOf(c, false)
	if err != nil {
		return err
	}
	titles, err := s.titlesOf(c, waiting)
	if err != nil {
		return err
	}
	for i, t := range waiting {
		one := s.asked(c, t)
		if title := titles[t.Activity]; title != "" {
			one.About = web.Words(c).T("guest.about-activity", "Title", title, "About", "")
		}
		if i == 0 {
			shown.First = &one
		} else {
			shown.Others = append(shown.Others, one)
		}
	}
	return nil
}

// left leads to what they had written for tasks that are closed, where it came to nothing after they had gone away.
func (s room) left(c *gin.Context, shown *page, r store.Request) error {
	tasks, err := s.Store.LeftWritten(c.Request.Context(), web.PersonOf(c), r.CaseNumber)
	for _, t := range tasks {
		shown.Left = append(shown.Left, asked{Title: web.KindTitle(web.Words(c), string(t.Kind)), Href: address(c, t.ID)})
	}
	return err
}

func (s room) tasksOf(c *gin.Context, standing bool) ([]store.Task, error) {
	tasks, err := s.Store.Tasks(c.Request.Context(), web.PersonOf(c), store.TaskFilter{Mine: true, Standing: standing})
	return tasks.Items, err
}

// titlesOf are the activities that tasks belong to, by number: two tasks of a kind differ by nothing else.
func (s room) titlesOf(c *gin.Context, tasks []store.Task) (map[int]string, error) {
	if !slices.ContainsFunc(tasks, func(t store.Task) bool { return t.Activity > 0 }) {
		return nil, nil
	}
	activities, err := s.Store.Activities(c.Request.Context(), web.PersonOf(c), tasks[0].CaseNumber)
	titles := map[int]string{}
	for _, a := range activities {
		titles[a.Number] = a.Title
	}
	return titles, err
}

func (s room) asked(c *gin.Context, t store.Task) asked {
	w := web.Words(c)
	return asked{Title: web.KindTitle(w, string(t.Kind)), Help: web.KindHelp(w, string(t.Kind)), Href: address(c, t.ID), DueAt: t.DueAt}
}

// papers are theirs and those that we sent them, newest first.
func (s room) papers(c *gin.Context, shown *page, _ store.Request) error {
	documents, err := s.Store.Documents(c.Request.Context(), web.PersonOf(c), shown.CaseNumber)
	for i := range documents {
		d := documents[len(documents)-1-i]
		shown.Papers.List = append(shown.Papers.List, paper{d, home(c) + "/documents/" + d.ID})
	}
	return err
}

// contact is the case officer, or nobody by name while nobody is.
func (s room) contact(c *gin.Context, shown *page, _ store.Request) error {
	officer, err := s.Store.OfficerOf(c.Request.Context(), web.PersonOf(c), shown.CaseNumber)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	shown.Contact.Name, shown.Contact.Phone, shown.Contact.Email = officer.Name, officer.Phone, officer.Email
	return err
}

// ofGovernment is what only a government sees: the steps of its request, what was said, and the ways out.
func (s room) ofGovernment(c *gin.Context, shown *page, r store.Request) error {
	entered, err := s.Store.PhasesEntered(c.Request.Context(), web.PersonOf(c), r.CaseNumber)
	if err != nil {
		return err
	}
	w := web.Words(c)
	shown.Steps, shown.Now = stepsOf(w, r, entered), nowOf(w, r, shown.First != nil)
	standing, err := s.tasksOf(c, true)
	if err != nil {
		return err
	}
	at := map[casework.TaskKind]string{}
	for _, t := range standing {
		at[t.Kind] = address(c, t.ID)
	}
	shown.May = may{Withdraw: at[casework.Withdraw]}
	if p := web.PersonOf(c); p.ID == store.ContactID(r.CaseNumber, r.ContactEmail) {
		shown.May.PassOn = at[casework.ChangeContact]
	}
	shown.Talk, err = s.talk(c, r, at[casework.AskUs])
	return err
}

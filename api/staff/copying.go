package staff

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// A form may begin with what was written in another case: one chooses a case, looks at what is there, and takes over into
// the draft what is ticked.

// mostPrecedents is how many cases are listed; the search finds the others.
const mostPrecedents = 20

type copyPage struct {
	Task    store.Task
	Title   string
	Q       string
	Newer   bool // something else was kept meanwhile
	Faults  []web.HTMLFault
	Cases   []precedentLine
	More    bool
	From    *precedentLine // nil while none is chosen
	Parts   []copyPart
	Mark    string
	Foreign string // the language of the other case, where it is another one
}

type precedentLine struct {
	Number     casework.CaseNumber
	Href       string
	Country    string
	Institute  string
	Beside     string
	Written    string
	Alike      []string
	OfLanguage string
}

// copying is a task for which somebody looks at other cases.
type copying struct {
	sheet   dispatch.Sheet
	entered store.Unfinished
	working map[casework.PersonID]bool
	names   map[string]string // of experts
}

// copyFrom lists the cases, or shows what was written in one.
func (s room) copyFrom(c *gin.Context) error {
	look, err := s.copying(c)
	if err != nil {
		return err
	}
	if from := casework.CaseNumber(c.Query("from")); from != "" {
		return s.showPrecedent(c, http.StatusOK, look, from, copied{})
	}
	return s.showPrecedents(c, look)
}

// copying is for whoever may complete the task now.
func (s room) copying(c *gin.Context) (look copying, err error) {
	ctx, p := c.Request.Context(), web.PersonOf(c)
	if look.sheet, err = s.Dispatch.Sheet(ctx, p, casework.TaskID(c.Param("id"))); err != nil {
		return look, err
	}
	if err := look.sheet.May(); err != nil {
		return look, err
	}
	if !casework.Copies(look.sheet.Task.Kind, look.sheet.Form) {
		return look, store.ErrNotFound
	}
	if look.entered, err = s.Entered(c, look.sheet); err != nil {
		return look, err
	}
	roster, err := s.Store.Roster(ctx)
	look.working, look.names = map[casework.PersonID]bool{}, map[string]string{}
	for _, e := range roster {
		look.working[e.ID], look.names[string(e.ID)] = e.Available, e.Name
	}
	web.Words(c).FillForm(&look.sheet.Form, string(look.sheet.Task.Kind))
	return look, err
}

func (l copying) page(w *words.Words) copyPage {
	return copyPage{Task: l.sheet.Task, Title: titleOf(w, l.sheet.Task), Mark: l.entered.Mark}
}

func (l copying) address() string { return "/tasks/" + string(l.sheet.Task.ID) + "/copy" }

func (s room) showPrecedents(c *gin.Context, look copying) error {
	w, page := web.Words(c), look.page(web.Words(c))
	page.Q = strings.TrimSpace(c.Query("q"))
	cases, err := s.Store.Precedents(c.Request.Context(), web.PersonOf(c), look.sheet.Task, page.Q, mostPrecedents+1)
	if err != nil {
		return err
	}
	if page.More = len(cases) > mostPrecedents; page.More {
		cases = cases[:mostPrecedents]
	}
	for _, one := range cases {
		line := precedentLine{Number: one.CaseNumber, Href: look.address() + "?from=" + url.QueryEscape(string(one.CaseNumber)), Country: optionOr(w, one.Country),
			Institute: one.Institution, Beside: beside(optionOr(w, one.Sector), optionOr(w, one.Resource), standing(w, one.Phase, one.Ending)), Written: w.Date(one.Written())}
		for _, alike := range []struct {
			is bool
			id string
		}{{one.SameResource, "resource"}, {one.SameSector, "sector"}, {one.SameCountry, "country"}} {
			if alike.is {
				line.Alike = append(line.Alike, w.T("page.copy.same."+alike.id))
			}
		}
		if one.Language != look.sheet.Context.Known.String("language") {
			line.OfLanguage = w.T("option." + one.Language)
		}
		page.Cases = append(page.Cases, line)
	}
	return s.show(c, http.StatusOK, "copy", w.T("page.copy.title")+" – "+page.Title, "inbox", page)
}

// copied is what somebody ticked.
type copied struct {
	of      string // the part
	pieces  []string
	nothing bool // although they pressed the button
	newer   bool
}

func (s room) showPrecedent(c *gin.Context, status int, look copying, n casework.CaseNumber, ticked copied) error {
	w, page := web.Words(c), look.page(web.Words(c))
	r, written, err := s.Store.Precedent(c.Request.Context(), web.PersonOf(c), look.sheet.Task, n)
	if err != nil {
		return err
	}
	page.From = &precedentLine{Number: r.CaseNumber, Href: "/requests/" + string(r.CaseNumber), Country: optionOr(w, r.Country), Institute: r.Institution,
		Beside: beside(optionOr(w, r.Sector), optionOr(w, r.Resource), standing(w, r.Phase, r.Ending))}
	if r.Language != look.sheet.Context.Known.String("language") {
		page.Foreign = w.T("option." + r.Language)
	}
	page.Newer = ticked.newer
	for _, o := range look.originals(written) {
		part := look.part(w, r, o, ticked)
		if ticked.nothing && part.ID == ticked.of && len(part.Pieces) > 0 {
			page.Faults = append(page.Faults, web.HTMLFault{Focus: part.Pieces[0].ID, Label: part.Title, Sentence: w.T("page.copy.tick-something")})
		}
		page.Parts = append(page.Parts, part)
	}
	return s.show(c, status, "copy", w.T("page.copy.title")+" – "+string(n), "inbox", page)
}

// takeOver puts what is ticked into the draft, and leads back to the form.
func (s room) takeOver(c *gin.Context) error {
	look, err := s.copying(c)
	if err != nil {
		return err
	}
	n, ticked := casework.CaseNumber(c.PostForm("from")), copied{of: c.PostForm("of"), pieces: c.PostFormArray("piece")}
	r, written, err := s.Store.Precedent(c.Request.Context(), web.PersonOf(c), look.sheet.Task, n)
	if err != nil {
		return err
	}
	id, chosen, last := look.sheet.Task.ID, look.chosen(written, ticked), look.entered.Taken
	switch {
	case len(ticked.pieces) == 0:
		ticked.nothing = true
		return s.showPrecedent(c, http.StatusUnprocessableEntity, look, n, ticked)
	case len(chosen) == 0 && last != nil && last.From == n: // the second click
		return backToForm(c, id)
	case len(chosen) == 0 || c.PostForm("_draft") != look.entered.Mark:
		return s.showPrecedent(c, http.StatusConflict, look, n, copied{newer: true})
	}
	names := look.onlyTheirs(web.Words(c), r)
	if last != nil {
		names = append(names, last.Names...)
	}
	then := casework.TakeOver(look.entered.Form, chosen)
	taken := casework.TakenFrom(n, look.entered.Form, then, names)
	err = s.Store.TakeOver(c.Request.Context(), web.PersonOf(c), id, look.entered.Mark, then, &taken)
	if errors.Is(err, store.ErrNewerDraft) {
		if look, err = s.copying(c); err == nil {
			err = s.showPrecedent(c, http.StatusConflict, look, n, copied{newer: true})
		}
		return err
	}
	if err != nil {
		return err
	}
	return backToForm(c, id)
}

func backToForm(c *gin.Context, id casework.TaskID) error {
	c.Redirect(http.StatusSeeOther, "/tasks/"+string(id)+"?taken=over")
	return nil
}

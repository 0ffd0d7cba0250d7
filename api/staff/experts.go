package staff

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

type expertsPage struct {
	Experts []expertLine
	CanEdit bool
	Next    string
}

// expertLine is an entry of the roster in words.
type expertLine struct {
	store.Expert
	Disciplines, Languages, Countries string
	Code                              casework.CodeStanding
}

// experts lists the roster.
func (s room) experts(c *gin.Context) error {
	p := web.PersonOf(c)
	if err := web.Needs(p, casework.CaseOfficer, casework.Administrator, casework.Auditor); err != nil {
		return err
	}
	experts, err := s.Store.Experts(c.Request.Context(), 0, c.Query("after"))
	if err != nil {
		return err
	}
	page := expertsPage{CanEdit: mayEdit(p), Next: nextPage(c, experts.Next)}
	for _, e := range experts.Items {
		w := web.Words(c)
		page.Experts = append(page.Experts, expertLine{Expert: e, Disciplines: optionWords(w, e.Disciplines), Languages: optionWords(w, e.Languages),
			Countries: optionWords(w, e.Countries), Code: e.Standing(time.Now())})
	}
	return s.show(c, http.StatusOK, "experts", web.Words(c).T("page.experts.title"), "experts", page)
}

func mayEdit(p store.Person) bool { return p.Has(casework.CaseOfficer, casework.Administrator) }

func optionWords(w *words.Words, values []string) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = w.T("option." + value)
	}
	return strings.Join(texts, ", ")
}

type expertPage struct {
	Title, Code string
	Saved       bool
	Form        web.HTMLForm
}

// anew is the ID of an expert who is not on the roster yet.
const anew = "new"

// expert shows one entry, to be changed.
func (s room) expert(c *gin.Context) error {
	e, err := s.expertAsked(c)
	if err != nil {
		return err
	}
	form := web.Filling{Form: known(web.ExpertForm(), e), Words: web.Words(c)}
	return s.showExpert(c, http.StatusOK, e, form)
}

// expertAsked is the entry in the path, for who may change it.
func (s room) expertAsked(c *gin.Context) (store.Expert, error) {
	if err := web.Needs(web.PersonOf(c), casework.CaseOfficer, casework.Administrator); err != nil {
		return store.Expert{}, err
	}
	if c.Param("id") == anew {
		return store.Expert{Available: true}, nil
	}
	return s.Store.Expert(c.Request.Context(), casework.PersonID(c.Param("id")))
}

// known fills in what the roster has.
func known(form casework.Form, e store.Expert) casework.Form {
	values := map[string]any{"name": e.Name, "email": e.Email, "disciplines": []string(e.Disciplines), "languages": []string(e.Languages),
		"countries": []string(e.Countries), "commodities": []string(e.Commodities), "available": e.Available}
	for i := range form.Fields {
		form.Fields[i].Value = values[form.Fields[i].Name]
	}
	return form
}

// saveExpert adds an entry or changes it.
func (s room) saveExpert(c *gin.Context) error {
	was, err := s.expertAsked(c)
	if err != nil {
		return err
	}
	post, err := web.ReadPost(c)
	if err != nil {
		return err
	}
	typed := web.ReadForm(web.Words(c), web.ExpertForm(), post.Values, nil)
	saved, wrong, err := s.save(c, was.ID, typed)
	if wrong != nil {
		return s.showExpert(c, http.StatusUnprocessableEntity, was, web.Filling{Form: web.ExpertForm(), Typed: typed, Wrong: wrong, Words: web.Words(c)})
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/experts/"+string(saved.ID)+"?saved=1")
	return nil
}

func (s room) save(c *gin.Context, id casework.PersonID, typed casework.Values) (saved store.Expert, wrong casework.Faults, err error) {
	values, err := casework.Decode(casework.FormContext{}, web.ExpertForm(), typed)
	var form *casework.FormError
	if errors.As(err, &form) {
		return saved, form.Fields, nil
	}
	e := web.ExpertIn(values)
	if e.ID = id; id == "" {
		saved, err = s.Store.AddExpert(c.Request.Context(), e)
	} else {
		saved, err = s.Store.ChangeExpert(c.Request.Context(), e)
	}
	if errors.Is(err, store.ErrAddressTaken) {
		return saved, casework.Faults{"email": casework.Say("invalid.email-taken")}, nil
	}
	return saved, nil, err
}

func (s room) showExpert(c *gin.Context, status int, e store.Expert, f web.Filling) error {
	w := web.Words(c)
	page := expertPage{Title: e.Name, Saved: c.Query("saved") != ""}
	if e.ID == "" {
		page.Title = w.T("page.expert.new")
	} else {
		page.Code = w.T("page.code." + string(e.Standing(time.Now())))
	}
	for i := range f.Form.Fields {
		f.Form.Fields[i].Label = w.T("page.expert." + f.Form.Fields[i].Name)
	}
	w.FillForm(&f.Form, "expert")
	page.Form = f.HTML("/experts/"+c.Param("id"), web.NewKey())
	page.Form.Submit = w.T("page.expert.save")
	return s.show(c, status, "expert", page.Title, "experts", page)
}

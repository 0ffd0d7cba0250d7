package staff

import (
	"errors"
	"net/http"
	"net/url"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// viewsPart are the views that everybody has and those that somebody keeps, with what to do about them.
type viewsPart struct {
	Common []viewLink
	Own    []viewLink
	Query  string // what a new one would keep
	Name   string // of the one that is shown, to be replaced under its name
	Typed  string
	Wrong  string // about the name that was typed
	Saved  bool
}

type viewLink struct {
	ID, Name, Href string
	Here           bool
	Typed, Wrong   string // a new name that could not be given
}

const longestName = 80

func (s room) viewsOf(c *gin.Context, l look) (part viewsPart, err error) {
	w, p := web.Words(c), web.PersonOf(c)
	part = viewsPart{Query: l.saved(), Saved: c.Query("saved") != ""}
	common := func(name string, changes ...string) {
		here := look{asked: url.Values{}}
		for i := 0; i+1 < len(changes); i += 2 {
			here.asked.Set(changes[i], changes[i+1])
		}
		part.Common = append(part.Common, viewLink{Name: w.T("portfolio.view." + name), Href: here.at("/requests"), Here: here.at("") == l.at("")})
	}
	common("all")
	common("going-on", "ended", casework.No)
	if p.Has(casework.CaseOfficer) {
		common("mine", "officer", string(p.ID), "ended", casework.No)
	}
	common("overdue", "overdue", casework.Yes, "sort", "due")
	views, err := s.Store.PortfolioViews(c.Request.Context(), p)
	for _, v := range views {
		link := viewLink{ID: v.ID, Name: v.Name, Href: "/requests?" + v.Query, Here: v.Query == part.Query}
		if link.Here {
			part.Name, part.Typed = v.Name, v.Name
		}
		part.Own = append(part.Own, link)
	}
	return part, err
}

// nameTyped is a name for a view, or what is wrong with it.
func nameTyped(c *gin.Context) (name, wrong string) {
	name = casework.OneLine(c.PostForm("name"))
	switch {
	case name == "":
		return name, web.Words(c).T("portfolio.views.unnamed")
	case utf8.RuneCountInString(name) > longestName:
		return name, web.Words(c).T("portfolio.views.too-long", "Most", longestName)
	}
	return name, ""
}

// postedLook is the look that a form about the portfolio was posted from. Only what we know of it is kept.
func (s room) postedLook(c *gin.Context) (look, error) {
	query, _ := url.ParseQuery(c.PostForm("query")) // what cannot be read asks for nothing
	kept, err := s.Store.PortfolioColumns(c.Request.Context(), web.PersonOf(c))
	return lookOf(query, kept, web.Words(c)), err
}

// saveView keeps what is shown under a name.
func (s room) saveView(c *gin.Context) error {
	if !web.Reads(web.PersonOf(c)) {
		return web.Forbidden(casework.Sentence{})
	}
	l, err := s.postedLook(c)
	if err != nil {
		return err
	}
	name, wrong := nameTyped(c)
	if wrong == "" {
		var kept store.PortfolioView
		kept, err = s.Store.SaveView(c.Request.Context(), web.PersonOf(c), name, l.saved())
		if err == nil {
			c.Redirect(http.StatusSeeOther, "/requests?"+kept.Query+"&saved=1#views")
			return nil
		}
		if !errors.Is(err, store.ErrTooManyViews) {
			return err
		}
		wrong = web.Words(c).T("portfolio.views.too-many")
	}
	return s.showRequests(c, http.StatusUnprocessableEntity, l, func(part *viewsPart) { part.Typed, part.Wrong = name, wrong })
}

// renameView gives a view of one's own another name.
func (s room) renameView(c *gin.Context) error {
	l, err := s.postedLook(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	name, wrong := nameTyped(c)
	if wrong == "" {
		err = s.Store.RenameView(c.Request.Context(), web.PersonOf(c), id, name)
		if err == nil {
			c.Redirect(http.StatusSeeOther, l.at("/requests")+"#views")
			return nil
		}
		if !errors.Is(err, store.ErrViewNamed) {
			return err
		}
		wrong = web.Words(c).T("portfolio.views.taken")
	}
	return s.showRequests(c, http.StatusUnprocessableEntity, l, func(part *viewsPart) {
		for i := range part.Own {
			if part.Own[i].ID == id {
				part.Own[i].Typed, part.Own[i].Wrong = name, wrong
			}
		}
	})
}

// deleteView forgets a view of one's own; what it showed stays on the page.
func (s room) deleteView(c *gin.Context) error {
	l, err := s.postedLook(c)
	if err != nil {
		return err
	}
	if err := s.Store.DeleteView(c.Request.Context(), web.PersonOf(c), c.Param("id")); err != nil && !errors.Is(err, store.ErrNotFound) {
		return err // what is gone already was to go
	}
	c.Redirect(http.StatusSeeOther, l.at("/requests")+"#views")
	return nil
}

// keepColumns remembers which columns somebody wants to see.
func (s room) keepColumns(c *gin.Context) error {
	if !web.Reads(web.PersonOf(c)) {
		return web.Forbidden(casework.Sentence{})
	}
	l, err := s.postedLook(c)
	if err != nil {
		return err
	}
	var chosen []string
	if c.PostForm("usual") == "" {
		chosen = namesTicked(c.PostFormArray("column"))
	}
	if err := s.Store.KeepColumns(c.Request.Context(), web.PersonOf(c), chosen); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, l.at("/requests", "columns", "")+"#columns")
	return nil
}

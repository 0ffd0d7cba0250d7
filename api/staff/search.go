package staff

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// registerSearch adds what finds things everywhere.
func (s room) registerSearch(r *gin.Engine) {
	r.GET("/search", s.Staff(s.search))
	r.GET("/keys", s.Staff(s.keys))
}

// searchPage is what was found, kind by kind.
type searchPage struct {
	Q      string
	Asked  bool // something was typed in which there is a word
	In     string
	Groups []foundGroup
}

type foundGroup struct {
	Name, Icon string
	Items      []foundItem
	More       string // where there are more
	Cut        bool   // even there are not all
}

// foundItem is one thing: where it leads, what it is, and beside it what tells it from others like it.
type foundItem struct {
	Href, Title, Beside string
	Late                bool
}

// A page of all kinds shows a few of each; a page of one kind shows many.
const (
	fewFound  = 6
	manyFound = 60
)

// search looks everywhere for what its reader may see.
func (s room) search(c *gin.Context) error {
	w := web.Words(c)
	page := searchPage{Q: strings.TrimSpace(c.Query("q")), In: c.Query("in")}
	most := fewFound
	if page.In != "" {
		most = manyFound
	}
	finder, err := s.Store.Find(c.Request.Context(), web.PersonOf(c), store.Search{Text: page.Q, Titles: kindTitles(w), Limit: most})
	if err != nil {
		return err
	}
	if page.Asked = !finder.Empty(); page.Asked {
		if page.Groups, err = s.found(c, finder, page.Q, page.In, most); err != nil {
			return err
		}
	}
	title := w.T("search.title")
	if page.Asked {
		title = w.T("search.title-for", "Q", page.Q)
	}
	return s.show(c, http.StatusOK, "search", title, "", page)
}

// kindTitles are what tasks are called that can wait.
func kindTitles(w *words.Words) map[casework.TaskKind]string {
	titles := map[casework.TaskKind]string{}
	for _, kind := range casework.AllKinds() {
		titles[kind] = plainTitle(w, kind)
	}
	return titles
}

// found looks in each place, or in one.
func (s room) found(c *gin.Context, f store.Finder, q, in string, most int) (groups []foundGroup, err error) {
	icons := map[string]string{store.InRequests: "requests", store.InPeople: "people", store.InTasks: "inbox", store.InDocuments: "file", store.InMails: "letter"}
	look := map[string]func(*gin.Context, store.Finder) ([]foundItem, error){store.InRequests: foundRequests, store.InPeople: foundPeople,
		store.InTasks: foundTasks, store.InDocuments: foundDocuments, store.InMails: foundMails}
	for _, kind := range store.SearchKinds {
		if in != "" && in != kind {
			continue
		}
		items, err := look[kind](c, f)
		if err != nil {
			return nil, err
		}
		group := foundGroup{Name: kind, Icon: icons[kind], Items: items}
		if len(items) > most {
			group.Items = items[:most]
			switch {
			case kind == store.InRequests:
				group.More = "/requests?q=" + url.QueryEscape(q)
			case in == "":
				group.More = "/search?in=" + kind + "&q=" + url.QueryEscape(q)
			default:
				group.Cut = true
			}
		}
		if len(items) > 0 {
			groups = append(groups, group)
		}
	}
	return groups, nil
}

func foundRequests(c *gin.Context, f store.Finder) (items []foundItem, err error) {
	lines, err := f.Requests(c.Request.Context())
	w := web.Words(c)
	for _, l := range lines {
		items = append(items, foundItem{Href: "/requests/" + string(l.CaseNumber), Title: string(l.CaseNumber),
			Beside: beside(optionOr(w, l.Country), l.Institution, standing(w, l.Phase, l.Ending)), Late: l.Overdue})
	}
	return items, err
}

// foundPeople are colleagues, those on the roster for who may read it, and people in governments.
func foundPeople(c *gin.Context, f store.Finder) (items []foundItem, err error) {
	ctx, p, w := c.Request.Context(), web.PersonOf(c), web.Words(c)
	accounts, err := f.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		items = append(items, foundItem{Href: colleague(p, a), Title: a.Name, Beside: beside(a.Email, roleWords(w, a.Roles))})
	}
	if p.Has(casework.CaseOfficer, casework.Administrator, casework.Auditor) {
		experts, err := f.Experts(ctx)
		if err != nil {
			return nil, err
		}
		for _, e := range experts {
			item := foundItem{Href: "/experts", Title: e.Name, Beside: beside(e.Email, w.T("page.role.expert"))}
			if mayEdit(p) {
				item.Href += "/" + string(e.ID)
			}
			items = append(items, item)
		}
	}
	contacts, err := f.Contacts(ctx)
	for _, k := range contacts {
		items = append(items, foundItem{Href: "/requests/" + string(k.CaseNumber), Title: nameOr(k.Name, k.Email), Beside: beside(k.Email, k.Institution, string(k.CaseNumber))})
	}
	return items, err
}

// colleague is where somebody's work is to be seen: an administrator goes to their account, others to their requests.
func colleague(reader store.Person, a store.Account) string {
	switch {
	case reader.Has(casework.Administrator):
		return "/admin/people/" + string(a.ID)
	case (store.Person{Roles: a.Roles}).Has(casework.CaseOfficer):
		return "/requests?officer=" + string(a.ID)
	}
	return ""
}

func roleWords(w *words.Words, roles []casework.Role) string {
	texts := make([]string, len(roles))
	for i, role := range roles {
		texts[i] = w.T("page.role." + string(role))
	}
	return strings.Join(texts, ", ")
}

func foundTasks(c *gin.Context, f store.Finder) (items []foundItem, err error) {
	tasks, err := f.Tasks(c.Request.Context())
	w := web.Words(c)
	for _, t := range tasks {
		shown := calendarTaskOf(w, t)
		items = append(items, foundItem{Href: shown.Href, Title: shown.Title, Late: t.Overdue,
			Beside: beside(string(t.CaseNumber), shown.Country, nameOr(t.HolderName, w.T("page.role."+string(t.Role))))})
	}
	return items, err
}

func foundDocuments(c *gin.Context, f store.Finder) (items []foundItem, err error) {
	documents, err := f.Documents(c.Request.Context())
	w := web.Words(c)
	for _, d := range documents {
		items = append(items, foundItem{Href: documentHref(d.ID), Title: nameOr(d.Title, d.Name), Beside: beside(d.Name, string(d.CaseNumber), w.Date(d.AddedAt))})
	}
	return items, err
}

func foundMails(c *gin.Context, f store.Finder) (items []foundItem, err error) {
	mails, err := f.Mails(c.Request.Context())
	w := web.Words(c)
	for _, m := range mails {
		item := foundItem{Href: "/requests/" + string(m.CaseNumber) + "#" + mailAnchor(m.ID), Title: nameOr(m.Subject, w.T("search.no-subject")), Beside: beside(w.T("search.mail-to", "Name", m.Who), string(m.CaseNumber))}
		if m.Came {
			item.Beside = beside(w.T("search.mail-from", "Name", m.Who), string(m.CaseNumber))
		}
		if m.CaseNumber == "" {
			item.Href = "/mails/" + m.ID
		}
		items = append(items, item)
	}
	return items, err
}

// beside are the texts that there are, apart.
func beside(texts ...string) string {
	var there []string
	for _, text := range texts {
		if text != "" {
			there = append(there, text)
		}
	}
	return strings.Join(there, " · ")
}

// keys lists the keyboard shortcuts, and lets them be switched off: a single key must not be in the way of who speaks to
// their computer.
func (s room) keys(c *gin.Context) error {
	return s.show(c, http.StatusOK, "keys", web.Words(c).T("keys.title"), "", web.PersonOf(c))
}

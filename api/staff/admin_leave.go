package staff

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/people"
	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

type leavePage struct {
	Title    string
	Account  store.Account
	Role     casework.Role // that is taken away; empty: they leave
	Key      string
	Done     bool // the account is closed, or the role taken away
	Requests []heldLine
	Tasks    []heldLine
	Votes    []heldLine
	OnWay    []store.Holding
	Standing []standingLine
	Takers   []store.Account
	To       casework.PersonID
	Reason   string
	Wrong    map[string]string
}

// Again is where the same page is looked at once more.
func (p leavePage) Again() string { return leavePath(p.Account.ID, p.Role, "") }

// None tells whether nothing is held; what is on its way to others is no more.
func (p leavePage) None() bool { return len(p.Requests)+len(p.Tasks)+len(p.Votes) == 0 }

func leaveTitle(w *words.Words, a store.Account, role casework.Role) string {
	id := "page.leave.of." + leaveOf(a, role) + ".title"
	if role == "" {
		return w.T(id, "Name", a.Name)
	}
	return w.T(id, "Role", w.T("page.role."+string(role)), "Name", a.Name)
}

// leaveOf is what ends, by which the page chooses its words: a role is taken away, an invitation taken back, or a person leaves.
func leaveOf(a store.Account, role casework.Role) string {
	switch {
	case role != "":
		return "role"
	case a.Invited:
		return "invitation"
	}
	return "person"
}

// Of is what ends.
func (p leavePage) Of() string { return leaveOf(p.Account, p.Role) }

// Only tells whether the role is the only one, which nobody can be left without.
func (p leavePage) Only() bool { return len(p.Account.Roles) == 1 && p.Account.Roles[0] == p.Role }

// CanClose tells whether there is somebody for whatever must go to somebody, and anything left to do.
func (p leavePage) CanClose() bool {
	return (len(p.Requests) == 0 || len(p.Takers) > 0) && (!p.Done || len(p.Requests)+len(p.Tasks) > 0)
}

// standingLine is an absence in which they stand in, with those who could from now on.
type standingLine struct {
	store.Absence
	Field   string
	Instead []store.Account
	Chosen  casework.PersonID
}

// Nobody is the answer that nobody is to stand in.
func (standingLine) Nobody() casework.PersonID { return people.Nobody }

// heldLine is a holding, with what became of handing it over.
type heldLine struct {
	store.Holding
	To      casework.PersonID
	Takers  []store.Account // of a request: to whom it can go
	Refused string          // why handing it over a moment ago was
}

// leave shows what somebody holds, and asks who takes it over.
func (s room) leave(c *gin.Context) error {
	return s.showLeave(c, http.StatusOK, people.Leaving{Who: casework.PersonID(c.Param("id")), Role: casework.Role(c.Query("role"))}, nil)
}

// leavePath is the page on which what somebody holds by a role is handed over, and the role taken away; of all roles without one.
func leavePath(who casework.PersonID, role casework.Role, key string) string {
	asked := url.Values{}
	for name, value := range map[string]string{"role": string(role), "key": key} {
		if value != "" {
			asked.Set(name, value)
		}
	}
	return "/admin/people/" + string(who) + "/leave?" + asked.Encode()
}

// letLeave hands everything over and closes the account, or takes the role away.
func (s room) letLeave(c *gin.Context) error {
	l := people.Leaving{Who: casework.PersonID(c.Param("id")), Role: casework.Role(c.PostForm("role")), Key: c.PostForm("_key"), Reason: c.PostForm("reason"),
		To: casework.PersonID(c.PostForm("to")), ToEach: map[casework.CaseNumber]casework.PersonID{}, Instead: map[string]casework.PersonID{}}
	for name, values := range c.Request.PostForm {
		to := casework.PersonID(values[0])
		if n := casework.CaseNumber(name); n.Valid() {
			l.ToEach[n] = to
		}
		if absence, asked := strings.CutPrefix(name, people.InsteadField(store.Absence{})); asked {
			l.Instead[absence] = to
		}
	}
	err := s.people.Leave(c.Request.Context(), s.Dispatch, web.PersonOf(c), l)
	var wrong *casework.FormError
	if errors.As(err, &wrong) {
		return s.showLeave(c, http.StatusUnprocessableEntity, l, web.Words(c).SayAll(wrong.Fields))
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, leavePath(l.Who, l.Role, l.Key))
	return nil
}

func (s room) showLeave(c *gin.Context, status int, l people.Leaving, wrong map[string]string) error {
	ctx := c.Request.Context()
	if l.Role != "" && !l.Role.Staff() {
		return web.NotFound()
	}
	a, err := s.Store.Account(ctx, l.Who)
	if err != nil {
		return err
	}
	all, err := s.Store.Held(ctx, a.ID)
	if err != nil {
		return err
	}
	held, onWay := l.Held(all)
	takers, err := s.Store.Takers(ctx, a.ID, held.Requests)
	if err != nil {
		return err
	}
	page := leavePage{Title: leaveTitle(web.Words(c), a, l.Role), Account: a, Role: l.Role, Key: web.NewKey(), Done: l.Over(a), Takers: people.Takers(takers), To: l.To, Reason: l.Reason, Wrong: wrong}
	cleared, err := s.cleared(c, slices.Concat(held.Requests, held.Tasks, held.Votes))
	if err != nil {
		return err
	}
	for _, list := range []struct {
		to   *[]heldLine
		from []store.Holding
	}{{&page.Requests, held.Requests}, {&page.Tasks, held.Tasks}, {&page.Votes, held.Votes}} {
		for _, holding := range list.from {
			line := heldLine{Holding: holding, To: l.ToEach[holding.CaseNumber], Takers: takers[holding.CaseNumber]}
			if a, asked := cleared[dispatch.Clearing(c.Query("key"), holding.Task)]; asked {
				line.Refused = web.ResultIn(web.Words(c), a).Reason
			}
			*list.to = append(*list.to, line)
		}
	}
	page.OnWay = slices.Concat(onWay.Requests, onWay.Tasks)
	if page.Standing, err = s.standing(c, l); err != nil {
		return err
	}
	return s.show(c, status, "leave", page.Title, "admin", page)
}

// standing are the absences in which somebody stands in no more, with who was chosen instead.
func (s room) standing(c *gin.Context, l people.Leaving) (lines []standingLine, err error) {
	accounts, err := s.Store.Accounts(c.Request.Context())
	if err != nil {
		return nil, err
	}
	there, err := s.Store.Absences(c.Request.Context(), time.Now())
	for _, a := range l.Standing(accounts, there) {
		lines = append(lines, standingLine{Absence: a, Field: people.InsteadField(a), Instead: people.Instead(a, accounts, there), Chosen: l.Instead[a.ID]})
	}
	return lines, err
}

// cleared says what became of handing over, where that was asked for a moment ago.
func (s room) cleared(c *gin.Context, held []store.Holding) (map[casework.ActionID]store.Action, error) {
	key := c.Query("key")
	if key == "" {
		return nil, nil
	}
	var ids []casework.ActionID
	for _, holding := range held {
		if holding.Task != "" {
			ids = append(ids, dispatch.Clearing(key, holding.Task))
		}
	}
	return s.Store.ActionsOf(c.Request.Context(), web.PersonOf(c), ids)
}

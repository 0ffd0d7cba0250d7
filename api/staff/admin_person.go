package staff

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/people"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// personForm is what there is to say of somebody of the staff; of an account that there is, also why it is changed.
func personForm(c *gin.Context, a store.Account) casework.Form {
	w := web.Words(c)
	roles := casework.Field{Name: "roles", Type: casework.Choices, Required: true, Label: w.T("page.people.roles"), Help: w.T("page.people.roles-help")}
	for _, role := range casework.StaffRoles {
		roles.Options = append(roles.Options, casework.Option{Value: string(role), Label: w.T("page.role." + string(role))})
	}
	email := casework.Field{Name: "email", Type: casework.Email, Required: true, Label: w.T("page.people.email"), Value: a.Email}
	roles.Value = roleValues(a.Roles)
	form := casework.Form{Fields: []casework.Field{
		{Name: "name", Type: casework.Text, Required: true, Label: w.T("page.people.name"), Value: a.Name},
		{Name: "phone", Type: casework.Text, Label: w.T("page.people.phone"), Help: w.T("page.people.phone-help"), Value: a.Phone},
		roles,
	}}
	if a.ID == "" || a.State() == store.AccountInvited {
		form.Fields = slices.Insert(form.Fields, 1, email)
	}
	if a.ID == "" {
		return form
	}
	form.Fields = append(form.Fields, casework.Field{Name: "reason", Type: casework.Text, Required: true,
		Label: w.T("page.people.reason"), Help: w.T("page.people.reason-help")})
	return form
}

func accountIn(v casework.Values) store.Account {
	a := store.Account{Name: v.String("name"), Email: v.String("email"), Phone: v.String("phone")}
	for _, role := range v.Strings("roles") {
		a.Roles = append(a.Roles, casework.Role(role))
	}
	return a
}

type invitationPage struct{ Form web.HTMLForm }

// invitation asks whom to invite.
func (s room) invitation(c *gin.Context) error {
	return s.showInvitation(c, http.StatusOK, web.Filling{Form: personForm(c, store.Account{})})
}

// invite makes the account and mails the link.
func (s room) invite(c *gin.Context) error {
	typed, err := postedForm(c, personForm(c, store.Account{}))
	if err != nil {
		return err
	}
	made, _, err := s.people.Invite(c.Request.Context(), web.PersonOf(c), accountIn(typed))
	var wrong *casework.FormError
	if errors.As(err, &wrong) {
		return s.showInvitation(c, http.StatusUnprocessableEntity, web.Filling{Form: personForm(c, store.Account{}), Typed: typed, Wrong: wrong.Fields})
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/admin/people/"+string(made.ID)+"?done=invited")
	return nil
}

// postedForm is what was typed, as the form has it.
func postedForm(c *gin.Context, form casework.Form) (casework.Values, error) {
	post, err := web.ReadPost(c)
	if err != nil {
		return nil, err
	}
	return web.ReadForm(web.Words(c), form, post.Values, nil), nil
}

func (s room) showInvitation(c *gin.Context, status int, f web.Filling) error {
	f.Words = web.Words(c)
	page := invitationPage{f.HTML("/admin/people/new", web.NewKey())}
	page.Form.Submit = f.Words.T("page.person.invite.button")
	return s.show(c, status, "invitation", f.Words.T("page.person.invite.title"), "admin", page)
}

type personPage struct {
	Account    store.Account
	Done       string // what was done just now
	Form       web.HTMLForm
	Invitation *store.HouseMail
	Deeds      []deedLine
}

// person shows an account, to be changed.
func (s room) person(c *gin.Context) error {
	a, err := s.Store.Account(c.Request.Context(), casework.PersonID(c.Param("id")))
	if err != nil {
		return err
	}
	return s.showPerson(c, http.StatusOK, a, web.Filling{Form: personForm(c, a)})
}

func roleValues(roles []casework.Role) (values []string) {
	for _, r := range roles {
		values = append(values, string(r))
	}
	return values
}

// changePerson saves name, telephone and roles, and the address of who is invited.
func (s room) changePerson(c *gin.Context) error {
	a, err := s.Store.Account(c.Request.Context(), casework.PersonID(c.Param("id")))
	if err != nil {
		return err
	}
	invited := a
	invited.Active, invited.Invited = true, true // the address is read whoever sent one: who chose a password meanwhile is told
	typed, err := postedForm(c, personForm(c, invited))
	if err != nil {
		return err
	}
	changed := accountIn(typed)
	changed.ID = a.ID
	again, err := s.people.Change(c.Request.Context(), web.PersonOf(c), changed, typed.String("reason"))
	var (
		wrong *casework.FormError
		still *people.HeldBy
	)
	if errors.As(err, &wrong) {
		_ = errors.As(err, &still)
		return s.showPerson(c, http.StatusUnprocessableEntity, a, web.Filling{Form: personForm(c, a), Typed: typed, Wrong: wrong.Fields}, waysOut(c, a, still)...)
	}
	if errors.Is(err, people.ErrHasPassword) {
		return web.Conflict(casework.Say("problem.people.has-password"))
	}
	if err != nil {
		return err
	}
	done := "saved"
	if again {
		done = "corrected"
	}
	c.Redirect(http.StatusSeeOther, "/admin/people/"+string(a.ID)+"?done="+done)
	return nil
}

// inviteAgain mails a new link, also to somebody who comes back.
func (s room) inviteAgain(c *gin.Context) error {
	_, err := s.people.InviteAgain(c.Request.Context(), web.PersonOf(c), casework.PersonID(c.Param("id")))
	if errors.Is(err, people.ErrHasPassword) {
		return web.Conflict(casework.Say("problem.people.has-password"))
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/admin/people/"+c.Param("id")+"?done=invited")
	return nil
}

// waysOut lead to where what is still held by roles is handed over.
func waysOut(c *gin.Context, a store.Account, still *people.HeldBy) (ways []web.LineValue) {
	if still == nil {
		return nil
	}
	for _, role := range still.Roles {
		ways = append(ways, web.LineValue{Text: leaveTitle(web.Words(c), a, role), Href: leavePath(a.ID, role, "")})
	}
	return ways
}

func (s room) showPerson(c *gin.Context, status int, a store.Account, f web.Filling, ways ...web.LineValue) error {
	f.Words = web.Words(c)
	page := personPage{Account: a, Form: f.HTML("/admin/people/"+string(a.ID), web.NewKey())}
	for i := range page.Form.Fields {
		if page.Form.Fields[i].Name == "roles" {
			page.Form.Fields[i].Ways = ways
		}
	}
	page.Form.Submit = f.Words.T("page.person.save")
	if done := c.Query("done"); done == "saved" || done == "invited" || done == "corrected" {
		page.Done = f.Words.T("page.person." + done)
	}
	if a.State() == store.AccountInvited {
		mail, err := s.Store.LastInvitation(c.Request.Context(), a.ID)
		if err == nil {
			page.Invitation = &mail
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	deeds, err := s.Store.AdminTrail(c.Request.Context(), a.ID, 0, "")
	if err != nil {
		return err
	}
	page.Deeds = deedLines(c, deeds.Items)
	return s.show(c, status, "person", a.Name, "admin", page)
}

var days = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)

// daysIn is what the trail says of an absence, with its days as the reader writes them.
func daysIn(c *gin.Context, text string) string {
	return days.ReplaceAllStringFunc(text, web.Words(c).Day)
}

// rolesIn are the words for roles that stand in one text, as the trail keeps them.
func rolesIn(c *gin.Context, text string) string {
	names := strings.Fields(text)
	for i, name := range names {
		names[i] = web.Words(c).T("page.role." + name)
	}
	return strings.Join(names, ", ")
}

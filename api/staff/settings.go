package staff

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/people"
	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

type settingsPage struct {
	Done     string
	Form     web.HTMLForm
	Email    string
	Password []passwordField
	Wrong    map[string]string // of the password
}

// preferencesForm asks how somebody reads and is written to. With one language there is nothing to choose.
func preferencesForm(w *words.Words, languages []string) casework.Form {
	ask := func(name string, values []string, label func(string) string) casework.Field {
		f := casework.Field{Name: name, Type: casework.Choice, Required: true, Label: w.T("page.settings." + name + ".label"), Help: helpOf(w, name)}
		for _, value := range values {
			f.Options = append(f.Options, casework.Option{Value: value, Label: label(value)})
		}
		return f
	}
	named := func(name string) func(string) string {
		return func(value string) string { return w.T("page.settings." + name + "." + value) }
	}
	var form casework.Form
	if len(languages) > 1 {
		form.Fields = append(form.Fields, ask("language", languages, named("language")))
	}
	form.Fields = append(form.Fields,
		ask("writing", words.Writings, func(value string) string {
			other := w.As(words.Manner{Writing: value})
			return w.T("page.settings.writing."+value, "Date", other.Day("2027-03-31"), "Number", other.Number(12500.5))
		}),
		ask("zone", timeZones, func(value string) string { return zoneName(w, value) }),
		ask("look", []string{deviceLook, "light", "dark"}, named("look")),
		ask("mails", []string{store.MailsAtOnce, store.MailsDaily}, named("mails")),
		casework.Field{Name: "phone", Type: casework.Text, Label: w.T("page.people.phone"), Help: w.T("page.people.phone-help")})
	return form
}

// deviceLook stands in a form for what is kept as an empty text.
const deviceLook = "device"

func helpOf(w *words.Words, name string) string {
	if id := "page.settings." + name + ".help"; w.Has(id) {
		return w.T(id)
	}
	return ""
}

// zoneName is a zone as people know it, with what time it is there now.
func zoneName(w *words.Words, zone string) string {
	place := strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
	return w.T("page.settings.zone.one", "Place", place, "Now", w.As(words.Manner{Zone: zone}).Clock(time.Now()))
}

// settings shows what is one's own to change.
func (s room) settings(c *gin.Context) error {
	return s.showSettings(c, http.StatusOK, web.Filling{}, nil)
}

// saveSettings keeps preferences and telephone.
func (s room) saveSettings(c *gin.Context) error {
	p := web.PersonOf(c)
	typed, err := postedForm(c, preferencesForm(web.Words(c), words.Languages()))
	if err != nil {
		return err
	}
	wanted := store.Preferences{Language: typed.String("language"), Writing: typed.String("writing"), Zone: typed.String("zone"),
		Look: typed.String("look"), Mails: typed.String("mails")}
	if wanted.Language == "" {
		wanted.Language = p.Prefers.Language
	}
	if wanted.Look == deviceLook {
		wanted.Look = ""
	}
	err = s.people.Prefer(c.Request.Context(), p, wanted, typed.String("phone"))
	var wrong *casework.FormError
	if errors.As(err, &wrong) {
		return s.showSettings(c, http.StatusUnprocessableEntity, web.Filling{Typed: typed, Wrong: wrong.Fields}, nil)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/settings?done=saved")
	return nil
}

// changePassword asks for the old one. Every other session ends.
func (s room) changePassword(c *gin.Context) error {
	if err := s.MayTryPassword(c); err != nil {
		return err
	}
	a, err := s.people.ChangePassword(c.Request.Context(), web.PersonOf(c), c.PostForm("old"), c.PostForm("password"), c.PostForm("repeat"))
	var wrong *casework.FormError
	if errors.As(err, &wrong) {
		return s.showSettings(c, http.StatusUnprocessableEntity, web.Filling{}, web.Words(c).SayAll(wrong.Fields))
	}
	if err != nil {
		return err
	}
	if err := s.StaySignedIn(c, a); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/settings?done=password")
	return nil
}

func (s room) showSettings(c *gin.Context, status int, f web.Filling, wrong map[string]string) error {
	a, err := s.Store.Account(c.Request.Context(), web.PersonOf(c).ID)
	if err != nil {
		return err
	}
	f.Words, f.Form = web.Words(c), preferencesForm(web.Words(c), words.Languages())
	known := map[string]string{"language": a.Language, "writing": a.Writing, "zone": a.Zone, "look": a.Look, "mails": a.Mails, "phone": a.Phone}
	if a.Look == people.Looks[0] {
		known["look"] = deviceLook
	}
	for i, field := range f.Form.Fields {
		f.Form.Fields[i].Value = known[field.Name]
	}
	page := settingsPage{Form: f.HTML("/settings", web.NewKey()), Email: a.Email, Password: passwordFields(c, wrong, true), Wrong: wrong}
	page.Form.Submit = f.Words.T("page.person.save")
	if done := c.Query("done"); slices.Contains([]string{"saved", "password"}, done) {
		page.Done = f.Words.T("page.settings.done." + done)
	}
	return s.show(c, status, "settings", f.Words.T("page.settings.title"), "settings", page)
}

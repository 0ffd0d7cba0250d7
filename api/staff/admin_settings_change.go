package staff

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

type adminSettingsFormPage struct {
	Title, Help, Holds string
	Moved              bool // somebody was faster
	Form               web.HTMLForm
}

// adminSettingsForm shows a group of settings, to be changed.
func (s room) adminSettingsForm(c *gin.Context) error {
	group, now, err := s.settingsAsked(c)
	if err != nil {
		return err
	}
	return s.showSettingsForm(c, http.StatusOK, group, now, adminSettingsFormPage{}, web.Filling{}, web.NewKey())
}

// settingsAsked is the group in the path, and what holds.
func (s room) settingsAsked(c *gin.Context) (casework.SettingGroup, casework.Settings, error) {
	group := casework.SettingGroup(c.Param("group"))
	if casework.SettingsOf(group) == nil {
		return "", nil, store.ErrNotFound
	}
	now, err := s.Store.Settings(c.Request.Context())
	return group, now, err
}

// changeAdminSettings takes a posted form: back to the settings, or the form again with everything that was typed.
func (s room) changeAdminSettings(c *gin.Context) error {
	group, now, err := s.settingsAsked(c)
	if err != nil {
		return err
	}
	post, err := web.ReadPost(c)
	if err != nil {
		return err
	}
	key := post.Values.Get("_key")
	if _, err := uuid.Parse(key); err != nil {
		return dispatch.ErrBadKey
	}
	typed := web.ReadForm(web.Words(c), casework.SettingsForm(now, group), post.Values, nil)
	var form *casework.FormError
	switch err := s.changed(c, group, now, key, typed); {
	case errors.As(err, &form):
		return s.showSettingsForm(c, http.StatusUnprocessableEntity, group, now, adminSettingsFormPage{}, web.Filling{Typed: typed, Wrong: form.Fields}, key)
	case errors.Is(err, store.ErrSettingsMoved):
		if now, err = s.Store.Settings(c.Request.Context()); err != nil {
			return err
		}
		return s.showSettingsForm(c, http.StatusConflict, group, now, adminSettingsFormPage{Moved: true}, web.Filling{Typed: typed}, key)
	case err != nil:
		return err
	}
	c.Redirect(http.StatusSeeOther, "/admin/settings?saved=1")
	return nil
}

// changed has the change written down, unless this very form was sent before: that is no fault, and no other change.
func (s room) changed(c *gin.Context, group casework.SettingGroup, now casework.Settings, key string, typed casework.Values) error {
	ctx := c.Request.Context()
	if before, err := s.Store.SettingsChanged(ctx, key); err != nil || before {
		return err
	}
	seen := c.Query("seen")
	if now.SumOf(group) != seen {
		return store.ErrSettingsMoved
	}
	to, err := now.Fill(group, typed)
	if err != nil {
		return err
	}
	return s.Store.ChangeSettings(ctx, store.SettingsChange{ID: key, By: web.PersonOf(c), Group: group, Seen: seen, To: to,
		Reason: strings.TrimSpace(typed.String(casework.SettingsReason))})
}

func (s room) showSettingsForm(c *gin.Context, status int, g casework.SettingGroup, now casework.Settings, page adminSettingsFormPage, f web.Filling, key string) error {
	said := saying{web.Words(c), now}
	page.Title, page.Help, page.Holds = said.title(g), said.about(g, "help"), said.about(g, "holds")
	f.Form, f.Words = said.form(g), said.Words
	page.Form = f.HTML("/admin/settings/"+string(g)+"?"+url.Values{"seen": {now.SumOf(g)}}.Encode(), key)
	page.Form.Submit = said.T("page.adminsettings.save")
	return s.show(c, status, "adminsettingsform", page.Title, "admin", page)
}

// form is a group's, in words: what each setting means, what holds, what it would be unchanged, and what it can be.
func (w saying) form(g casework.SettingGroup) casework.Form {
	form := casework.SettingsForm(w.now, g)
	for i := range form.Fields {
		field := &form.Fields[i]
		if setting, known := casework.SettingNamed(casework.SettingName(field.Name)); known {
			w.explain(field, setting)
			continue
		}
		field.Label, field.Help = w.T("page.adminsettings.reason"), w.T("page.adminsettings.reason-help")
	}
	return form
}

func (w saying) explain(field *casework.Field, setting casework.Setting) {
	field.Label = w.label(setting)
	if unit := "setting.in." + string(setting.Unit); w.Has(unit) { // some labels name theirs
		field.Label += ", " + w.T(unit)
	}
	sentences := []string{w.help(setting), w.T("page.adminsettings.now-is", "Value", w.value(setting, w.now.Text(setting.Name)))}
	if setting.Default != "" {
		sentences = append(sentences, w.T("page.adminsettings.standard-is", "Value", w.value(setting, setting.Default)))
	}
	switch setting.Takes {
	case casework.TakesNumber:
		sentences = append(sentences, w.T("page.adminsettings.range", "Least", setting.Least, "Most", setting.Most))
	case casework.TakesNumbers:
		sentences = append(sentences, w.T("page.adminsettings.commas"))
	}
	field.Help = strings.TrimSpace(strings.Join(sentences, " "))
	for i := range field.Options {
		field.Options[i].Label = w.T("setting.share." + field.Options[i].Value)
	}
}

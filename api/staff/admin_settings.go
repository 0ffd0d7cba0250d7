package staff

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

type adminSettingsPage struct {
	Saved    bool
	Tampered bool
	Phases   []phaseClocks
	Sections []settingsSection
	Changes  []changeLine
	Next     string
}

// phaseClocks are the clocks of a phase, a line for each kind of task.
type phaseClocks struct {
	Title  string
	Clocks []clockLine
}

type clockLine struct {
	Group                   casework.SettingGroup
	Task                    string
	Due, Standard, Reminded string
	Changed                 bool
}

// settingsSection is a group of settings that are no clock of a single kind.
type settingsSection struct {
	Group              casework.SettingGroup
	Title, Help, Holds string
	Settings           []settingLine
}

type settingLine struct {
	Label, Help, Now, Standard string
	Changed                    bool
}

// changeLine is a line of the history.
type changeLine struct {
	store.SettingChange
	What, Was, Is string
}

// settingsSections are the groups in the order of the page.
var settingsSections = []casework.SettingGroup{casework.GroupReminders, casework.GroupQuestionnaires, casework.GroupMonitoring, casework.GroupVote,
	casework.GroupCode, casework.GroupLinks, casework.GroupLetterhead}

// adminSettings shows what holds, and below it what was changed.
func (s room) adminSettings(c *gin.Context) error {
	ctx := c.Request.Context()
	now, err := s.Store.Settings(ctx)
	if err != nil {
		return err
	}
	changes, err := s.Store.SettingHistory(ctx, 0, c.Query("after"))
	if err != nil {
		return err
	}
	said := saying{web.Words(c), now}
	page := adminSettingsPage{Saved: c.Query("saved") != "", Phases: said.phases(), Next: nextPage(c, changes.Next)}
	for _, g := range settingsSections {
		page.Sections = append(page.Sections, said.section(g))
	}
	for _, change := range changes.Items {
		page.Changes = append(page.Changes, said.change(change))
	}
	if page.Tampered, err = s.tampered(c); err != nil {
		return err
	}
	return s.show(c, http.StatusOK, "adminsettings", said.T("page.adminsettings.title"), "admin", page)
}

func (s room) tampered(c *gin.Context) (bool, error) {
	err := s.Store.CheckSettings(c.Request.Context())
	var tampered *store.SettingsTampered
	if errors.As(err, &tampered) {
		s.Log.ErrorContext(c.Request.Context(), "the history of the settings was tampered with", slog.Any("error", err))
		return true, nil
	}
	return false, err
}

// saying puts settings into words.
type saying struct {
	*words.Words
	now casework.Settings
}

func (w saying) phases() (phases []phaseClocks) {
	for _, p := range casework.Clocks {
		phase := phaseClocks{Title: w.T("page.adminsettings.any-time")}
		if p.Phase != "" {
			phase.Title = w.T("page.phase." + string(p.Phase))
		}
		for _, k := range p.Kinds {
			phase.Clocks = append(phase.Clocks, w.clock(k))
		}
		phases = append(phases, phase)
	}
	return phases
}

// clock is a kind's: when it is due, and how it is reminded of where that is not like all others.
func (w saying) clock(k casework.TaskKind) clockLine {
	line := clockLine{Group: casework.SettingGroup(k), Task: plainTitle(w.Words, k), Due: w.T("page.adminsettings.no-due")}
	var reminded []string
	for _, setting := range casework.SettingsOf(line.Group) {
		now := w.now.Text(setting.Name)
		line.Changed = line.Changed || now != setting.Default
		switch {
		case setting.Name == casework.DueOf(k):
			if line.Due = w.value(setting, now); now != setting.Default {
				line.Standard = w.T("page.adminsettings.standard", "Value", w.value(setting, setting.Default))
			}
		case now != "":
			reminded = append(reminded, w.label(setting)+": "+w.value(setting, now))
		}
	}
	line.Reminded = strings.Join(reminded, "; ")
	return line
}

func (w saying) section(g casework.SettingGroup) settingsSection {
	section := settingsSection{Group: g, Title: w.title(g), Help: w.about(g, "help"), Holds: w.about(g, "holds")}
	for _, setting := range casework.SettingsOf(g) {
		section.Settings = append(section.Settings, w.line(setting))
	}
	return section
}

func (w saying) line(setting casework.Setting) settingLine {
	now := w.now.Text(setting.Name)
	return settingLine{Label: w.label(setting), Help: w.help(setting), Now: w.value(setting, now), Standard: w.value(setting, setting.Default),
		Changed: now != setting.Default}
}

func (w saying) change(c store.SettingChange) changeLine {
	line := changeLine{SettingChange: c, What: string(c.Name), Was: c.Was, Is: c.Is}
	if setting, known := casework.SettingNamed(c.Name); known {
		line.What = w.T("page.adminsettings.of", "Group", w.title(setting.Group), "Setting", w.label(setting))
		line.Was, line.Is = w.value(setting, c.Was), w.value(setting, c.Is)
	}
	return line
}

// title of a group: its own, or its kind of task's.
func (w saying) title(g casework.SettingGroup) string {
	if _, clock := casework.KindOf(casework.TaskKind(g)); clock {
		return web.KindTitle(w.Words, string(g))
	}
	return w.T("setting.group." + string(g) + ".title")
}

// about is what there is to say of a group; of a clock what there is to say of all.
func (w saying) about(g casework.SettingGroup, what string) string {
	if _, clock := casework.KindOf(casework.TaskKind(g)); clock && g != casework.SettingGroup(casework.SubmitRequestLetter) {
		g = "clock"
	}
	return w.T("setting.group." + string(g) + "." + what)
}

func (w saying) label(setting casework.Setting) string { return w.T(w.text(setting, "label")) }

func (w saying) help(setting casework.Setting) string {
	if id := w.text(setting, "help"); w.Has(id) {
		return w.T(id)
	}
	return ""
}

// text is where a setting's words stand: its own, or those that the clocks of all kinds share.
func (w saying) text(setting casework.Setting, part string) string {
	name := string(setting.Name)
	switch k := casework.TaskKind(setting.Group); setting.Name {
	case casework.DueOf(k), casework.RemindersOf(k), casework.EscalateOf(k):
		name, _, _ = strings.Cut(name, "-")
	}
	return "setting." + name + "." + part
}

// value writes what a setting says, as one reads it.
func (w saying) value(setting casework.Setting, text string) string {
	switch {
	case text == "":
		return w.T("page.adminsettings.empty")
	case setting.Takes == casework.TakesShare:
		return w.T("setting.share." + text)
	case setting.Takes == casework.TakesNumbers && strings.Contains(text, ","):
		return w.T("setting.list."+string(setting.Unit), "Numbers", w.List(strings.Split(text, ", ")))
	case setting.Takes == casework.TakesNumber || setting.Takes == casework.TakesNumbers:
		n, err := strconv.Atoi(text)
		switch {
		case err != nil:
			return text
		case setting.Unit == casework.UnitMinutes:
			return w.Minutes(n)
		}
		return w.T("setting.unit."+string(setting.Unit), "Count", n)
	}
	return strings.ReplaceAll(text, "\n", ", ")
}

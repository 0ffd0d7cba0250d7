package web

import (
	"cmp"
	"fmt"
	"html/template"
	"log/slog"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"connex/casework"
	"connex/words"
)

// htmlFuncs are what templates may call: words and how things are written, no rules.
func htmlFuncs(w *words.Words) template.FuncMap {
	return template.FuncMap{
		"T":       w.T,
		"lang":    w.Language,
		"asset":   AssetURL,
		"icon":    icon,
		"day":     w.Day,
		"date":    func(t time.Time) string { return written(t, w.Date) },
		"moment":  func(t time.Time) string { return written(t, w.DateTime) }, // of a case: Berlin's
		"instant": func(t time.Time) string { return written(t, w.Instant) },  // a real one: the reader's
		"zone":    w.Zone,
		"hours":   w.Hours,
		"number":  w.Number,
		"list":    w.List,
		"option":  func(value any) string { return optionWord(w, value) },
		"role":    func(r casework.Role) string { return w.T("page.role." + string(r)) },
		"kind":    func(k any) string { return KindTitle(w, text(k)) },
		"nav":     navFor,
		"imprint": func(given string) string { return cmp.Or(given, imprint(casework.Settings(nil))) },
		"reads":   Reads,
		"key":     NewKey,
		"filed":   filed,
		"largest": func() int64 { return FileLimit >> 20 }, // MB of a file
		"size":    func(bytes int64) string { return sizeOf(w, bytes) },
	}
}

// imprint is who we are, in one line.
func imprint(s casework.Settings) string {
	l := s.Letterhead()
	parts := append(l.Lines(), l.Telephone, l.Mail)
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ", ")
}

// Imprint is who we are, as the settings have it. A page does not fail for it.
func (d Deps) Imprint(c *gin.Context) string {
	settings, err := d.Store.Settings(c.Request.Context())
	if err != nil {
		d.Log.WarnContext(c.Request.Context(), "the letterhead could not be read", slog.Any("error", err))
	}
	return imprint(settings)
}

func written(t time.Time, write func(time.Time) string) string {
	if t.IsZero() {
		return ""
	}
	return write(t)
}

// optionWord is the word for a value of a controlled list, nothing for no value.
func optionWord(w *words.Words, value any) string {
	if v := text(value); v != "" {
		return w.T("option." + v)
	}
	return ""
}

// KindTitle is what a task of that kind asks for, in a few words.
func KindTitle(w *words.Words, kind string) string { return w.T("kind." + kind + ".title") }

// KindHelp is how to go about it, where there is anything to say.
func KindHelp(w *words.Words, kind string) string {
	if id := "kind." + kind + ".help"; w.Has(id) {
		return w.T(id)
	}
	return ""
}

// text is a word of whatever type the process gives it.
func text(value any) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

// filed is what kind of file it is, as people call it: PDF, DOCX.
func filed(name string) string { return strings.ToUpper(strings.TrimPrefix(path.Ext(name), ".")) }

func sizeOf(w *words.Words, bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return w.T("page.size.mb", "N", w.Number(float64(bytes*10/(1<<20))/10))
	case bytes >= 1<<10:
		return w.T("page.size.kb", "N", w.Number(bytes/(1<<10)))
	}
	return w.T("page.size.b", "N", w.Number(bytes))
}

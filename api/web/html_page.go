package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/store"
	"connex/words"
)

// Shared are the layouts and the parts of which every room's pages are made.
//
//go:embed templates
var shared embed.FS

// Pages are a room's pages: one template per page and language, parsed once at the start.
type Pages struct {
	byLanguage map[string]map[string]*template.Template
}

// View is what the layout needs; Body is the struct that was made for the page.
type View struct {
	Title   string
	Person  store.Person // signed in; zero for guests
	Section string       // of the navigation, marked as current
	Live    string       // where the page hears of changes; empty: it does not listen
	Refresh bool         // the page waits for something and looks again by itself
	Imprint string       // who we are, for guests; empty: as the process has it
	Body    any
}

// NewPages parses the pages of a room (templates/*.html in its files) into a layout. A fault is our own and stops the start.
func NewPages(room fs.FS, layout string) *Pages {
	p := &Pages{byLanguage: map[string]map[string]*template.Template{}}
	names, err := fs.Glob(room, "templates/*.html")
	if err != nil || len(names) == 0 {
		panic(fmt.Errorf("pages of %s: %d found, %w", layout, len(names), err))
	}
	for _, lang := range words.Languages() {
		p.byLanguage[lang] = map[string]*template.Template{}
		parts := partsOf(room, layout, words.In(lang))
		for _, name := range names {
			if page := strings.TrimSuffix(path.Base(name), ".html"); !strings.HasPrefix(page, "_") {
				p.byLanguage[lang][page] = template.Must(template.Must(parts.Clone()).ParseFS(room, name))
			}
		}
	}
	return p
}

// partsOf are the layout, what all rooms share, and the room's own parts: files that begin with an underscore.
func partsOf(room fs.FS, layout string, w *words.Words) *template.Template {
	parts := template.New(layout).Funcs(htmlFuncs(w))
	template.Must(parts.ParseFS(shared, "templates/"+layout+".html", "templates/head.html", "templates/form.html", "templates/field.html", "templates/parts.html"))
	if own, _ := fs.Glob(room, "templates/_*.html"); len(own) > 0 {
		template.Must(parts.ParseFS(room, own...))
	}
	return parts
}

// Show answers with a page, whole or not at all: it is drawn before the first byte goes out.
func (p *Pages) Show(c *gin.Context, status int, name string, v View) error {
	page := p.byLanguage[Language(c)][name]
	if page == nil {
		return fmt.Errorf("there is no page %s", name)
	}
	var drawn bytes.Buffer
	if err := page.ExecuteTemplate(&drawn, "page", v); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	c.Data(status, "text/html; charset=utf-8", drawn.Bytes())
	return nil
}

// Language is the one that the reader is served in.
func Language(*gin.Context) string { return words.Default }

// Words are the texts for the reader.
func Words(c *gin.Context) *words.Words { return words.In(Language(c)) }

package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"runtime"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/store"
	"connex/words"
)

// Shared are the layouts and the parts of which every room's pages are made.
//
//go:embed templates
var shared embed.FS

// Pages are a room's pages and their parts, parsed once. Whoever draws one does so with a copy of them all that reads the
// reader's words. There are as many as can be drawn at once: to wait for one costs less than to make another.
type Pages struct {
	whole *template.Template
	names map[string]bool
	idle  chan *drawing // nil: a copy that is still to be made
}

// drawing is a copy of a room's pages and the words that its functions read, which are the reader's while one is drawn.
type drawing struct {
	*template.Template
	words *words.Words
}

// View is what the layout needs; Body is the struct that was made for the page.
type View struct {
	Title   string
	Person  store.Person // signed in; zero for guests
	Section string       // of the navigation, marked as current
	Live    string       // where the page hears of changes; empty: it does not listen
	Refresh bool         // the page waits for something and looks again by itself
	Imprint string       // who we are, for guests; empty: as the process has it
	// FollowUp: what it says is about to change; where there are no scripts it looks again by itself.
	FollowUp bool
	Body     any
}

// NewPages parses the pages of a room (templates/*.html in its files) into a layout. A fault is our own and stops the start.
func NewPages(room fs.FS, layout string) *Pages {
	names, err := fs.Glob(room, "templates/*.html")
	if err != nil || len(names) == 0 {
		panic(fmt.Errorf("pages of %s: %d found, %w", layout, len(names), err))
	}
	p := &Pages{whole: partsOf(room, layout), names: map[string]bool{}, idle: make(chan *drawing, runtime.GOMAXPROCS(0))}
	for range cap(p.idle) {
		p.idle <- nil
	}
	for _, name := range names {
		if short := strings.TrimSuffix(path.Base(name), ".html"); !strings.HasPrefix(short, "_") {
			p.add(short, template.Must(template.New(short).Funcs(htmlFuncs(words.In(words.Default))).ParseFS(room, name)))
		}
	}
	return p
}

// add has each page's "main" under a name of its own; any other part must have one.
func (p *Pages) add(short string, file *template.Template) {
	for _, t := range file.Templates() {
		name := t.Name()
		switch {
		case t.Tree == nil || name == short+".html":
			continue // what stands around the definitions
		case name == "main":
			name = mainOf(short)
		case p.whole.Lookup(name) != nil:
			panic(fmt.Errorf("page %s defines %s a second time", short, name))
		}
		template.Must(p.whole.AddParseTree(name, t.Tree))
	}
	p.names[short] = true
}

func mainOf(page string) string { return page + ": main" }

func (p *Pages) newDrawing() (*drawing, error) {
	whole, err := p.whole.Clone()
	if err != nil {
		return nil, err
	}
	own := *words.In(words.Default)
	return &drawing{whole.Funcs(htmlFuncs(&own)), &own}, nil
}

// draw writes the page as that reader reads it: what is the page's own between the two halves of the layout.
func (p *Pages) draw(into io.Writer, name string, reader *words.Words, v View) (err error) {
	d := <-p.idle
	defer func() { p.idle <- d }()
	if d == nil {
		if d, err = p.newDrawing(); err != nil {
			return err
		}
	}
	*d.words = *reader
	for _, part := range []struct {
		name string
		of   any
	}{{"above", v}, {mainOf(name), v.Body}, {"below", v}} {
		if err := d.ExecuteTemplate(into, part.name, part.of); err != nil {
			return err
		}
	}
	return nil
}

// partsOf are the layout, what all rooms share, and the room's own parts: files that begin with an underscore.
func partsOf(room fs.FS, layout string) *template.Template {
	parts := template.New(layout).Funcs(htmlFuncs(words.In(words.Default)))
	template.Must(parts.ParseFS(shared, "templates/"+layout+".html", "templates/head.html", "templates/form.html", "templates/field.html", "templates/parts.html"))
	if own, _ := fs.Glob(room, "templates/_*.html"); len(own) > 0 {
		template.Must(parts.ParseFS(room, own...))
	}
	return parts
}

// Show answers with a page, whole or not at all: it is drawn before the first byte goes out.
func (p *Pages) Show(c *gin.Context, status int, name string, v View) error {
	if !p.names[name] {
		return fmt.Errorf("there is no page %s", name)
	}
	v.FollowUp = v.FollowUp || c.GetBool(followsKey)
	var drawn bytes.Buffer
	if err := p.draw(&drawn, name, Words(c), v); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	c.Data(status, "text/html; charset=utf-8", drawn.Bytes())
	return nil
}

// Words are the texts for the reader, with dates and numbers as they read them. A guest has no settings.
func Words(c *gin.Context) *words.Words {
	prefers := PersonOf(c).Prefers
	return words.In(prefers.Language).As(words.Manner{Writing: prefers.Writing, Zone: prefers.Zone})
}

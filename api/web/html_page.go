package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
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

// Pages are a room's pages, by name.
type Pages struct{ all map[string]*page }

// page is parsed once. Whoever draws it does so with a copy that reads the reader's words; copies are used again.
type page struct {
	whole *template.Template
	idle  chan *drawing
}

// drawing is a copy of a page and the words that its functions read, which are the reader's while it is drawn.
type drawing struct {
	*template.Template
	words *words.Words
}

// drawings is how many copies of a page are kept: as many as are often drawn at once.
const drawings = 8

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
	p := &Pages{all: map[string]*page{}}
	names, err := fs.Glob(room, "templates/*.html")
	if err != nil || len(names) == 0 {
		panic(fmt.Errorf("pages of %s: %d found, %w", layout, len(names), err))
	}
	parts := partsOf(room, layout)
	for _, name := range names {
		if short := strings.TrimSuffix(path.Base(name), ".html"); !strings.HasPrefix(short, "_") {
			p.all[short] = &page{template.Must(template.Must(parts.Clone()).ParseFS(room, name)), make(chan *drawing, drawings)}
		}
	}
	return p
}

// drawing takes a copy that is idle, or makes one.
func (p *page) drawing() (*drawing, error) {
	select {
	case d := <-p.idle:
		return d, nil
	default:
	}
	whole, err := p.whole.Clone()
	if err != nil {
		return nil, err
	}
	own := *words.In(words.Default)
	return &drawing{whole.Funcs(htmlFuncs(&own)), &own}, nil
}

// draw writes the page as that reader reads it.
func (p *page) draw(into io.Writer, reader *words.Words, v View) error {
	d, err := p.drawing()
	if err != nil {
		return err
	}
	*d.words = *reader
	err = d.ExecuteTemplate(into, "page", v)
	select {
	case p.idle <- d:
	default:
	}
	return err
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
	page := p.all[name]
	if page == nil {
		return fmt.Errorf("there is no page %s", name)
	}
	v.FollowUp = v.FollowUp || c.GetBool(followsKey)
	var drawn bytes.Buffer
	if err := page.draw(&drawn, Words(c), v); err != nil {
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

// Package pagetest lets tests use the pages as a browser without scripts does: it follows links, fills in the forms that
// it finds in the page, and looks at each page for what must hold of all of them.
package pagetest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Page is an answer, parsed.
type Page struct {
	t      testing.TB
	Path   string
	Status int
	Body   string
	Header http.Header // nil where the page came by another way than a Browser
	root   *html.Node
}

// Parse reads a page.
func Parse(t testing.TB, path string, status int, body string) *Page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return &Page{t: t, Path: path, Status: status, Body: body, root: root}
}

// Text is what one reads, with single spaces.
func (p *Page) Text() string { return textOf(p.root) }

// Says fails unless the page's text has all of these.
func (p *Page) Says(texts ...string) *Page {
	p.t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.Text(), text) {
			p.t.Errorf("%s does not say %q but\n%s", p.Path, text, p.Text())
		}
	}
	return p
}

// SaysNot fails if the page has one of these.
func (p *Page) SaysNot(texts ...string) *Page {
	p.t.Helper()
	for _, text := range texts {
		if strings.Contains(p.Text(), text) {
			p.t.Errorf("%s says %q", p.Path, text)
		}
	}
	return p
}

// Answers fails unless the page came with this status.
func (p *Page) Answers(status int) *Page {
	p.t.Helper()
	if p.Status != status {
		p.t.Fatalf("%s answers %d, want %d:\n%s", p.Path, p.Status, status, p.Text())
	}
	return p
}

// Link is where the link with this text leads; the text may be a part of it.
func (p *Page) Link(text string) string {
	p.t.Helper()
	for _, a := range all(p.root, "a") {
		if strings.Contains(textOf(a), text) {
			return attr(a, "href")
		}
	}
	p.t.Fatalf("%s has no link %q:\n%s", p.Path, text, p.Text())
	return ""
}

// form is the one that is posted to an address; the first one for "".
func (p *Page) form(action string) *html.Node {
	for _, f := range all(p.root, "form") {
		if attr(f, "method") == "post" && attr(f, "action") != "/logout" && (action == "" || attr(f, "action") == action) {
			return f
		}
	}
	return nil
}

// Form is what a browser would send if one pressed the first button now; empty where there is no such form.
func (p *Page) Form(action string) (where string, values url.Values) {
	f := p.form(action)
	if f == nil {
		return "", nil
	}
	values = url.Values{}
	for _, c := range all(f, "input", "textarea", "select") {
		name := attr(c, "name")
		switch {
		case name == "" || attr(c, "type") == "file":
		case c.Data == "textarea":
			values.Add(name, strings.TrimPrefix(rawText(c), "\n"))
		case c.Data == "select":
			values.Add(name, chosen(c))
		case slices.Contains([]string{"radio", "checkbox"}, attr(c, "type")):
			if has(c, "checked") {
				values.Add(name, attr(c, "value"))
			}
		default:
			values.Add(name, attr(c, "value"))
		}
	}
	return attr(f, "action"), values
}

func chosen(selection *html.Node) (value string) {
	options := all(selection, "option")
	for i, o := range options {
		if i == 0 || has(o, "selected") {
			value = attr(o, "value")
		}
	}
	return value
}

func all(n *html.Node, names ...string) (found []*html.Node) {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && slices.Contains(names, c.Data) {
			found = append(found, c)
		}
	}
	return found
}

func elements(n *html.Node) (found []*html.Node) {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode {
			found = append(found, c)
		}
	}
	return found
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func rawText(n *html.Node) string {
	var text strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			text.WriteString(c.Data)
		}
	}
	return text.String()
}

func textOf(n *html.Node) string {
	var text strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode && c.Parent.Data != "script" && c.Parent.Data != "style" {
			fmt.Fprint(&text, c.Data, " ")
		}
	}
	return strings.Join(strings.Fields(text.String()), " ")
}

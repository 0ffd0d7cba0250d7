package pagetest

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Sound fails for what must hold of every page: one heading, landmarks, a language and a title; a label for each control;
// no ID twice, no reference to one that there is not; nothing that the policy would stop; no word that the catalogue lacks.
func (p *Page) Sound() *Page {
	p.t.Helper()
	for _, fault := range p.faults() {
		p.t.Errorf("%s (%d): %s", p.Path, p.Status, fault)
	}
	return p
}

func (p *Page) faults() (faults []string) {
	say := func(wrong bool, fault ...string) {
		if wrong {
			faults = append(faults, strings.Join(fault, " "))
		}
	}
	for _, tag := range []string{"h1", "main", "title", "header", "footer"} {
		own := slices.DeleteFunc(all(p.root, tag), func(n *html.Node) bool { return n.Namespace == "svg" }) // a picture may have titles
		say(len(own) != 1, "it needs exactly one", tag)
	}
	say(len(all(p.root, "html")) > 0 && attr(all(p.root, "html")[0], "lang") == "", "it says no language")
	say(strings.Contains(p.Body, "⟦"), "the catalogue lacks", lacking(p.Body))
	say(strings.Contains(p.Body, "ZgotmplZ"), "a value was unfit for its place")
	for _, n := range all(p.root, "style") {
		say(true, "it has a style of its own:", textOf(n))
	}
	for _, n := range all(p.root, "script") {
		say(attr(n, "src") == "", "it has a script of its own:", rawText(n))
	}
	ids := p.ids(say)
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode {
			sound(n, ids, p.labels(), say)
		}
	}
	return faults
}

func lacking(body string) string {
	_, rest, _ := strings.Cut(body, "⟦")
	id, _, _ := strings.Cut(rest, "⟧")
	return id
}

func (p *Page) ids(say func(bool, ...string)) map[string]bool {
	ids := map[string]bool{}
	for n := range p.root.Descendants() {
		if id := attr(n, "id"); n.Type == html.ElementNode && id != "" {
			say(ids[id], "the ID", id, "is there twice")
			ids[id] = true
		}
	}
	return ids
}

func (p *Page) labels() map[string]bool {
	labelled := map[string]bool{}
	for _, l := range all(p.root, "label") {
		if textOf(l) != "" {
			labelled[attr(l, "for")] = true
		}
	}
	return labelled
}

// sound looks at one element.
func sound(n *html.Node, ids, labelled map[string]bool, say func(bool, ...string)) {
	for _, a := range n.Attr {
		say(strings.HasPrefix(a.Key, "on") || a.Key == "style", "the policy stops", a.Key, "of", n.Data)
		if slices.Contains([]string{"for", "aria-labelledby", "aria-describedby"}, a.Key) {
			for _, id := range strings.Fields(a.Val) {
				say(!ids[id], a.Key, "means", id, "which is not there")
			}
		}
	}
	if href := attr(n, "href"); n.Data == "a" {
		say(strings.HasPrefix(href, "#") && !ids[strings.TrimPrefix(href, "#")], "a link leads to", href, "which is not there")
		say(textOf(n) == "", "a link to", href, "has no text")
	}
	control := slices.Contains([]string{"input", "select", "textarea"}, n.Data) && attr(n, "type") != "hidden"
	say(control && !labelled[attr(n, "id")], "the control", attr(n, "name"), "has no label")
	say(n.Data == "button" && textOf(n) == "" && attr(n, "aria-label") == "", "a button has no name")
	say(n.Data == "fieldset" && len(all(n, "legend")) == 0, "a fieldset has no legend")
	first := slices.Contains(strings.Fields(attr(n, "class")), "faults") || attr(n, "id") == "result"
	say(first && !(has(n, "autofocus") && has(n, "tabindex")), "the focus does not begin with", textOf(n))
	say(n.Data == "form" && attr(n, "action") == "", "a form leads nowhere")
	say(n.Data == "form" && !outlives(n), "a line that is down takes what is typed or chosen for", attr(n, "action"))
}

// outlives tells whether a form stays as it is where the line is down, if one writes or chooses files in it.
func outlives(form *html.Node) bool {
	written := slices.ContainsFunc(all(form, "textarea", "input"), func(n *html.Node) bool { return n.Data == "textarea" || attr(n, "type") == "file" })
	stays := slices.ContainsFunc(all(form, "div"), func(n *html.Node) bool { return has(n, "data-unsent") })
	return stays || !written
}

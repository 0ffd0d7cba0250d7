package words

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

// library is every language, read and parsed once.
type library struct {
	languages []string
	words     map[string]*Words
}

func load(fsys fs.FS) (*library, error) {
	bundle := i18n.NewBundle(language.Make(Default))
	l := &library{words: map[string]*Words{}}
	folders, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	for _, folder := range folders {
		if err := l.add(bundle, fsys, folder.Name()); err != nil {
			return nil, fmt.Errorf("words: %w", err)
		}
	}
	for lang, w := range l.words {
		if lang != Default {
			w.fallback = l.words[Default]
		}
	}
	return l, nil
}

// add reads the folder of one language. A text may stand in one file only: a second one would win or lose by the
// files' names.
func (l *library) add(bundle *i18n.Bundle, fsys fs.FS, lang string) error {
	names, err := fs.Glob(fsys, lang+"/*.yaml")
	if err != nil {
		return err
	}
	ids := map[string]bool{}
	for _, name := range names {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		messages, err := parse(path.Base(name), raw)
		if err != nil {
			return fmt.Errorf("%s/%w", lang, err)
		}
		for _, m := range messages {
			if ids[m.ID] {
				return fmt.Errorf("%s: %s stands in another file already", name, m.ID)
			}
			ids[m.ID] = true
		}
		if err := bundle.AddMessages(language.Make(lang), messages...); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	l.languages = append(l.languages, lang)
	l.words[lang] = &Words{lang: lang, ids: ids, localizer: i18n.NewLocalizer(bundle, lang), manner: Usual, zone: berlin}
	return nil
}

// parse walks the YAML itself, not a map made of it: keys stay as written (yes, no, 1), and a fault has a line.
func parse(name string, raw []byte) ([]*i18n.Message, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	f := file{seen: map[string]bool{}}
	if err := f.flatten("", doc.Content[0]); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f.messages, nil
}

type file struct {
	messages []*i18n.Message
	seen     map[string]bool
}

func (f *file) flatten(id string, node *yaml.Node) error {
	switch {
	case id != "" && f.seen[id]:
		return fmt.Errorf("line %d: %s stands here twice", node.Line, id)
	case id != "" && plural(node):
		return f.addPlural(id, node)
	case node.Kind == yaml.MappingNode:
		f.seen[id] = true
		for i := 0; i < len(node.Content); i += 2 {
			if err := f.flatten(join(id, node.Content[i].Value), node.Content[i+1]); err != nil {
				return err
			}
		}
		return nil
	case node.Kind == yaml.ScalarNode && strings.TrimSpace(node.Value) != "" && id != "":
		f.seen[id] = true
		m := &i18n.Message{ID: id}
		f.messages = append(f.messages, m)
		return setText(&m.Other, id, node)
	}
	return fmt.Errorf("line %d: %q must be a text or a map of texts", node.Line, id)
}

var pluralForms = []string{"zero", "one", "two", "few", "many", "other"}

// plural tells a text's plural forms from a map of texts: nothing but plural forms, and "one" and "other" among them,
// since a choice may well have an option that is called "other".
func plural(node *yaml.Node) bool {
	if node.Kind != yaml.MappingNode {
		return false
	}
	has := map[string]bool{}
	for i := 0; i < len(node.Content); i += 2 {
		has[node.Content[i].Value] = true
	}
	forms := 0
	for _, form := range pluralForms {
		if has[form] {
			forms++
		}
	}
	return forms == len(has) && has["one"] && has["other"]
}

func (f *file) addPlural(id string, node *yaml.Node) error {
	f.seen[id] = true
	m := &i18n.Message{ID: id}
	into := map[string]*string{"zero": &m.Zero, "one": &m.One, "two": &m.Two, "few": &m.Few, "many": &m.Many, "other": &m.Other}
	for i := 0; i < len(node.Content); i += 2 {
		form, text := node.Content[i].Value, node.Content[i+1]
		if text.Kind != yaml.ScalarNode || strings.TrimSpace(text.Value) == "" {
			return fmt.Errorf("line %d: %s.%s must be a text", text.Line, id, form)
		}
		if err := setText(into[form], id, text); err != nil {
			return err
		}
	}
	f.messages = append(f.messages, m)
	return nil
}

// setText keeps a text that is a sound template; go-i18n itself would notice only when somebody reads it.
func setText(into *string, id string, node *yaml.Node) error {
	*into = strings.TrimSpace(node.Value)
	if _, err := parser.Parse(*into, "", ""); err != nil {
		return fmt.Errorf("line %d: %s: %w", node.Line, id, err)
	}
	return nil
}

func join(id, key string) string {
	if id == "" {
		return key
	}
	return id + "." + key
}

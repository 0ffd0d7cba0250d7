package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"connex/casework"
	"connex/words"
)

// named are the texts that code names: whole ones, and beginnings that it ends by itself ("kind."+kind+".title").
type named struct {
	whole      map[string]token.Position
	beginnings map[string]token.Position
}

// sayers are the functions that take the ID of a text, and the place of that argument.
var sayers = map[string]int{"Say": 0, "T": 0, "RefusedBy": 1, "refused": 1, "wrong": 1}

func TestEverySentenceThatCodeNamesIsThere(t *testing.T) {
	found := namedInCode(t)
	for id, at := range found.whole {
		if !words.In(words.Default).Has(id) {
			t.Errorf("%s: the catalogue lacks %s", at, id)
		}
	}
	for beginning, at := range found.beginnings {
		if !slices.ContainsFunc(words.Keys(words.Default), func(id string) bool { return strings.HasPrefix(id, beginning) }) {
			t.Errorf("%s: the catalogue has nothing under %s", at, beginning)
		}
	}
}

// mailsSent are the templates of mails that code names.
func mailsSent(t *testing.T) (sent map[string]token.Position, literals map[string]bool) {
	t.Helper()
	sent, literals = map[string]token.Position{}, map[string]bool{}
	for _, room := range []string{"workflows", "activities", "api"} {
		eachFile(t, "../"+room, func(fset *token.FileSet, file *ast.File) {
			ast.Inspect(file, func(n ast.Node) bool {
				if text, ok := literal(n); ok {
					literals[text] = true
				}
				var template ast.Expr
				switch n := n.(type) {
				case *ast.KeyValueExpr: // casework.Mail{Template: "task"}
					if nameOf(n.Key) == "Template" {
						template = n.Value
					}
				case *ast.CallExpr: // s.government("answer", …)
					if nameOf(n.Fun) == "government" && len(n.Args) > 0 {
						template = n.Args[0]
					}
				}
				if text, ok := literal(template); ok {
					sent[text] = fset.Position(n.Pos())
				}
				return true
			})
		})
	}
	return sent, literals
}

// A mail without words of its own would go out as a bare one about its task, and nobody would notice.
func TestEveryMailThatIsSentHasWords(t *testing.T) {
	sent, literals := mailsSent(t)
	written := map[string]bool{"escalated": true} // in the reminder of that morning
	for _, id := range words.Keys(words.Default) {
		parts := strings.Split(id, ".")
		if parts[0] != "mail" || parts[len(parts)-1] != "subject" || parts[1] == "ask" {
			continue
		}
		written[parts[1]] = true
		if !literals[parts[1]] {
			t.Errorf("nobody sends the mail %s", parts[1])
		}
		if !words.In(words.Default).Has(strings.TrimSuffix(id, "subject") + "text") {
			t.Errorf("%s has no text", id)
		}
	}
	for template, at := range sent {
		if !written[template] {
			t.Errorf("%s: the mail %s has no words", at, template)
		}
	}
	if len(sent) < 12 {
		t.Errorf("only %d mails were found", len(sent))
	}
}

// Whatever waits for somebody, a mail asks for it or reminds of it in a sentence with a verb.
func TestEveryTaskIsAskedForInAMail(t *testing.T) {
	for _, k := range casework.AllKinds() {
		if kind, _ := casework.KindOf(k); kind.Standing && kind.Due.Days == 0 {
			continue // nobody is asked by mail for what one may do at any time
		}
		for _, part := range []string{"subject", "text"} {
			if id := "mail.ask." + string(k) + "." + part; !words.In(words.Default).Has(id) {
				t.Errorf("the catalogue lacks %s", id)
			}
		}
	}
}

// retired are sentences that no code says any more, but rows of past refusals do.
var retired = []string{}

func TestNoSentenceThatNobodySays(t *testing.T) {
	found, quoted := namedInCode(t), quotedAnywhere(t)
	for _, id := range words.Keys(words.Default) {
		room, _, _ := strings.Cut(id, ".")
		if slices.Contains([]string{"page", "problem", "portfolio", "live"}, room) {
			if !quoted(id) {
				t.Errorf("nothing shows %s", id)
			}
			continue
		}
		if room != "invalid" && room != "refusal" && room != "self-check" || slices.Contains(retired, id) {
			continue
		}
		_, whole := found.whole[id]
		begun := slices.ContainsFunc(slices.Collect(maps.Keys(found.beginnings)), func(b string) bool { return strings.HasPrefix(id, b) })
		if !whole && !begun {
			t.Errorf("nobody says %s", id)
		}
	}
}

var (
	idInQuotes  = regexp.MustCompile("[\"`]([a-z][\\w-]*(?:\\.[\\w-]*)+)[\"`]")
	nameOfAFail = regexp.MustCompile(`^problem\.[\w-]+\.(title|detail)$`) // named by its middle alone: problem(404, "not-found")
)

// quotedAnywhere tells whether a text is named, or the beginning of its name, wherever pages are made.
func quotedAnywhere(t *testing.T) func(id string) bool {
	t.Helper()
	all := map[string]bool{}
	err := filepath.WalkDir("../api", func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, "_test.go") || filepath.Ext(path) != ".go" && filepath.Ext(path) != ".html" {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, found := range idInQuotes.FindAllSubmatch(raw, -1) {
			all[string(found[1])] = true
		}
		return err
	})
	if err != nil || len(all) < 500 {
		t.Fatalf("found %d (%v)", len(all), err)
	}
	return func(id string) bool {
		begun := func(quoted string) bool {
			return strings.HasSuffix(quoted, ".") && strings.Count(quoted, ".") > 1 && strings.HasPrefix(id, quoted)
		}
		return all[id] || nameOfAFail.MatchString(id) || slices.ContainsFunc(slices.Collect(maps.Keys(all)), begun)
	}
}

var sentence = regexp.MustCompile(`^[A-Z][^\n]* [^\n]*[.!?]$`)

// A sentence in Go code is one that nobody translates. Programs speak English to their operators.
func TestSentencesStandInTheCatalogue(t *testing.T) {
	for _, room := range []string{"api", "casework", "workflows", "store", "activities", "letters", "mail", "housemail", "drafts"} {
		eachFile(t, "../"+room, func(fset *token.FileSet, file *ast.File) {
			ast.Inspect(file, func(n ast.Node) bool {
				if help, ok := n.(*ast.KeyValueExpr); ok && nameOf(help.Key) == "Help" {
					return false // of a metric: for operators, whose tools read English
				}
				if text, ok := literal(n); ok && file.Name.Name != "main" && sentence.MatchString(text) {
					t.Errorf("%s: %q belongs into the catalogue", fset.Position(n.Pos()), text)
				}
				return true
			})
		})
	}
}

func namedInCode(t *testing.T) named {
	t.Helper()
	found := named{map[string]token.Position{}, map[string]token.Position{}}
	for _, room := range []string{"api", "casework", "workflows", "store", "activities", "letters", "mail", "housemail", "drafts", "starter"} {
		eachFile(t, "../"+room, func(fset *token.FileSet, file *ast.File) {
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				if place, says := sayers[nameOf(call.Fun)]; says && len(call.Args) > place {
					found.add(call.Args[place], fset.Position(call.Pos()))
				}
				return true
			})
		})
	}
	return found
}

func (f named) add(id ast.Expr, at token.Position) {
	if text, ok := literal(id); ok {
		f.whole[text] = at
		return
	}
	for {
		sum, ok := id.(*ast.BinaryExpr)
		if !ok {
			break
		}
		id = sum.X
	}
	if text, ok := literal(id); ok {
		f.beginnings[text] = at
	}
}

func nameOf(function ast.Expr) string {
	switch f := function.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func literal(n ast.Node) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// eachFile parses the code below a folder, tests left out.
func eachFile(t *testing.T, folder string, look func(*token.FileSet, *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if entry.Name() == "apitest" || entry.Name() == "pagetest" {
			return fs.SkipDir
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err == nil {
			look(fset, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

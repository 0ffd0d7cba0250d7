package docs

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"connex/settings"
)

const root = ".."

// pages are all that people read, by their path from the root.
func pages(t *testing.T) map[string]string {
	t.Helper()
	names := []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md"}
	walk(t, "docs", ".md", func(name string) { names = append(names, name) })
	found := map[string]string{}
	for _, name := range names {
		found[name] = read(t, name)
	}
	return found
}

func TestLinksLeadSomewhere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for page, text := range pages(t) {
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			target, part, _ := strings.Cut(match[1], "#")
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			where := filepath.Join(filepath.Dir(page), target)
			if target == "" {
				where = page
			}
			if _, err := os.Stat(filepath.Join(root, where)); err != nil {
				t.Errorf("%s links to %s, which is not there", page, match[1])
			}
			if part != "" && !slices.Contains(headings(read(t, where)), part) {
				t.Errorf("%s links to %s, where no heading is called so", page, match[1])
			}
		}
	}
}

// headings are a page's, as links name them.
func headings(text string) (names []string) {
	other := regexp.MustCompile(`[^\p{L}\p{N} _-]`)
	for _, match := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(text, -1) {
		names = append(names, strings.ReplaceAll(other.ReplaceAllString(strings.ToLower(match[1]), ""), " ", "-"))
	}
	return names
}

func TestCommandsExist(t *testing.T) {
	targets := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?m)^([a-z]+):`).FindAllStringSubmatch(read(t, "Makefile"), -1) {
		targets[match[1]] = true
	}
	// A command stands in backquotes or begins a line.
	target := regexp.MustCompile("(?m)(?:`|^)make ([a-z]+)")
	program := regexp.MustCompile(`go run \./([\w/]+)`)
	for page, text := range pages(t) {
		for _, match := range target.FindAllStringSubmatch(text, -1) {
			if !targets[match[1]] {
				t.Errorf("%s says make %s, which the Makefile does not know", page, match[1])
			}
		}
		for _, match := range program.FindAllStringSubmatch(text, -1) {
			if files, _ := filepath.Glob(filepath.Join(root, match[1], "*.go")); !slices.ContainsFunc(files, isProgram) {
				t.Errorf("%s says go run ./%s, which is no program", page, match[1])
			}
		}
	}
}

func isProgram(file string) bool {
	text, err := os.ReadFile(file)
	return err == nil && regexp.MustCompile(`(?m)^package main$`).Match(text)
}

// TestPathsExist: a file or folder of ours that a page names in backquotes is there.
func TestPathsExist(t *testing.T) {
	named := regexp.MustCompile("`((?:casework|words|workflows|activities|store|letters|mail|api|worker|starter|local|e2e|docs)/[\\w./-]*)`")
	for page, text := range pages(t) {
		for _, match := range named.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(root, match[1])); err != nil {
				t.Errorf("%s names %s, which is not there", page, match[1])
			}
		}
	}
}

func TestTheReadmeNamesEveryVariable(t *testing.T) {
	listed, known := map[string]bool{}, variables(t)
	for _, match := range regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\|").FindAllStringSubmatch(read(t, "README.md"), -1) {
		listed[match[1]] = true
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if !slices.ContainsFunc(settings.Variables, func(v settings.Variable) bool { return v.Name == name }) {
			t.Errorf("programs read %s, which is not on the list of settings", name)
		}
		if !listed[name] {
			t.Errorf("programs read %s, of which the README's table says nothing", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(listed)) {
		if !known[name] {
			t.Errorf("the README's table has %s, which no program reads", name)
		}
	}
}

// variables are those that Go sources read: by a tag, or by their name.
func variables(t *testing.T) map[string]bool {
	t.Helper()
	reads := regexp.MustCompile(`\benv:"([A-Z][A-Z_]+)|(?:Getenv|LookupEnv)\("([A-Z][A-Z_]+)"\)`)
	others := []string{"GOPATH", "PATH"} // not ours to explain
	found := map[string]bool{}
	walk(t, ".", ".go", func(name string) {
		for _, match := range reads.FindAllStringSubmatch(read(t, name), -1) {
			if variable := match[1] + match[2]; !slices.Contains(others, variable) {
				found[variable] = true
			}
		}
	})
	return found
}

// walk visits the files below a folder of the repository, tests and what is not ours left out.
func walk(t *testing.T, folder, ending string, visit func(name string)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(root), folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") || name == "bin" || strings.HasPrefix(name, "data")):
			return fs.SkipDir
		case strings.HasSuffix(name, ending) && !strings.HasSuffix(name, "_test.go"):
			visit(name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// What a program or package may have linked into it, by whatever way. depguard in `make lint` says the same of single
// imports, and why. A slash at the end means: and all below it.
var unwanted = map[string][]string{
	"casework":   {"connex/", "go.temporal.io/", "github.com/gin-gonic/", "database/sql", "net/http"},
	"codec":      {"connex/casework/", "connex/words/", "connex/store/", "connex/workflows/", "connex/activities/", "connex/letters/", "connex/mail/", "connex/api/", "database/sql"},
	"settings":   {"connex/", "go.temporal.io/", "database/sql", "net/http"},
	"words":      {"connex/store/", "connex/workflows/", "connex/activities/", "connex/letters/", "connex/mail/", "connex/api/", "go.temporal.io/", "database/sql"},
	"workflows":  {"connex/store/", "connex/words/", "connex/activities/", "connex/letters/", "connex/mail/", "connex/api/", "database/sql", "github.com/lib/pq/"},
	"store":      {"connex/workflows/", "connex/activities/", "connex/letters/", "connex/mail/", "connex/api/", "go.temporal.io/"},
	"letters":    {"connex/workflows/", "connex/activities/", "connex/store/", "connex/mail/", "connex/api/", "go.temporal.io/"},
	"mail":       {"connex/workflows/", "connex/activities/", "connex/store/", "connex/letters/", "connex/api/", "go.temporal.io/"},
	"housemail":  {"connex/workflows/", "connex/activities/", "connex/letters/", "connex/api/", "go.temporal.io/"},
	"activities": {"connex/workflows/", "connex/api/"},
	"api":        {"connex/workflows/", "connex/activities/", "connex/worker/", "connex/local/", "connex/starter/"},
	"worker":     {"connex/api/", "connex/local/", "connex/starter/", "github.com/gin-gonic/"},
	"starter":    {"connex/store/", "connex/workflows/", "connex/activities/", "connex/api/", "go.temporal.io/", "database/sql"},
}

func TestImportsPointDownwards(t *testing.T) {
	t.Parallel()
	for name, barred := range unwanted {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, linked := range linked(t, name) {
				if linked != "connex/"+name && slices.ContainsFunc(barred, func(b string) bool { return linked == b || isBelow(linked, b) }) {
					t.Errorf("%s has %s in it", name, linked)
				}
			}
		})
	}
}

func isBelow(linked, barred string) bool {
	return strings.HasSuffix(barred, "/") && strings.HasPrefix(linked+"/", barred)
}

func TestNobodyKnowsAProgram(t *testing.T) {
	t.Parallel()
	programs := []string{"connex/api", "connex/worker", "connex/starter", "connex/local"}
	for line := range strings.Lines(goList(t, "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "./...")) {
		fields := strings.Fields(line)
		for _, imported := range fields[1:] {
			if slices.Contains(programs, imported) {
				t.Errorf("%s imports the program %s", fields[0], imported)
			}
		}
	}
}

func linked(t *testing.T, name string) []string {
	t.Helper()
	return strings.Fields(goList(t, "-deps", "./"+name))
}

func goList(t *testing.T, arguments ...string) string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list"}, arguments...)...)
	cmd.Dir = repository(t)
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %v: %v", arguments, err)
	}
	return string(text)
}

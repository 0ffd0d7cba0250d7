package casework

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strings"

	"go.yaml.in/yaml/v3"
)

// What the rules know as data: each file says in its head where it comes from, of which date it is and which version.
// It is compiled in, so a history replays with the data of the program that replays it, and a fault in a file is ours:
// the first test that reads it panics.
//
//go:embed data
var library embed.FS

// readYAML fills into from a file of data/. A key that into does not know is a fault, so that a misspelt one is seen.
func readYAML(name string, into any) {
	raw, err := fs.ReadFile(library, "data/"+name)
	if err != nil {
		panic(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(raw))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		panic(fmt.Errorf("data/%s: %w", name, err))
	}
}

// edition is one CSV file of data/: the lines of its head that read "# name: value", and its rows without the first.
type edition struct {
	head map[string]string
	rows [][]string
}

func readCSV(name string) edition {
	raw, err := fs.ReadFile(library, name)
	if err != nil {
		panic(err)
	}
	reader := csv.NewReader(bytes.NewReader(raw))
	reader.Comment = '#'
	rows, err := reader.ReadAll()
	if err != nil || len(rows) == 0 {
		panic(fmt.Errorf("%s: %d rows, %w", name, len(rows), err))
	}
	return edition{head: headOf(string(raw)), rows: rows[1:]}
}

func headOf(csv string) map[string]string {
	head := map[string]string{}
	for line := range strings.Lines(csv) {
		comment, is := strings.CutPrefix(line, "# ")
		if name, value, ok := strings.Cut(strings.TrimSpace(comment), ": "); is && ok {
			head[name] = value
		}
	}
	return head
}

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"connex/casework"
)

// row is one request of a file, with the lines on which it and its fields stand.
type row struct {
	reference string
	values    casework.Values
	line      int
	lines     map[string]int
}

// fault is what is wrong in a file, and where.
type fault struct {
	file     string
	line     int
	field    string
	sentence string
}

func (f fault) String() string {
	place := f.file
	if f.line > 0 {
		place += fmt.Sprintf(":%d", f.line)
	}
	if f.field != "" {
		place += ": " + f.field
	}
	return place + ": " + f.sentence
}

// readers by the end of a file's name.
var readers = map[string]func([]byte) ([]row, error){".json": readJSON, ".yaml": readYAML, ".yml": readYAML, ".csv": readCSV}

// unreadable is a fault of a file as a whole, from a line on.
type unreadable struct {
	line int
	why  string
}

func (u *unreadable) Error() string { return u.why }

// readFile returns all rows of a file, or everything that is wrong with them.
func readFile(name string) (rows []row, faults []fault) {
	read, known := readers[strings.ToLower(filepath.Ext(name))]
	if !known {
		return nil, []fault{{file: name, sentence: "only .json, .yaml, .yml and .csv can be read"}}
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, []fault{{file: name, sentence: err.Error()}}
	}
	rows, err = read([]byte(strings.TrimPrefix(string(raw), "\uFEFF")))
	if err != nil {
		line := 0
		if u, ok := err.(*unreadable); ok {
			line = u.line
		}
		return nil, []fault{{file: name, line: line, sentence: err.Error()}}
	}
	return rows, check(name, rows)
}

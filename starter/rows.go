package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

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

// twice is for a field that cannot be two things.
func twice(line int, field string) error {
	return &unreadable{line: line, why: field + " stands twice"}
}

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
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	if err = isUTF8(raw); err == nil {
		rows, err = read(raw)
	}
	if err != nil {
		line := 0
		if u, ok := err.(*unreadable); ok {
			line = u.line
		}
		return nil, []fault{{file: name, line: line, sentence: err.Error()}}
	}
	return rows, check(name, rows)
}

// isUTF8 finds what spreadsheets save in an encoding of their own: read as if it were ours, names would be broken for good.
func isUTF8(raw []byte) error {
	for at := 0; at < len(raw); {
		r, size := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && size == 1 {
			return &unreadable{line: lineAt(raw, int64(at)), why: "this is not UTF-8: a spreadsheet saves it so as «CSV UTF-8»"}
		}
		at += size
	}
	return nil
}

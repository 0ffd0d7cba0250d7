package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"connex/casework"
)

// readCSV reads a table whose first line names the fields. Commas and semicolons separate, whichever the first line has
// more of; an empty cell is a field that is not there.
func readCSV(raw []byte) (rows []row, err error) {
	reader := csv.NewReader(bytes.NewReader(raw))
	first, _, _ := bytes.Cut(raw, []byte("\n"))
	if bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		reader.Comma = ';'
	}
	names, err := reader.Read()
	if err != nil {
		return nil, inCSV(err)
	}
	for i, name := range names {
		if names[i] = strings.TrimSpace(name); names[i] != "" && slices.Contains(names[:i], names[i]) {
			return nil, twice(1, names[i])
		}
	}
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, inCSV(err)
		}
		line, _ := reader.FieldPos(0)
		r := row{line: line, lines: map[string]int{}, values: casework.Values{}}
		for i, cell := range cells {
			name := names[i]
			r.lines[name], _ = reader.FieldPos(i)
			if cell = strings.TrimSpace(cell); cell != "" {
				r.values[name] = cellValue(name, cell)
			}
		}
		if len(r.values) > 0 { // spreadsheets save lines that are empty but for what separates
			rows = append(rows, r)
		}
	}
}

func inCSV(err error) error {
	var at *csv.ParseError
	if errors.As(err, &at) {
		return &unreadable{line: at.Line, why: at.Err.Error()}
	}
	if errors.Is(err, io.EOF) {
		return &unreadable{why: "it is empty"}
	}
	return fmt.Errorf("read: %w", err)
}

// cellValue is the cell's text, but for the one kind of field that is none.
func cellValue(name, cell string) any {
	form := casework.FirstInterestForm(false)
	if f := form.Field(name); f == nil || f.Type != casework.Bool {
		return cell
	}
	switch strings.ToLower(cell) {
	case "true", "yes", "1":
		return true
	case "false", "no", "0":
		return false
	}
	return cell // the form will say that it is neither
}

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"connex/casework"
)

// readJSON reads one request, or a list of them.
func readJSON(raw []byte) (rows []row, err error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	at := func() int { return lineAt(raw, d.InputOffset()) }
	single := !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("["))
	if !single {
		if _, err := d.Token(); err != nil {
			return nil, inJSON(raw, err)
		}
	}
	for single && len(rows) == 0 || !single && d.More() {
		begin := lineAt(raw, skipTo(raw, d.InputOffset()))
		var one json.RawMessage
		if err := d.Decode(&one); err != nil {
			return nil, inJSON(raw, err)
		}
		r, err := jsonRow(one, begin)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	if !single {
		if _, err := d.Token(); err != nil {
			return nil, inJSON(raw, err)
		}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, &unreadable{line: at(), why: "something follows the last request"}
	}
	return rows, nil
}

// jsonRow reads one object, field by field, for their lines.
func jsonRow(raw json.RawMessage, begin int) (row, error) {
	r := row{line: begin, lines: map[string]int{}, values: casework.Values{}}
	d := json.NewDecoder(bytes.NewReader(raw))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return r, &unreadable{line: begin, why: "a request must be an object of fields"}
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return r, inJSON(raw, err)
		}
		field, _ := name.(string) // a key of an object is nothing else
		var value any
		if r.lines[field] > 0 {
			return r, twice(begin+lineAt(raw, d.InputOffset())-1, field)
		}
		r.lines[field] = begin + lineAt(raw, d.InputOffset()) - 1
		if err := d.Decode(&value); err != nil {
			return r, inJSON(raw, err)
		}
		r.values[field] = value
	}
	return r, nil
}

// skipTo passes over what may stand between two values.
func skipTo(raw []byte, offset int64) int64 {
	for int(offset) < len(raw) && bytes.IndexByte([]byte(" \t\r\n,"), raw[offset]) >= 0 {
		offset++
	}
	return offset
}

func lineAt(raw []byte, offset int64) int {
	return 1 + bytes.Count(raw[:min(int(offset), len(raw))], []byte("\n"))
}

func inJSON(raw []byte, err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return &unreadable{line: lineAt(raw, syntax.Offset), why: syntax.Error()}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &unreadable{line: lineAt(raw, int64(len(raw))), why: "it ends too early"}
	}
	return err
}

package main

import (
	"errors"
	"slices"

	"connex/casework"
	"connex/words"
)

// check holds every row against the form that the API has for a first interest, so that a file with a wrong row starts
// nothing at all.
func check(name string, rows []row) (faults []fault) {
	if len(rows) == 0 {
		return []fault{{file: name, sentence: "it has no requests"}}
	}
	seen := map[string]int{}
	for i := range rows {
		r := &rows[i]
		say := func(field, sentence string) {
			line := r.lines[field]
			if line == 0 {
				line = r.line
			}
			faults = append(faults, fault{file: name, line: line, field: field, sentence: sentence})
		}
		r.takeReference(say)
		if first := seen[r.reference]; first > 0 && r.reference != "" {
			say("reference", "This reference stands in this file already.")
		}
		seen[r.reference] = r.line
		r.decode(say)
	}
	slices.SortStableFunc(faults, func(a, b fault) int { return a.line - b.line })
	return faults
}

// takeReference takes the file's own reference out of the fields: it is what makes a second import harmless.
func (r *row) takeReference(say func(field, sentence string)) {
	r.reference = r.values.String("reference")
	if r.reference == "" {
		say("reference", "Please give each request a reference of your own, such as a file number: by it, a second import starts nothing twice.")
	}
	delete(r.values, "reference")
}

func (r *row) decode(say func(field, sentence string)) {
	kept, err := casework.DecodeFirstInterest(casework.FirstInterestForm(false), r.values)
	var wrong *casework.FormError
	if errors.As(err, &wrong) {
		for field, fault := range wrong.Fields {
			say(field, words.In(words.Default).Say(fault))
		}
		return
	}
	r.values = kept
}

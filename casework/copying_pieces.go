package casework

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Effect is what taking a piece over does to what stands there.
type Effect string

// The effects. Only what fills an empty field is proposed; the others are for people to ask for.
const (
	Fills    Effect = "fills"
	Adds     Effect = "adds"
	Replaces Effect = "replaces"
)

// Piece is what may be taken over by itself: a field, or an entry of a list.
type Piece struct {
	Name   string // the field's, with a place where it is an entry: activities.0
	Field  string
	Value  any // of a list: the entries, one or several
	Effect Effect
	list   bool
}

// Single tells whether a field holds one value, which another one would replace: a list grows.
func (f Field) Single() bool {
	return !slices.Contains([]FieldType{Activities, Texts, Experts, Team, Choices, Documents}, f.Type)
}

// Pieces are those of an original that a form does not have yet, in the order of its fields.
func Pieces(form Form, now, original Values) (pieces []Piece) {
	for _, f := range form.Fields {
		value, there := original[f.Name]
		if !there {
			continue
		}
		switch f.Type {
		case Activities, Texts:
			for i, entry := range entriesOf(value) {
				if p := entriesFor(f.Name+"."+strconv.Itoa(i), f.Name, now, []any{entry}); p.list {
					pieces = append(pieces, p)
				}
			}
		case Experts, Choices:
			if p := entriesFor(f.Name, f.Name, now, entriesOf(value)); p.list {
				pieces = append(pieces, p)
			}
		default:
			if same(now[f.Name], value) {
				continue
			}
			p := Piece{Name: f.Name, Field: f.Name, Value: value, Effect: Replaces}
			if Empty(now[f.Name]) {
				p.Effect = Fills
			}
			pieces = append(pieces, p)
		}
	}
	return pieces
}

// entriesFor is the piece of those entries that a list does not have; the zero value where it has them all.
func entriesFor(name, field string, now Values, entries []any) Piece {
	there := entriesOf(now[field])
	missing := slices.DeleteFunc(slices.Clone(entries), func(entry any) bool {
		return slices.ContainsFunc(there, func(other any) bool { return sameEntry(entry, other) })
	})
	switch {
	case len(missing) == 0:
		return Piece{}
	case len(there) == 0:
		return Piece{name, field, missing, Fills, true}
	}
	return Piece{name, field, missing, Adds, true}
}

// sameEntry: an activity is the same if it is called the same and delivers the same; its dates and experts are this case's.
func sameEntry(a, b any) bool {
	one, plan := a.(map[string]any)
	other, _ := b.(map[string]any)
	if plan {
		return same(one["title"], other["title"]) && same(one["deliverable"], other["deliverable"])
	}
	return same(a, b)
}

// TakeOver takes pieces over.
func TakeOver(now Values, pieces []Piece) Values {
	then := maps.Clone(now)
	if then == nil {
		then = Values{}
	}
	for _, p := range pieces {
		if p.list {
			then[p.Field] = slices.Concat(entriesOf(then[p.Field]), entriesOf(p.Value))
		} else {
			then[p.Field] = p.Value
		}
	}
	return then
}

// Taken is what was taken over into a draft the last time, so that there is a way back. Names are those by which texts may
// still speak of the cases that they came from.
type Taken struct {
	From   CaseNumber `json:"from"`
	Before Values     `json:"before"`
	After  Values     `json:"after"`
	Names  []string   `json:"names"`
}

// TakenFrom notes what taking over changed.
func TakenFrom(from CaseNumber, before, after Values, names []string) Taken {
	t := Taken{From: from, Before: Values{}, After: Values{}, Names: names}
	for name, value := range after {
		if !same(before[name], value) {
			t.Before[name], t.After[name] = before[name], value
		}
	}
	return t
}

// Back is the form as it was before, but for what was changed in it since: that stays, and nothing that somebody typed is
// lost.
func (t Taken) Back(now Values) Values {
	back := maps.Clone(now)
	for name, after := range t.After {
		if !same(now[name], after) {
			continue
		}
		if Empty(t.Before[name]) {
			delete(back, name)
		} else {
			back[name] = t.Before[name]
		}
	}
	return back
}

// same tells whether two values say the same: browsers end lines in their own way, and leave out what is empty.
func same(a, b any) bool {
	if Empty(a) || Empty(b) {
		return Empty(a) && Empty(b)
	}
	switch one := a.(type) {
	case string:
		other, text := b.(string)
		return text && plainText(one) == plainText(other)
	case []any:
		other, list := b.([]any)
		return list && slices.EqualFunc(one, other, same)
	case map[string]any:
		other, fields := b.(map[string]any)
		return fields && sameFieldsOf(one, other) && sameFieldsOf(other, one)
	}
	return a == b
}

func plainText(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }

func sameFieldsOf(one, other map[string]any) bool {
	for name, value := range one {
		if !same(value, other[name]) {
			return false
		}
	}
	return true
}

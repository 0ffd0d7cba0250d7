package casework

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// NamesIn are those names that stand as whole words in the texts of a value, in whatever letters.
func NamesIn(value any, names []string) (found []string) {
	text := spoken(textIn(value))
	for _, name := range names {
		if s := spoken(name); len(s) > 2 && strings.Contains(text, s) && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

// OnlyTheirs are the names of another case that are not this one's as well: whoever copies within a country may name it.
func OnlyTheirs(theirs, ours []string) (names []string) {
	for _, name := range theirs {
		if strings.TrimSpace(name) != "" && !slices.Contains(names, name) && len(NamesIn(strings.Join(ours, " | "), []string{name})) == 0 {
			names = append(names, name)
		}
	}
	return names
}

// spoken is a text by its words alone, each between two spaces.
func spoken(text string) string {
	words := strings.FieldsFunc(foldLetters.Replace(strings.ToLower(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
	})
	return " " + strings.Join(words, " ") + " "
}

// textIn is everything that is written in a value.
func textIn(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []any:
		texts := make([]string, len(v))
		for i, entry := range v {
			texts[i] = textIn(entry)
		}
		return strings.Join(texts, " | ")
	case map[string]any:
		return textIn(slices.Collect(maps.Values(v)))
	case Values:
		return textIn(map[string]any(v))
	}
	return ""
}

package casework

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Colleague is somebody who can be mentioned in a note.
type Colleague struct {
	ID    PersonID
	Name  string
	Email string
}

// Mentions are whom a note brings itself to: «@» at the beginning of a word, followed by a colleague's whole name, or by
// as much of it as means one of them alone. Unknown are the beginnings after which nobody, or more than one, is meant.
func Mentions(text string, among []Colleague) (who []PersonID, unknown []string) {
	before := ' '
	for i, r := range text {
		if r == '@' && !unicode.IsLetter(before) && !unicode.IsDigit(before) {
			after := text[i+1:]
			if person, found := named(after, among); found {
				if !slices.Contains(who, person) {
					who = append(who, person)
				}
			} else if word := firstWord(after); word != "" {
				unknown = append(unknown, "@"+word)
			}
		}
		before = r
	}
	return who, unknown
}

// named is who is meant by the beginning of a text: by the longest whole name, else by a first word that begins the name
// of one colleague alone, in whole words.
func named(text string, among []Colleague) (who PersonID, found bool) {
	longest := 0
	for _, c := range among {
		if n := prefixOf(text, c.Name); n > longest {
			who, longest = c.ID, n
		}
	}
	if longest > 0 {
		return who, true
	}
	word := firstWord(text)
	if word == "" {
		return "", false
	}
	for _, c := range among {
		if !strings.EqualFold(firstWord(c.Name), word) {
			continue
		}
		if found {
			return "", false // there are two of that name
		}
		who, found = c.ID, true
	}
	return who, found
}

// Among are the colleagues with these IDs or addresses; unknown are those that nobody has.
func Among(colleagues []Colleague, named []string) (who []PersonID, unknown []string) {
	for _, name := range named {
		i := slices.IndexFunc(colleagues, func(c Colleague) bool {
			return string(c.ID) == name || strings.EqualFold(c.Email, strings.TrimSpace(name))
		})
		if i < 0 {
			unknown = append(unknown, name)
			continue
		}
		who = append(who, colleagues[i].ID)
	}
	return who, unknown
}

// prefixOf is how many bytes of the text the whole name takes at its beginning; 0 where it does not stand there.
func prefixOf(text, name string) int {
	rest := text
	for _, want := range name {
		got, size := utf8.DecodeRuneInString(rest)
		if !strings.EqualFold(string(got), string(want)) {
			return 0
		}
		rest = rest[size:]
	}
	if next, _ := utf8.DecodeRuneInString(rest); rest != "" && (unicode.IsLetter(next) || unicode.IsDigit(next)) {
		return 0
	}
	return len(text) - len(rest)
}

// firstWord is letters, digits, marks and hyphens from the beginning.
func firstWord(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-' && r != '\''
	})
	if end < 0 {
		end = len(text)
	}
	return strings.TrimRight(text[:end], "-'")
}

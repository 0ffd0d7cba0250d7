package casework

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// What people are asked of a password: length, and that it is none of those that everybody tries first. No mixture of
// characters is asked for; that makes passwords worse.
const (
	ShortestPassword = 12
	LongestPassword  = 200 // characters
)

// Why a password is not taken.
const (
	PasswordTooShort = "short"
	PasswordTooLong  = "long"
	PasswordCommon   = "common"
	PasswordPersonal = "personal"
)

// WeakPassword says why a password is not taken, "" where it is. About is what others know of the person.
func WeakPassword(password string, about ...string) (why string) {
	letters := utf8.RuneCountInString(password)
	switch {
	case letters < ShortestPassword:
		return PasswordTooShort
	case letters > LongestPassword:
		return PasswordTooLong
	case monotonous(password) || everybodysWord(password):
		return PasswordCommon
	case saysWho(password, about):
		return PasswordPersonal
	}
	return ""
}

// fewest different characters that keep a password from being a pattern of the keyboard.
const fewest = 5

// monotonous: a few characters again and again, or characters that follow each other.
func monotonous(password string) bool {
	runes := []rune(password)
	seen, steps := map[rune]bool{}, 0
	for i, r := range runes {
		seen[r] = true
		if i > 0 && (r == runes[i-1]+1 || r == runes[i-1]-1 || r == '0' && runes[i-1] == '9') {
			steps++
		}
	}
	return len(seen) < fewest || steps >= len(runes)-2
}

// commonWords are those of which the commonest passwords are made, whatever digits and signs stand around them.
var commonWords = sync.OnceValue(func() (words []string) {
	var file struct {
		Version, Date, Source string
		Words                 []string // several to a line
	}
	readYAML("passwords.yaml", &file)
	for _, line := range file.Words {
		words = append(words, strings.Fields(line)...)
	}
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) }) // the longest first
	return words
})

// everybodysWord: nothing is left once the words that everybody takes are taken out.
func everybodysWord(password string) bool {
	rest := plainLetters(password)
	for _, word := range commonWords() {
		rest = strings.ReplaceAll(rest, word, "")
	}
	return len(rest) < fewest-1
}

// spelt are signs that people take for letters.
var spelt = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "@", "a", "5", "s", "$", "s", "7", "t", "!", "i")

// plainLetters is what one reads in a password: lower case, signs as the letters that they stand for. Digits and signs at
// the ends are decoration, unless the whole is digits.
func plainLetters(password string) string {
	lower := strings.ToLower(password)
	core := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	if core == "" {
		return lower
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, spelt.Replace(core))
}

// saysWho: the password is little more than a name or an address.
func saysWho(password string, about []string) bool {
	rest := strings.ToLower(password)
	parts := slices.Clone(about)
	for _, text := range about {
		parts = append(parts, strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })...)
	}
	slices.SortFunc(parts, func(a, b string) int { return len(b) - len(a) })
	for _, part := range parts {
		if utf8.RuneCountInString(part) > 2 {
			rest = strings.ReplaceAll(rest, strings.ToLower(part), "")
		}
	}
	return utf8.RuneCountInString(rest) < fewest
}

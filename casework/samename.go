package casework

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SameName tells whether two names may be one person's, as a government writes it and as the roster has it: «Dr Tomas
// Ibanez» is Tomás Ibáñez Ruiz, «HADDAD, Leila» and «L. Haddad» are Leila Haddad, and a slip of the pen is forgiven.
// The shorter name must be found whole in the longer one, and not by initials alone. It proposes; a person decides.
func SameName(a, b string) bool {
	one, other := nameParts(a), nameParts(b)
	return within(one, other) || within(other, one)
}

// within tells whether each part of a name is found in another, and one of them written out.
func within(short, long []string) bool {
	long = slices.Clone(long)
	written := false
	for _, part := range short {
		i := partIn(long, part)
		if i < 0 {
			return false
		}
		written = written || !initial(part) && !initial(long[i])
		long = slices.Delete(long, i, i+1)
	}
	return written
}

func partIn(parts []string, part string) int {
	if i := slices.Index(parts, part); i >= 0 {
		return i
	}
	return slices.IndexFunc(parts, func(other string) bool { return samePart(part, other) })
}

// nameParts are the parts of a name in small letters without accents, titles left out, the longest first: names come
// in either order, and an initial must not take what a whole name needs.
func nameParts(name string) (parts []string) {
	plain := foldLetters.Replace(strings.ToLower(name))
	for _, part := range strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if !slices.Contains(titles, part) {
			parts = append(parts, part)
		}
	}
	slices.SortStableFunc(parts, func(a, b string) int {
		return cmp.Or(cmp.Compare(utf8.RuneCountInString(b), utf8.RuneCountInString(a)), strings.Compare(a, b))
	})
	return parts
}

// No «me», «eng» or «hon»: they are titles, but also names.
var titles = strings.Fields("dr dra prof professor professora mr mrs ms madam monsieur madame mme mlle sr sra senor senora herr frau phd")

var foldLetters = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "ā", "a", "ă", "a", "ą", "a",
	"æ", "ae", "ç", "c", "ć", "c", "č", "c", "ď", "d", "đ", "d", "ð", "d", "é", "e", "è", "e", "ê", "e", "ë", "e", "ē", "e", "ę", "e", "ě", "e",
	"ğ", "g", "í", "i", "ì", "i", "î", "i", "ï", "i", "ī", "i", "ı", "i", "ł", "l", "ľ", "l", "ñ", "n", "ń", "n", "ň", "n",
	"ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ō", "o", "ő", "o", "ø", "o", "œ", "oe", "ř", "r", "ś", "s", "š", "s", "ş", "s", "ș", "s", "ß", "ss",
	"ť", "t", "ţ", "t", "ț", "t", "þ", "th", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ū", "u", "ů", "u", "ű", "u", "ý", "y", "ÿ", "y",
	"ź", "z", "ż", "z", "ž", "z", "\u0300", "", "\u0301", "", "\u0302", "", "\u0303", "", "\u0308", "", "\u0327", "", "\u030c", "", "’", "", "'", "")

// samePart forgives one slip in a part of five letters or more; a single letter stands for any part that it begins.
func samePart(a, b string) bool {
	if initial(a) || initial(b) {
		return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
	}
	return a == b || min(utf8.RuneCountInString(a), utf8.RuneCountInString(b)) >= 5 && oneSlip([]rune(a), []rune(b))
}

func initial(part string) bool { return utf8.RuneCountInString(part) == 1 }

// oneSlip: one letter too many, too few, wrong, or two swapped.
func oneSlip(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
		return i == len(a) || slices.Equal(a[i+1:], b[i+1:]) || swapped
	case 1:
		return slices.Equal(a[i:], b[i+1:])
	}
	return false
}

package casework

import (
	"net/mail"
	"strings"
	"unicode"
)

// Plain is a text as people see it. Word processors and PDFs leave line ends of their own kinds and control characters
// in what is pasted from them: no server takes those in a mail's subject. Marks that turn the direction of writing round
// go as well, since a name must not read as another one. A text of which nothing is to be seen is empty.
func Plain(text string) string {
	text = strings.Map(plain, strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n"))
	if !strings.ContainsFunc(text, seen) {
		return ""
	}
	return strings.TrimSpace(text)
}

// OneLine is Plain for what stands on one line, such as a name.
func OneLine(text string) string { return strings.Join(strings.Fields(Plain(text)), " ") }

func plain(r rune) rune {
	switch {
	case strings.ContainsRune("\r\v\f\u0085\u2028\u2029", r):
		return '\n'
	case r == '\n', r == '\t':
		return r
	case unicode.IsControl(r), r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069', r == '\uFEFF':
		return -1
	}
	return r
}

func seen(r rune) bool { return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) }

// What the standard for mail allows of an address.
const (
	longestAddress = 254
	longestMailbox = 64
	longestLabel   = 63
)

// ValidEmail tells whether a text is one address that mail can be sent to. A mailbox in other letters than ASCII needs a
// server at the other end that nobody can count on; a domain may be in any.
func ValidEmail(text string) bool {
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text || len(text) > longestAddress {
		return false
	}
	at := strings.LastIndex(text, "@")
	if at > longestMailbox || strings.ContainsFunc(text[:at], func(r rune) bool { return r > unicode.MaxASCII || r <= ' ' }) {
		return false
	}
	labels := strings.Split(text[at+1:], ".")
	for _, label := range labels {
		if !isLabel(label) {
			return false
		}
	}
	return len(labels) > 1
}

// isLabel tells whether a text may stand between the dots of a domain.
func isLabel(text string) bool {
	return text != "" && len(text) <= longestLabel && strings.Trim(text, "-") == text && !strings.ContainsFunc(text, func(r rune) bool {
		return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

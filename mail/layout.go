package mail

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// The catalogue breaks its lines where its file is full, people where they mean it. So what people wrote, and blocks
// that are lines, pass through the catalogue's texts with another sign for the end of a line.

const lineEnd = "\u2028"

// Kept lets a block keep its lines.
func Kept(block string) string {
	return strings.ReplaceAll(strings.ReplaceAll(block, "\r\n", "\n"), "\n", lineEnd)
}

var blankLines = regexp.MustCompile(`\n\s*\n\s*`)

// Flowing makes one line of each of the catalogue's paragraphs, and gives blocks their lines back.
func Flowing(text string) string {
	paragraphs := blankLines.Split(text, -1)
	for i, p := range paragraphs {
		paragraphs[i] = strings.ReplaceAll(p, "\n", " ")
	}
	return strings.ReplaceAll(strings.Join(paragraphs, "\n\n"), lineEnd, "\n")
}

// Columns is how wide mails are, for readers that do not wrap lines.
const Columns = 78

// LaidOut puts the parts of a mail below each other, without what empty ones leave behind, and breaks long lines. What
// has no spaces, such as a link, stays in one piece.
func LaidOut(parts ...string) string {
	text := strings.Join(parts, "\n\n")
	var lines []string
	for line := range strings.SplitSeq(blankLines.ReplaceAllString(text, "\n\n"), "\n") {
		lines = append(lines, wrapped(line)...)
	}
	return strings.TrimSpace(strings.Join(lines, "\n")) + "\n"
}

func wrapped(line string) (lines []string) {
	var current strings.Builder
	for word := range strings.FieldsSeq(line) {
		if current.Len() > 0 && utf8.RuneCountInString(current.String())+1+utf8.RuneCountInString(word) > Columns {
			lines = append(lines, current.String())
			current.Reset()
		}
		if current.Len() > 0 {
			current.WriteByte(' ')
		}
		current.WriteString(word)
	}
	return append(lines, current.String())
}

// Beginning is as much of a text as shows what it is about, in whole words; more tells whether it goes on.
func Beginning(text string, lines, characters int) (beginning string, more bool) {
	all := strings.Split(strings.TrimSpace(text), "\n")
	beginning, more = strings.Join(all[:min(lines, len(all))], "\n"), len(all) > lines
	if runes := []rune(beginning); len(runes) > characters {
		beginning, more = string(runes[:characters]), true
		if space := strings.LastIndexAny(beginning, " \n"); space > 0 {
			beginning = beginning[:space]
		}
	}
	return strings.TrimSpace(beginning), more
}

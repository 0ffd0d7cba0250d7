package mail

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Elements whose content nobody reads, and those that begin a new line.
var (
	unread = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Title: true}
	block  = map[atom.Atom]bool{
		atom.P: true, atom.Div: true, atom.Br: true, atom.Tr: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Table: true, atom.Hr: true,
		atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Blockquote: true, atom.Pre: true,
	}
)

var (
	spaces     = regexp.MustCompile(`[ \t\r\n\x{00A0}]+`)
	lineEnds   = regexp.MustCompile(` *\n *`)
	emptyLines = regexp.MustCompile(`\n{3,}`)
)

// textOfHTML is the words of a page, a line for each block. It goes token by token, so that nesting costs nothing, and
// loads nothing. A link shows where it leads: a person must see what hides behind «click here».
func textOfHTML(page string) string {
	var b strings.Builder
	var skipped, link string
	for tokens := html.NewTokenizer(strings.NewReader(page)); ; {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return strings.TrimSpace(emptyLines.ReplaceAllString(lineEnds.ReplaceAllString(b.String(), "\n"), "\n\n"))
		}
		token := tokens.Token()
		switch {
		case skipped != "":
			if kind == html.EndTagToken && token.Data == skipped {
				skipped = ""
			}
		case kind == html.TextToken:
			b.WriteString(spaces.ReplaceAllString(token.Data, " "))
		case kind == html.StartTagToken && unread[token.DataAtom]:
			skipped = token.Data
		case kind == html.EndTagToken && token.DataAtom == atom.A && link != "":
			b.WriteString(" <" + link + ">")
			link = ""
		case token.DataAtom == atom.A && kind == html.StartTagToken:
			link = target(token)
		case kind == html.StartTagToken && (token.DataAtom == atom.Td || token.DataAtom == atom.Th):
			b.WriteString(" ")
		case block[token.DataAtom]:
			b.WriteString("\n")
		}
	}
}

func target(link html.Token) string {
	for _, a := range link.Attr {
		if a.Key == "href" && (strings.HasPrefix(a.Val, "http://") || strings.HasPrefix(a.Val, "https://")) {
			return a.Val
		}
	}
	return ""
}

// Package letters renders what CONNEX writes: each kind of letter as a PDF (and the draft of the government's letter
// as editable text, too). A letter is data; its layout is one Typst template per kind under templates/, its default
// paragraphs and labels are the catalogue's (words/en/letters.yaml). The same letter is the same bytes, on every
// machine and in every year, so that rendering again after a fault changes nothing.
//
// Files are PDF/A-2a: tagged, self-contained, with text that can be searched and read aloud in any of the scripts that
// fonts/ covers. A letter that cannot be shown whole, because a character has no glyph in any of them, is refused as a
// Fault that names it, and never sent with a hole.
package letters

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"connex/casework"

	"golang.org/x/text/unicode/norm"
)

// Kind is what sort of letter it is; templates/ has a file of that name.
type Kind string

// The kinds of letters.
const (
	RequestLetter    Kind = "request-letter"
	Acknowledgement  Kind = "acknowledgement"
	Approval         Kind = "approval"
	Declining        Kind = "declining"
	Closing          Kind = "closing"
	EvaluationReport Kind = "evaluation-report"
)

// Kinds lists them in the order in which they are written.
var Kinds = []Kind{RequestLetter, Acknowledgement, Approval, Declining, Closing, EvaluationReport}

// Letter is everything that stands in a letter. In any text a line break stays one; nothing is markup.
type Letter struct {
	Kind      Kind
	Language  string
	Date      string // YYYY-MM-DD, the day in the case's calendar
	Reference casework.CaseNumber

	Secretariat casework.Letterhead // as the settings have it; zero: as the process does
	Sender      []string            // empty: the Secretariat, and for a request letter the institution
	Addressee   []string            // empty, for a request letter: the Secretariat
	Institution string              // named in the address even where Addressee forgets it; so is Contact
	Contact     string
	Subject     string
	Salutation  string
	Paragraphs  []string
	Conditions  []string // of an approval: «on the following understanding»
	Facts       []Fact   // of a report: what it is about; of a closing letter: what was done
	Sections    []Section
	Closing     string
	Signatory   Signatory // a request letter may leave it to the government
	Copies      []string
}

// Signatory is who signs, and as what.
type Signatory struct {
	Name   string
	Office string
}

// Fact is a line such as «Country: Namibia».
type Fact struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Section is a chapter of a report: a criterion, its grade in words, and what there is to say.
type Section struct {
	Title      string   `json:"title"`
	Note       string   `json:"note"`
	Paragraphs []string `json:"paragraphs"`
}

// Fault says that this letter cannot be rendered as it is, however often one tries: its data must change. Every other
// error of this package may be gone next time.
type Fault struct {
	Why        casework.Sentence
	Characters string // those that no font of ours has, where that is the reason
}

func (f *Fault) Error() string { return "letter: " + f.Why.ID }

const (
	longestText = 25_000 // characters: what a form takes, and our words around it
	mostTexts   = 500
)

// check finds what no template can mend. The lack of an institution or a contact is none: a case must be able to go on
// with what is known.
func (l *Letter) check() error {
	texts := l.texts()
	switch {
	case !slices.Contains(Kinds, l.Kind):
		return &Fault{Why: casework.Say("refusal.letter.other", "Said", fmt.Sprintf("there is no kind %q", l.Kind))}
	case !l.Reference.Valid():
		return &Fault{Why: casework.Say("refusal.letter.other", "Said", fmt.Sprintf("%q is no case number", l.Reference))}
	case blank(l.Subject):
		return &Fault{Why: casework.Say("refusal.letter.no-subject")}
	case len(l.Paragraphs)+len(l.Sections) == 0:
		return &Fault{Why: casework.Say("refusal.letter.empty")}
	case l.Kind != RequestLetter && blank(l.Signatory.Name):
		return &Fault{Why: casework.Say("refusal.letter.unsigned")}
	case len(texts) > mostTexts:
		return &Fault{Why: casework.Say("refusal.letter.too-many", "Limit", mostTexts)}
	}
	if _, err := l.day(); err != nil {
		return &Fault{Why: casework.Say("refusal.letter.other", "Said", fmt.Sprintf("%q is no date", l.Date))}
	}
	for _, text := range texts {
		if utf8.RuneCountInString(*text) > longestText {
			return &Fault{Why: casework.Say("refusal.letter.too-long", "Limit", longestText)}
		}
	}
	return nil
}

func (l *Letter) day() (time.Time, error) { return time.Parse(time.DateOnly, l.Date) }

// texts are all texts of a letter, to look at or to change.
func (l *Letter) texts() []*string {
	all := []*string{&l.Institution, &l.Contact, &l.Subject, &l.Salutation, &l.Closing, &l.Signatory.Name, &l.Signatory.Office,
		&l.Secretariat.Name, &l.Secretariat.Telephone, &l.Secretariat.Mail}
	for _, list := range [][]string{l.Secretariat.Address, l.Sender, l.Addressee, l.Paragraphs, l.Conditions, l.Copies} {
		all = append(all, pointers(list)...)
	}
	for i := range l.Facts {
		all = append(all, &l.Facts[i].Label, &l.Facts[i].Value)
	}
	for i := range l.Sections {
		s := &l.Sections[i]
		all = append(append(all, &s.Title, &s.Note), pointers(s.Paragraphs)...)
	}
	return all
}

// clean is the letter as it is set: a copy without what pasting from elsewhere drags along.
func (l Letter) clean() Letter {
	for _, list := range []*[]string{&l.Secretariat.Address, &l.Sender, &l.Addressee, &l.Paragraphs, &l.Conditions, &l.Copies} {
		*list = slices.DeleteFunc(slices.Clone(*list), blank)
	}
	l.Facts = slices.Clone(l.Facts)
	l.Sections = slices.Clone(l.Sections)
	for i := range l.Sections {
		l.Sections[i].Paragraphs = slices.DeleteFunc(slices.Clone(l.Sections[i].Paragraphs), blank)
	}
	for _, text := range l.texts() {
		*text = cleanText(*text)
	}
	return l
}

// cleanText drops what cannot be seen. Joiners and spaces without width stay: Persian, Hindi, Khmer need them.
func cleanText(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r == '\u200B', r == '\u200C', r == '\u200D', unicode.Is(unicode.Prepended_Concatenation_Mark, r):
			return r
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, norm.NFC.String(casework.Plain(text)))
	return strings.TrimSpace(text)
}

func pointers(list []string) []*string {
	all := make([]*string, len(list))
	for i := range list {
		all[i] = &list[i]
	}
	return all
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

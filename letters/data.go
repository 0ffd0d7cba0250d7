package letters

import (
	"cmp"
	"slices"
	"strings"

	"connex/casework"
	"connex/words"
)

// data is what a template reads; templates/base.typ has the other end.
type data struct {
	Kind       Kind              `json:"kind"`
	Language   string            `json:"language"`
	Day        []int             `json:"day"`
	Date       string            `json:"date"`
	Reference  string            `json:"reference"`
	Title      string            `json:"title"`
	Author     string            `json:"author"`
	Footer     string            `json:"footer"`
	Sender     []string          `json:"sender"`
	Addressee  []string          `json:"addressee"`
	Subject    string            `json:"subject"`
	Salutation string            `json:"salutation"`
	Paragraphs []string          `json:"paragraphs"`
	Conditions []string          `json:"conditions"`
	Facts      []Fact            `json:"facts"`
	Sections   []Section         `json:"sections"`
	Closing    string            `json:"closing"`
	Signatory  []string          `json:"signatory"`
	Copies     []string          `json:"copies"`
	Words      map[string]string `json:"words"`
}

var labels = []string{"reference", "copies", "understanding", "draft", "pages"}

// dataOf expects a letter that was cleaned and checked.
func dataOf(l Letter) data {
	w := words.In(l.Language)
	day, _ := l.day()
	d := data{
		Kind: l.Kind, Language: w.Language(), Day: []int{day.Year(), int(day.Month()), day.Day()}, Date: w.Date(day),
		Reference: string(l.Reference), Title: l.Subject + " (" + string(l.Reference) + ")", Footer: string(l.Reference),
		Sender: sender(l, w), Addressee: addressee(l), Subject: l.Subject, Salutation: l.Salutation,
		Paragraphs: some(l.Paragraphs), Conditions: some(l.Conditions), Facts: facts(l, w), Sections: sections(l.Sections),
		Closing: l.Closing, Signatory: signatory(l, w), Copies: some(l.Copies), Words: map[string]string{},
	}
	d.Author = d.Sender[0]
	for _, label := range labels {
		d.Words[label] = w.T("letter.label." + label)
	}
	if l.Kind == RequestLetter { // it is theirs: the day is still to come, and our number is the other side's
		d.Date, d.Words["reference"] = w.T("letter.label.blank-date"), w.T("letter.label.your-reference")
	}
	return d
}

func sender(l Letter, w *words.Words) []string {
	switch {
	case len(l.Sender) > 0:
		return l.Sender
	case l.Kind == RequestLetter:
		lines := []string{cmp.Or(l.Institution, w.T("letter.label.blank-institution")), l.Contact}
		return slices.DeleteFunc(lines, blank)
	}
	house := secretariat(l)
	lines := house.Lines()
	if house.Telephone != "" {
		lines = append(lines, w.T("letter.label.telephone", "Number", house.Telephone))
	}
	return slices.DeleteFunc(append(lines, house.Mail), blank)
}

// secretariat is where governments write to.
func secretariat(l Letter) casework.Letterhead {
	if l.Secretariat.Name == "" {
		return casework.Settings(nil).Letterhead()
	}
	return l.Secretariat
}

// addressee names the contact and the institution, whatever the lines that were given say.
func addressee(l Letter) []string {
	if l.Kind == RequestLetter {
		if len(l.Addressee) == 0 {
			return secretariat(l).Lines()
		}
		return l.Addressee
	}
	lines := slices.Clone(l.Addressee)
	all := strings.Join(lines, "\n")
	for _, must := range []string{l.Institution, l.Contact} {
		if must != "" && !strings.Contains(all, must) {
			lines = append([]string{must}, lines...)
		}
	}
	return some(lines)
}

func signatory(l Letter, w *words.Words) []string {
	lines := []string{l.Signatory.Name, l.Signatory.Office}
	if l.Kind == RequestLetter {
		lines[0] = cmp.Or(lines[0], w.T("letter.label.blank-name"))
		lines[1] = cmp.Or(lines[1], w.T("letter.label.blank-office"))
		if l.Institution != "" {
			lines = append(lines, l.Institution)
		}
	}
	return slices.DeleteFunc(lines, blank)
}

// facts of a report name institution and contact as well: it has no address that would.
func facts(l Letter, w *words.Words) []Fact {
	all := some(l.Facts)
	if l.Kind != EvaluationReport {
		return all
	}
	for _, must := range []Fact{{"institution", l.Institution}, {"contact", l.Contact}} {
		named := slices.ContainsFunc(all, func(f Fact) bool { return strings.Contains(f.Value, must.Value) })
		if must.Value != "" && !named {
			all = append(all, Fact{w.T("letter.evaluation-report.fact." + must.Label), must.Value})
		}
	}
	return all
}

func sections(list []Section) []Section {
	for i := range list {
		list[i].Paragraphs = some(list[i].Paragraphs)
	}
	return some(list)
}

// some is the list, never JSON's null.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

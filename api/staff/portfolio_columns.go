package staff

import (
	"slices"
	"strings"
	"time"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// column is one of the portfolio's: its heading is the word portfolio.column.<name>.
type column struct {
	name  string
	order string // of the store's; empty: cannot be sorted
	usual bool   // shown to who never chose
	whole bool   // its text stays on one line
	cell  func(*words.Words, store.PortfolioLine) cell
}

// cell is what stands in a column. A file gets the text, and a column of its own for what a mark says.
type cell struct {
	Text, Href string
	Day        *time.Time // instead of a text: an instant in the case's calendar
	Mark       string     // suspended, late: how it looks, and its word portfolio.mark.<mark>
}

// portfolioColumns are all that there are, in the order in which they stand. The first is always there.
var portfolioColumns = []column{
	{"case", "case", true, true, func(_ *words.Words, l store.PortfolioLine) cell {
		return cell{Text: string(l.CaseNumber), Href: "/requests/" + string(l.CaseNumber)}
	}},
	{"country", "country", true, false, func(w *words.Words, l store.PortfolioLine) cell { return cell{Text: optionOr(w, l.Country)} }},
	{"institution", "institution", true, false, func(_ *words.Words, l store.PortfolioLine) cell { return cell{Text: l.Institution} }},
	{"contact", "contact", false, false, func(_ *words.Words, l store.PortfolioLine) cell { return cell{Text: l.Contact} }},
	{"phase", "phase", true, false, func(w *words.Words, l store.PortfolioLine) cell {
		return cell{Text: standing(w, l.Phase, l.Ending), Mark: markIf(l.Suspended, "suspended")}
	}},
	{"waits", "", true, false, func(w *words.Words, l store.PortfolioLine) cell { return cell{Text: kindWords(w, l.WaitingFor)} }},
	{"due", "due", true, true, func(_ *words.Words, l store.PortfolioLine) cell {
		return cell{Day: l.DueAt, Mark: markIf(l.Overdue, "late")}
	}},
	{"officer", "officer", true, false, func(_ *words.Words, l store.PortfolioLine) cell { return cell{Text: l.OfficerName} }},
	{"sector", "sector", false, false, func(w *words.Words, l store.PortfolioLine) cell { return cell{Text: optionOr(w, l.Sector)} }},
	{"resource", "resource", false, false, func(w *words.Words, l store.PortfolioLine) cell { return cell{Text: optionOr(w, l.Resource)} }},
	{"stage", "stage", false, false, func(w *words.Words, l store.PortfolioLine) cell { return cell{Text: optionOr(w, l.Stage)} }},
	{"risk", "risk", false, false, func(w *words.Words, l store.PortfolioLine) cell { return cell{Text: optionOr(w, string(l.Risk))} }},
	{"opened", "opened", false, true, func(_ *words.Words, l store.PortfolioLine) cell { return cell{Day: &l.OpenedAt} }},
	{"entered", "entered", false, true, func(_ *words.Words, l store.PortfolioLine) cell { return cell{Day: &l.EnteredAt} }},
	{"ended", "ended", false, true, func(_ *words.Words, l store.PortfolioLine) cell { return cell{Day: l.EndedAt} }},
}

func markIf(is bool, mark string) string {
	if is {
		return mark
	}
	return ""
}

func optionOr(w *words.Words, value string) string {
	if value == "" {
		return ""
	}
	return w.T("option." + value)
}

// columnsNamed are those of these names, and the first; the usual ones where there is none of them.
func columnsNamed(names []string) (chosen []column) {
	for i, column := range portfolioColumns {
		if i == 0 || slices.Contains(names, column.name) {
			chosen = append(chosen, column)
		}
	}
	if len(chosen) == 1 {
		chosen = slices.DeleteFunc(slices.Clone(portfolioColumns), func(c column) bool { return !c.usual })
	}
	return chosen
}

// ranksOf are the values of a column whose words are sorted, in the order of these words.
func ranksOf(w *words.Words, order string) []string {
	list, sorted := map[string]string{"country": casework.Countries, "sector": casework.Sectors, "resource": casework.Resources}[order]
	if !sorted {
		return nil
	}
	return w.Sorted(list)
}

// portfolioTable is the list.
type portfolioTable struct {
	Heads []tableHead
	Rows  [][]tableCell
	Next  string
}

// tableHead is a heading; Sorted is what aria-sort says.
type tableHead struct{ Label, Href, Sorted, Icon string }

type tableCell struct {
	cell
	Label string // of the column, where a row is shown as a card
	Whole bool
}

func tableOf(w *words.Words, l look, lines []store.PortfolioLine) *portfolioTable {
	t := &portfolioTable{}
	for _, column := range l.columns {
		t.Heads = append(t.Heads, l.head(w, column))
	}
	for _, line := range lines {
		var row []tableCell
		for i, column := range l.columns {
			row = append(row, tableCell{column.cell(w, line), t.Heads[i].Label, column.whole})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// head leads to the same list sorted by this column; pressed again, the other way round.
func (l look) head(w *words.Words, c column) tableHead {
	head := tableHead{Label: w.T("portfolio.column." + c.name), Icon: "sort"}
	switch {
	case c.order == "":
		return tableHead{Label: head.Label}
	case l.filter.Sort == c.order:
		head.Sorted, head.Icon, head.Href = "ascending", "up", l.at("/requests", "sort", "-"+c.order)
	case l.filter.Sort == "-"+c.order || l.filter.Sort == "" && c.order == "opened":
		head.Sorted, head.Icon, head.Href = "descending", "down", l.at("/requests", "sort", c.order)
	default:
		head.Href = l.at("/requests", "sort", c.order)
	}
	return head
}

// columnChoice is a column that one may show or not.
type columnChoice struct {
	Name, Label string
	On          bool
}

func choicesOf(w *words.Words, shown []column) (choices []columnChoice) {
	for _, c := range portfolioColumns[1:] {
		on := slices.ContainsFunc(shown, func(s column) bool { return s.name == c.name })
		choices = append(choices, columnChoice{c.name, w.T("portfolio.column." + c.name), on})
	}
	return choices
}

// namesTicked are the columns that somebody ticked.
func namesTicked(ticked []string) (names []string) {
	for _, c := range portfolioColumns[1:] {
		if slices.Contains(ticked, c.name) {
			names = append(names, c.name)
		}
	}
	return names
}

// sheet are the requests as they are shown, with their dates as spreadsheets sort them.
func (l look) sheet(w *words.Words, lines []store.PortfolioLine) web.Sheet {
	sheet := web.Sheet{Name: w.T("portfolio.title")}
	for _, column := range l.columns {
		sheet.Head = append(sheet.Head, w.T("portfolio.column."+column.name))
		if mark := marks[column.name]; mark != "" {
			sheet.Head = append(sheet.Head, strings.ToUpper(w.T("portfolio.mark." + mark)[:1])+w.T("portfolio.mark." + mark)[1:])
		}
	}
	for _, line := range lines {
		var row []any
		for _, column := range l.columns {
			c := column.cell(w, line)
			if c.Day != nil {
				c.Text = casework.DateOf(*c.Day)
			}
			row = append(row, c.Text)
			if marks[column.name] != "" {
				row = append(row, w.T("option."+yesNo(c.Mark != "")))
			}
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return sheet
}

// marks are the columns in which a mark may stand, and which.
var marks = map[string]string{"phase": "suspended", "due": "late"}

func yesNo(is bool) string {
	if is {
		return casework.Yes
	}
	return casework.No
}

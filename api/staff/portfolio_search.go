package staff

import (
	"slices"
	"strings"

	"connex/casework"
	"connex/store"
	"connex/words"
)

// searchPart is the form that narrows the portfolio down, and what narrows it now.
type searchPart struct {
	Q       string
	Hidden  map[string]string // of the address, what the form does not ask
	First   []filter          // the filters that most people use
	More    []filter
	Open    bool // one of the others is in use
	Active  []activeFilter
	Clear   string
	Sorting []answer // of the list alone
}

// filter offers answers, each with how many requests it would show.
type filter struct {
	Name, Label string
	Answers     []answer
}

type answer struct {
	Value, Label string
	On           bool
	Count        int
}

// activeFilter can be taken away again.
type activeFilter struct{ Label, Value, Href string }

// mostUsed of filterNames stand beside the search field.
const mostUsed = 3

func searchOf(w *words.Words, l look, counts store.PortfolioCounts, officers []answer) searchPart {
	part := searchPart{Q: l.filter.Text, Hidden: map[string]string{}}
	if l.view == viewList {
		part.Sorting = sortings(w, l)
	}
	for _, name := range []string{"view", "columns"} {
		if value := l.asked.Get(name); value != "" {
			part.Hidden[name] = value
		}
	}
	if l.filter.Text != "" {
		part.Active = append(part.Active, activeFilter{w.T("portfolio.q"), l.filter.Text, l.at("/requests", "q", "")})
	}
	for i, name := range filterNames {
		f := filter{Name: name, Label: w.T("portfolio.filter." + name), Answers: answersOf(w, l, name, counts, officers)}
		if value := l.asked.Get(name); value != "" {
			part.Active = append(part.Active, activeFilter{f.Label, chosenWord(f.Answers, value), l.at("/requests", name, "")})
			part.Open = part.Open || i >= mostUsed
		}
		if i < mostUsed {
			part.First = append(part.First, f)
		} else {
			part.More = append(part.More, f)
		}
	}
	if len(part.Active) > 0 {
		nothing := []string{"q", ""}
		for _, name := range filterNames {
			nothing = append(nothing, name, "")
		}
		part.Clear = l.at("/requests", nothing...)
	}
	return part
}

func chosenWord(answers []answer, value string) string {
	for _, a := range answers {
		if a.On {
			return a.Label
		}
	}
	return value
}

// answersOf a filter are those that show something, and the one that is chosen.
func answersOf(w *words.Words, l look, name string, counts store.PortfolioCounts, officers []answer) (answers []answer) {
	chosen := l.asked.Get(name)
	for _, a := range answersTo(w, name, chosen, officers) {
		a.Count = counts.By[name][a.Value]
		if a.On = a.Value == chosen; a.On {
			a.Count = counts.All
		}
		if a.On || a.Count > 0 {
			answers = append(answers, a)
		}
	}
	return answers
}

// answersTo are all answers of a filter in their order. A task that somebody's link waits for is one as well.
func answersTo(w *words.Words, name, chosen string, officers []answer) []answer {
	switch name {
	case "phase":
		return worded(w, "page.phase.", casework.Phases)
	case "country":
		return worded(w, "option.", w.Sorted(casework.Countries))
	case "sector":
		return worded(w, "option.", casework.ListValues(casework.Sectors))
	case "risk":
		return worded(w, "option.", []casework.Rating{casework.Low, casework.Medium, casework.High})
	case "officer":
		return append(slices.Clone(officers), answer{Value: store.Nobody, Label: w.T("portfolio.nobody")})
	case "waitingFor":
		roles := worded(w, "page.role.", []casework.Role{casework.CaseOfficer, casework.Reviewer, casework.BoardMember, casework.Head,
			casework.Evaluator, casework.Government, casework.Expert})
		if _, kind := casework.KindOf(casework.TaskKind(chosen)); kind {
			roles = append(roles, answer{Value: chosen, Label: plainTitle(w, casework.TaskKind(chosen))})
		}
		return roles
	case "ended":
		return []answer{{Value: casework.No, Label: w.T("portfolio.going-on")}, {Value: casework.Yes, Label: w.T("portfolio.over")}}
	}
	return worded(w, "option.", []string{casework.Yes, casework.No})
}

func worded[T ~string](w *words.Words, prefix string, values []T) (options []answer) {
	for _, value := range values {
		options = append(options, answer{Value: string(value), Label: w.T(prefix + string(value))})
	}
	return options
}

// sortings are the orders for who has no headings to press: each column one way, and the order of now.
func sortings(w *words.Words, l look) []answer {
	options := []answer{{Value: "", Label: w.T("portfolio.newest"), On: l.filter.Sort == ""}}
	for _, c := range portfolioColumns {
		if c.order != "" {
			options = append(options, answer{Value: c.order, Label: w.T("portfolio.column." + c.name), On: l.filter.Sort == c.order})
		}
	}
	if name, down := strings.CutPrefix(l.filter.Sort, "-"); down {
		i := slices.IndexFunc(portfolioColumns, func(c column) bool { return c.order == name })
		options = append(options, answer{Value: l.filter.Sort, On: true,
			Label: w.T("portfolio.downwards", "Column", w.T("portfolio.column."+portfolioColumns[i].name))})
	}
	return options
}

package e2e

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// print shows what was measured, the aims beside it. A ratio is to the floor of the same turns.
func (m measured) print(to io.Writer) {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	line := func(cells ...string) { fmt.Fprintln(w, strings.Join(cells, "\t")) }
	fmt.Fprintln(to)
	line(append(headings(m.alone), "aim")...)
	line(append([]string{"click to visible, 1 at once, p50"}, m.visits(m.alone, 50, "at most 0.70 ×")...)...)
	line(append([]string{"                                p95"}, m.visits(m.alone, 95, "")...)...)
	line(append([]string{"click to visible, 8 at once, p50"}, m.visits(m.group, 50, "at most 0.40 ×")...)...)
	line(append([]string{"                                p95"}, m.visits(m.group, 95, "")...)...)
	line(append([]string{"decisions a second, 8 at once"}, m.rates(m.group, "")...)...)
	line(append([]string{fmt.Sprintf("decisions a second, %d at once", crowd)}, m.rates(m.crowd, "at least 3.00 ×")...)...)
	for _, what := range []struct {
		name, aim string
		of        func(cost) float64
	}{
		{"history events a decision", "at most 6", func(k cost) float64 { return float64(k.events) }},
		{"SQL statements a decision", "", func(k cost) float64 { return float64(sum(k.statements)) }},
		{"Temporal calls a decision", "", func(k cost) float64 { return float64(sum(k.calls)) }},
		{"processor ms a decision", "", func(k cost) float64 { return float64(sum(k.processor)) }},
	} {
		cells := beside(m.alone, func(l *lane) float64 { return what.of(m.costs[l.name]) / float64(m.decisions[l.name]) }, "%.1f", what.aim)
		line(append([]string{what.name}, cells...)...)
	}
	line("memory after the run", fmt.Sprintf("api %.0f MB", m.programs["api"].megabytes), fmt.Sprintf("worker %.0f MB", m.programs["worker"].megabytes),
		"", "", "", "", "", "at most 120 MB each")
	_ = w.Flush() // to the terminal
	m.printCosts(to)
}

func headings(lanes []*lane) []string {
	cells := []string{"", lanes[0].name}
	for _, l := range lanes[1:] {
		cells = append(cells, l.name, "")
	}
	return cells
}

func (m measured) visits(lanes []*lane, p int, aim string) []string {
	return beside(lanes, func(l *lane) float64 { return float64(l.percentile(p)) / float64(time.Millisecond) }, "%.1f ms", aim)
}

func (m measured) rates(lanes []*lane, aim string) []string {
	return beside(lanes, (*lane).rate, "%.1f", aim)
}

// beside sets each lane's value beside its ratio to the floor's, which is the first.
func beside(lanes []*lane, value func(*lane) float64, format, aim string) (cells []string) {
	floor := value(lanes[0])
	cells = append(cells, fmt.Sprintf(format, floor))
	for _, l := range lanes[1:] {
		cells = append(cells, fmt.Sprintf(format, value(l)), fmt.Sprintf("%.2f ×", value(l)/floor))
	}
	return append(cells, aim)
}

// printCosts shows of what the counts are made. What goes on anyway is taken off, and shown first.
func (m measured) printCosts(to io.Writer) {
	idle := m.costs["idle"]
	fmt.Fprintf(to, "\nidle, in %.0f s: statements: %s; Temporal calls: %s; processor ms: %s\n", idle.took.Seconds(), listed(idle.statements), listed(idle.calls), listed(idle.processor))
	for _, name := range m.counted {
		k := m.costs[name]
		fmt.Fprintf(to, "%d × %s in %.0f s: %d events, and %d of %d mails; %d statements: %s; %d Temporal calls: %s; processor ms: %s\n",
			m.decisions[name], name, k.took.Seconds(), k.events, total(k.mails), len(k.mails),
			sum(k.statements), listed(k.statements), sum(k.calls), listed(k.calls), listed(k.processor))
	}
}

func total(of []int64) (n int64) {
	for _, each := range of {
		n += each
	}
	return n
}

// listed are counts, the largest first.
func listed(of map[string]int) string {
	var names []string
	for name, n := range of {
		if n > 0 {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if of[a] != of[b] {
			return of[b] - of[a]
		}
		return strings.Compare(a, b)
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%s %d", name, of[name])
	}
	return strings.Join(names, ", ")
}

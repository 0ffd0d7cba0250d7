package store

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"connex/casework"
)

// order is how a list of requests is sorted: by a key, and by case number where that is the same. What has no key comes
// last in both directions.
type order struct {
	name string // as it is asked for, with its direction
	key  string // SQL, never null
	kind string // its type
	down bool
}

// ranks stands for the values of a column in the order of their words, where words are sorted.
const ranks = `{ranks}`

// portfolioKeys are the keys that there are.
var portfolioKeys = map[string]struct{ key, kind string }{
	"case":        {`left(r.case_number, 9) || lpad(substr(r.case_number, 10), 12, '0')`, "text"},
	"country":     {`array_position(` + ranks + `::text[], r.country)`, "float8"},
	"institution": {`NULLIF(folded(r.institution), '')`, "text"},
	"contact":     {`NULLIF(folded(r.contact_name), '')`, "text"},
	"sector":      {`array_position(` + ranks + `::text[], r.sector)`, "float8"},
	"resource":    {`array_position(` + ranks + `::text[], r.resource)`, "float8"},
	"stage":       {`array_position(ARRAY['pre', 'during', 'post'], r.negotiation_stage)`, "float8"},
	"phase":       {phaseRank(), "float8"},
	"officer":     {`folded(o.name)`, "text"},
	"risk":        {`array_position(ARRAY['low', 'medium', 'high'], r.risk)`, "float8"},
	"opened":      {`r.opened_real_at`, "timestamptz"},
	"entered":     {`r.phase_entered_at`, "timestamptz"},
	"ended":       {`r.ended_real_at`, "timestamptz"},
	"due":         {`w.due_real_at`, "timestamptz"},
}

// phaseRank has the phases in their order, and after them whatever has ended.
func phaseRank() string {
	var phases []string
	for _, phase := range casework.Phases {
		phases = append(phases, `'`+string(phase)+`'`)
	}
	return `CASE WHEN r.ending = '' THEN array_position(ARRAY[` + strings.Join(phases, ", ") + `], r.phase) ELSE 100 END`
}

// extremes stand for no key: the last of all, whatever the direction.
var extremes = map[string]struct{ up, down string }{
	"text":        {`chr(1114111)`, `''`},
	"float8":      {`'infinity'::float8`, `'-infinity'::float8`},
	"timestamptz": {`'infinity'::timestamptz`, `'-infinity'::timestamptz`},
}

// PortfolioOrders are the names by which a list of requests can be sorted.
func PortfolioOrders() []string { return slices.Sorted(maps.Keys(portfolioKeys)) }

// order of the filter; the newest first where it names none that there is.
func (f PortfolioFilter) order(q *portfolioQuery) order {
	name, down := strings.CutPrefix(f.Sort, "-")
	sorted, known := portfolioKeys[name]
	if !known {
		return order{name: "-opened", key: `r.opened_real_at`, kind: "timestamptz", down: true}
	}
	missing := extremes[sorted.kind].up
	if down {
		missing = extremes[sorted.kind].down
	}
	if strings.Contains(sorted.key, ranks) {
		sorted.key = strings.ReplaceAll(sorted.key, ranks, q.arg(array(f.Ranks)))
	}
	return order{name: f.Sort, key: `COALESCE(` + sorted.key + `, ` + missing + `)`, kind: sorted.kind, down: down}
}

// sortable is the key as it is compared: texts byte by byte, the same on every server.
func (o order) sortable() string {
	if o.kind == "text" {
		return `(` + o.key + `) COLLATE "C"`
	}
	return o.key
}

func (o order) by() string {
	if o.down {
		return o.sortable() + ` DESC, r.case_number COLLATE "C" DESC`
	}
	return o.sortable() + `, r.case_number COLLATE "C"`
}

// after is the condition for what follows the line where a page ended; none where that is no cursor of this order.
func (o order) after(q *portfolioQuery, cursor string) string {
	parts, ours := o.partsOf(cursor)
	if !ours {
		return ""
	}
	than := ` > `
	if o.down {
		than = ` < `
	}
	return ` AND (` + o.sortable() + `, r.case_number COLLATE "C")` + than + `(` + q.arg(parts[1]) + `::` + o.kind + `, ` + q.arg(parts[2]) + `)`
}

// partsOf a cursor; false where it is none of this order.
func (o order) partsOf(cursor string) ([]string, bool) {
	parts, ours := partsOf(cursor, 3)
	return parts, ours && parts[0] == o.name && o.fits(parts[1]) && casework.CaseNumber(parts[2]).Valid()
}

func (o order) cursorAt(l PortfolioLine) string {
	return cursor(o.name, l.SortKey, string(l.CaseNumber))
}

// fits tells whether a text is a key as PostgreSQL writes it: whatever else somebody makes up is no cursor.
func (o order) fits(key string) bool {
	switch o.kind {
	case "float8":
		_, err := strconv.ParseFloat(key, 64)
		return err == nil && !strings.ContainsAny(key, "xX_") // which Go reads alone
	case "timestamptz":
		at, err := time.Parse("2006-01-02 15:04:05.999999-07", key)
		return err == nil && at.UTC().Year() > 0 || key == "infinity" || key == "-infinity"
	}
	return true
}

package casework

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Country is a country or territory by its ISO 3166 alpha-2 code (or XK), with what three lists say of it.
type Country struct {
	Code   string
	Name   string // English; for another language: option.<code> in the catalogue
	Region string // africa, americas, asia, europe, oceania: what public figures count

	ODA  Listing // recipients of development assistance: ldc, other-lic, lmic, umic
	FCS  Listing // fragile and conflict-affected situations: conflict, institutional-and-social-fragility
	EITI Listing // implementing, suspended, delisted, withdrawn
}

// Listing is what an edition of a list says of a country; without a value, the country is not in it.
type Listing struct {
	List    string
	Value   string
	Edition string
	Source  string
	Date    string // from which the edition holds
	Until   string // the last day that it was made for, where known
}

// NotListed is what a hint says of a country that is not in the list.
const NotListed = "not-listed"

// CountryByCode finds a country, with the newest editions of the lists.
func CountryByCode(code string) (Country, bool) { return CountryOn(code, "9999-12-31") }

// CountryOn finds a country, with the editions that held on a day (2026-11-23): a newer list replaces an older one,
// and old cases keep theirs. Before the first edition, the first one counts.
func CountryOn(code, day string) (Country, bool) {
	c, known := countries()[code]
	if known {
		c.ODA, c.FCS, c.EITI = listing("oda", code, day), listing("fcs", code, day), listing("eiti", code, day)
	}
	return c, known
}

var countries = sync.OnceValue(func() map[string]Country {
	all := map[string]Country{}
	for _, row := range readCSV("data/countries.csv").rows {
		all[row[0]] = Country{Code: row[0], Name: row[1], Region: row[2]}
	}
	return all
})

func countryCodes() []string { return slices.Sorted(maps.Keys(countries())) }

// Regions are those of all countries.
func Regions() (regions []string) {
	for _, c := range countries() {
		if !slices.Contains(regions, c.Region) {
			regions = append(regions, c.Region)
		}
	}
	slices.Sort(regions)
	return regions
}

// countryLists are the editions of each list, oldest first: data/fcs-fy26.csv is one of "fcs".
var countryLists = sync.OnceValue(func() map[string][]edition {
	lists := map[string][]edition{}
	for _, list := range []string{"oda", "fcs", "eiti"} {
		names, err := fs.Glob(library, "data/"+list+"-*.csv")
		if err != nil {
			panic(err)
		}
		for _, name := range names {
			lists[list] = append(lists[list], readCSV(name))
		}
		slices.SortFunc(lists[list], func(a, b edition) int { return strings.Compare(a.head["from"], b.head["from"]) })
	}
	return lists
})

func listing(list, code, day string) Listing {
	held := holding(countryLists()[list], day)
	l := Listing{List: list, Edition: held.head["edition"], Source: held.head["source"], Date: held.head["from"], Until: held.head["until"]}
	if i := slices.IndexFunc(held.rows, func(row []string) bool { return row[0] == code }); i >= 0 {
		l.Value = held.rows[i][1]
	}
	return l
}

// holding is the edition that holds on a day, of several in order.
func holding(editions []edition, day string) edition {
	held := editions[0]
	for _, e := range editions {
		if e.head["from"] <= day {
			held = e
		}
	}
	return held
}

// Hint is shown beside a question and never answers it. A hint without a value says where to look.
type Hint struct {
	Field     string `json:"field"`
	Indicator string `json:"indicator"` // indicator.<key> in the catalogue; its values under indicator-value.<key>
	Value     string `json:"value,omitempty"`
	Edition   string `json:"edition,omitempty"`
	Source    string `json:"source"`
	Date      string `json:"date,omitempty"`
	Until     string `json:"until,omitempty"`
}

type indicators struct {
	Version, Date, Source string
	Indicators            []struct{ Key, List, Address string }
	Beside                map[TaskKind][]struct {
		Field string
		Hints []string
	}
}

var knownIndicators = sync.OnceValue(func() (all indicators) {
	readYAML("indicators.yaml", &all)
	return all
})

// Hints are what is known of a country for the questions of a form, in the order of its fields. Whoever opens a check
// keeps them with it, so that it shows later what the reviewer saw.
func Hints(country string, kind TaskKind) []Hint { return HintsOn(country, kind, "9999-12-31") }

// HintsOn are the hints as the lists stood on a day.
func HintsOn(country string, kind TaskKind, day string) (hints []Hint) {
	c, known := CountryOn(country, day)
	if !known {
		return nil
	}
	for _, beside := range knownIndicators().Beside[kind] {
		hints = append(hints, hintsFor(c, beside.Field, beside.Hints)...)
	}
	q, _ := QuestionnaireOf(kind)
	for _, question := range q.Questions {
		hints = append(hints, hintsFor(c, question.Key, question.Hints)...)
	}
	return hints
}

func hintsFor(c Country, field string, keys []string) (hints []Hint) {
	for _, indicator := range knownIndicators().Indicators {
		if !slices.Contains(keys, indicator.Key) {
			continue
		}
		hint := Hint{Field: field, Indicator: indicator.Key, Source: indicator.Address}
		if l, shipped := c.listing(indicator.List); shipped {
			hint.Value, hint.Edition, hint.Source, hint.Date, hint.Until = l.Value, l.Edition, l.Source, l.Date, l.Until
			if l.Value == "" {
				hint.Value = NotListed
			}
		}
		hints = append(hints, hint)
	}
	return hints
}

func (c Country) listing(list string) (Listing, bool) {
	for _, l := range []Listing{c.ODA, c.FCS, c.EITI} {
		if l.List == list {
			return l, true
		}
	}
	return Listing{}, false
}

package casework

import (
	"cmp"
	"slices"
	"strings"
)

// Need is what experts are sought for. What is empty is not asked for.
type Need struct {
	Disciplines []string
	Languages   []string // the government's: one of them is enough
	Country     string
	Commodity   string // the request's resource
	Named       string // whom the government asked for: considered first, whatever the rest
}

// ExpertProfile is an expert as the roster has them.
type ExpertProfile struct {
	ID          PersonID     `json:"id"`
	Name        string       `json:"name"`
	Disciplines []string     `json:"disciplines"`
	Languages   []string     `json:"languages"`
	Countries   []string     `json:"countries"`
	Commodities []string     `json:"commodities"`
	Available   bool         `json:"available"`
	Code        CodeStanding `json:"codeOfConduct"`
}

// Matched is an expert with the reasons for the place in the list, weightiest first.
type Matched struct {
	Expert  ExpertProfile `json:"expert"`
	Score   int           `json:"score"`
	Named   bool          `json:"named"`
	Reasons []MatchReason `json:"reasons"`
}

// MatchReason speaks for an expert, or against. The catalogue has a sentence under match.<key>, which takes the
// values, each in its own word (option.<value>).
type MatchReason struct {
	Key     string   `json:"key"`
	Values  []string `json:"values,omitempty"`
	Against bool     `json:"against,omitempty"`
}

// How much each reason weighs. A needed discipline outweighs all that is not one; languages outweigh what can be
// learned; who is not free or has not signed yet goes behind an equal.
const (
	forDiscipline = 100
	forLanguage   = 30
	forCommodity  = 20
	forCountry    = 15
	forFree       = 10
	forCode       = 5
)

// Match ranks the roster for a need. Left out is who has nothing that was asked for.
func Match(need Need, roster []ExpertProfile) []Matched {
	return slices.DeleteFunc(need.rank(roster), func(m Matched) bool { return !m.Named && !m.fits() && !need.asksNothing() })
}

// Offer ranks the roster for a form, each with what speaks for them and against. Nobody is left out: a person chooses.
func Offer(need Need, roster []ExpertProfile) (options []Option) {
	for _, m := range need.rank(roster) {
		options = append(options, Option{Value: string(m.Expert.ID), Label: m.Expert.Name, Fit: m.Reasons})
	}
	return options
}

// rank puts the best fit first. Equals stand by name, so the order never depends on the roster's.
func (n Need) rank(roster []ExpertProfile) []Matched {
	ranked := make([]Matched, len(roster))
	for i, expert := range roster {
		ranked[i] = n.match(expert)
	}
	slices.SortFunc(ranked, Matched.compare)
	return ranked
}

func (m Matched) compare(other Matched) int {
	return cmp.Or(cmp.Compare(other.turn(), m.turn()), cmp.Compare(other.Score, m.Score),
		strings.Compare(m.Expert.Name, other.Expert.Name), cmp.Compare(m.Expert.ID, other.Expert.ID))
}

// MatchedAfter are those of a ranking who stand behind somebody, who need not be in it any more.
func MatchedAfter(ranked []Matched, last Matched) []Matched {
	for i, m := range ranked {
		if m.compare(last) > 0 {
			return ranked[i:]
		}
	}
	return nil
}

// turn puts the named before all others.
func (m Matched) turn() int {
	if m.Named {
		return 1
	}
	return 0
}

func (n Need) asksNothing() bool {
	return len(n.Disciplines) == 0 && len(n.Languages) == 0 && n.Country == "" && n.Commodity == ""
}

// fits: something that was asked for is there, which being free and having signed are not.
func (m Matched) fits() bool { return m.Score > forFree+forCode }

func (n Need) match(e ExpertProfile) Matched {
	m := Matched{Expert: e, Named: n.Named != "" && SameName(n.Named, e.Name)}
	if m.Named {
		m.Reasons = append(m.Reasons, MatchReason{Key: "named"})
	}
	m.weigh("disciplines", common(n.Disciplines, e.Disciplines), forDiscipline)
	m.weighOnce("language", common(n.Languages, e.Languages), forLanguage)
	m.weighOnce("commodity", common([]string{n.Commodity}, e.Commodities), forCommodity)
	m.weighOnce("country", common([]string{n.Country}, e.Countries), forCountry)
	m.weighFact("available", e.Available, forFree)
	m.weighFact("code-"+string(cmp.Or(e.Code, CodeNone)), e.Code == CodeSigned, forCode)
	return m
}

// weigh counts each value, weighOnce any of them, weighFact what is also a reason against.
func (m *Matched) weigh(key string, values []string, weight int) {
	if len(values) > 0 {
		m.Score += weight * len(values)
		m.Reasons = append(m.Reasons, MatchReason{Key: key, Values: values})
	}
}

func (m *Matched) weighOnce(key string, values []string, weight int) {
	before := m.Score
	m.weigh(key, values, weight)
	m.Score = min(m.Score, before+weight)
}

func (m *Matched) weighFact(key string, holds bool, weight int) {
	if holds {
		m.Score += weight
	} else if key == "available" {
		key = "not-available"
	}
	m.Reasons = append(m.Reasons, MatchReason{Key: key, Against: !holds})
}

// common are the values of a that b has too, each once.
func common(a, b []string) (both []string) {
	for _, value := range a {
		if value != "" && slices.Contains(b, value) && !slices.Contains(both, value) {
			both = append(both, value)
		}
	}
	return both
}

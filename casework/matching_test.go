package casework

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var (
	leila = ExpertProfile{ID: "1", Name: "Leila Haddad", Disciplines: []string{"financial-modelling", "tax"}, Languages: []string{"en", "fr"},
		Countries: []string{"NA", "ZM"}, Commodities: []string{"lithium", "copper"}, Available: true, Code: CodeSigned}
	tomas = ExpertProfile{ID: "2", Name: "Tomás Ibáñez Ruiz", Disciplines: []string{"mining-engineering"}, Languages: []string{"en", "es", "pt"},
		Countries: []string{"BO", "NA"}, Commodities: []string{"lithium"}, Available: true, Code: CodeNone}
	awa = ExpertProfile{ID: "3", Name: "Awa Modèle", Disciplines: []string{"tax"}, Languages: []string{"fr"}, Code: CodeLapsed}
)

func TestMatch(t *testing.T) {
	roster := []ExpertProfile{awa, tomas, leila}
	for name, tt := range map[string]struct {
		need Need
		want string
	}{
		"two disciplines before one":         {Need{Disciplines: []string{"tax", "financial-modelling"}}, "Leila Awa"},
		"a discipline before all else":       {Need{Disciplines: []string{"mining-engineering"}, Languages: []string{"fr"}, Country: "ZM", Commodity: "copper"}, "Tomás Leila Awa"},
		"who is free before who is not":      {Need{Disciplines: []string{"tax"}}, "Leila Awa"},
		"the language":                       {Need{Languages: []string{"pt"}}, "Tomás"},
		"whom the government named":          {Need{Disciplines: []string{"tax"}, Named: "Mme Awa Modele"}, "Awa Leila"},
		"named, with nothing that is needed": {Need{Disciplines: []string{"gender"}, Named: "Ibanez Ruiz, Tomas"}, "Tomás"},
		"named, but not on the roster":       {Need{Disciplines: []string{"mining-engineering"}, Named: "John Example"}, "Tomás"},
		"nobody":                             {Need{Disciplines: []string{"gender"}}, ""},
		"nothing is asked for":               {Need{}, "Leila Tomás Awa"},
	} {
		var names []string
		for _, m := range Match(tt.need, roster) {
			first, _, _ := strings.Cut(m.Expert.Name, " ")
			names = append(names, first)
		}
		if got := strings.Join(names, " "); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// A form offers everybody, and says of each what is known.
func TestTheRosterIsOfferedBestFitFirst(t *testing.T) {
	options := Offer(Need{Disciplines: []string{"mining-engineering"}, Languages: []string{"fr"}}, []ExpertProfile{awa, leila, tomas})
	var names []string
	for _, o := range options {
		names = append(names, o.Label)
	}
	if want := []string{tomas.Name, leila.Name, awa.Name}; !slices.Equal(names, want) {
		t.Errorf("offered are %v, want %v", names, want)
	}
	want := []MatchReason{{Key: "language", Values: []string{"fr"}}, {Key: "not-available", Against: true}, {Key: "code-lapsed", Against: true}}
	if diff := cmp.Diff(want, options[2].Fit); diff != "" {
		t.Errorf("said of the last (-want +got):\n%s", diff)
	}
}

func TestReasonsToMatch(t *testing.T) {
	need := Need{Disciplines: []string{"tax", "law"}, Languages: []string{"fr", "en"}, Country: "NA", Commodity: "lithium", Named: "L. Haddad"}
	want := []MatchReason{{Key: "named"}, {Key: "disciplines", Values: []string{"tax"}}, {Key: "language", Values: []string{"fr", "en"}},
		{Key: "commodity", Values: []string{"lithium"}}, {Key: "country", Values: []string{"NA"}}, {Key: "available"}, {Key: "code-signed"}}
	if diff := cmp.Diff(want, Match(need, []ExpertProfile{leila})[0].Reasons); diff != "" {
		t.Error(diff)
	}
	want = []MatchReason{{Key: "disciplines", Values: []string{"tax"}}, {Key: "language", Values: []string{"fr"}},
		{Key: "not-available", Against: true}, {Key: "code-lapsed", Against: true}}
	if diff := cmp.Diff(want, Match(need, []ExpertProfile{awa})[0].Reasons); diff != "" {
		t.Error(diff)
	}
}

func TestTheRankingDoesNotDependOnTheRoster(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		roster := rapid.SliceOfNDistinct(rapid.Custom(drawExpert), 0, 8, func(e ExpertProfile) PersonID { return e.ID }).Draw(t, "roster")
		need := Need{Disciplines: []string{"tax", "law"}, Languages: []string{"fr"}, Country: "GN", Commodity: "bauxite", Named: "Jean Exemple"}
		ranked := Match(need, roster)
		if diff := cmp.Diff(ranked, Match(need, rapid.Permutation(roster).Draw(t, "shuffled"))); diff != "" {
			t.Fatal(diff)
		}
		for i, m := range ranked {
			if m.Named && slices.ContainsFunc(ranked[:i], func(before Matched) bool { return !before.Named }) {
				t.Fatalf("%s was named, and comes after somebody who was not", m.Expert.Name)
			}
		}
	})
}

func drawExpert(t *rapid.T) ExpertProfile {
	some := func(name string, of ...string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(of), 0, len(of), rapid.ID[string]).Draw(t, name)
	}
	return ExpertProfile{
		ID:          PersonID(rapid.StringMatching(`[a-z]{3}`).Draw(t, "id")),
		Name:        rapid.SampledFrom([]string{"Jean Exemple", "Jeanne Muster", "Ana Amostra"}).Draw(t, "name"),
		Disciplines: some("disciplines", "tax", "law", "gender"), Languages: some("languages", "fr", "es"),
		Countries: some("countries", "GN", "ML"), Commodities: some("commodities", "bauxite", "gold"),
		Available: rapid.Bool().Draw(t, "available"), Code: rapid.SampledFrom([]CodeStanding{CodeNone, CodeSigned, CodeLapsed}).Draw(t, "code"),
	}
}

// Whoever learns what is needed does not fall behind.
func TestMoreOfWhatIsNeededNeverHarms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		need := Need{Disciplines: []string{"tax", "law"}, Languages: []string{"fr"}, Country: "GN", Commodity: "bauxite"}
		before := drawExpert(t)
		after := before
		after.Disciplines = append(slices.Clone(before.Disciplines), rapid.SampledFrom(need.Disciplines).Draw(t, "learns"))
		if was, is := need.match(before).Score, need.match(after).Score; is < was {
			t.Fatalf("%d became %d", was, is)
		}
	})
}

package casework

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestCountries(t *testing.T) {
	for code, want := range map[string]Country{
		"CD": {Name: "Democratic Republic of the Congo", Region: "africa", ODA: Listing{Value: "ldc"}, FCS: Listing{Value: "conflict"}, EITI: Listing{Value: "implementing"}},
		"CG": {Name: "Republic of the Congo", Region: "africa", ODA: Listing{Value: "lmic"}, FCS: Listing{Value: "institutional-and-social-fragility"}, EITI: Listing{Value: "implementing"}},
		"PS": {Name: "Palestine", Region: "asia", ODA: Listing{Value: "umic"}, FCS: Listing{Value: "conflict"}},
		"XK": {Name: "Kosovo", Region: "europe", ODA: Listing{Value: "umic"}},
		"CL": {Name: "Chile", Region: "americas"},
		"NO": {Name: "Norway", Region: "europe", EITI: Listing{Value: "implementing"}},
		"NE": {Name: "Niger", Region: "africa", ODA: Listing{Value: "ldc"}, FCS: Listing{Value: "conflict"}, EITI: Listing{Value: "suspended"}},
		"PG": {Name: "Papua New Guinea", Region: "oceania", ODA: Listing{Value: "lmic"}, FCS: Listing{Value: "institutional-and-social-fragility"}, EITI: Listing{Value: "implementing"}},
	} {
		got, known := CountryByCode(code)
		if !known || got.Code != code || got.Name != want.Name || got.Region != want.Region {
			t.Errorf("%s is %+v", code, got)
		}
		if got.ODA.Value != want.ODA.Value || got.FCS.Value != want.FCS.Value || got.EITI.Value != want.EITI.Value {
			t.Errorf("%s is listed as %q, %q, %q", code, got.ODA.Value, got.FCS.Value, got.EITI.Value)
		}
	}
	for _, code := range []string{"", "ZZ", "na", "NAM"} {
		if _, known := CountryByCode(code); known {
			t.Errorf("%q is a country", code)
		}
	}
}

func TestListsOfCountriesAreWhole(t *testing.T) {
	count := map[string]int{}
	for _, code := range countryCodes() {
		c, _ := CountryByCode(code)
		if !regexp.MustCompile(`^[A-Z]{2}$`).MatchString(code) || c.Name == "" || c.Region == "" {
			t.Errorf("%q is %+v", code, c)
		}
		for _, l := range []Listing{c.ODA, c.FCS, c.EITI} {
			if l.Edition == "" || l.Source == "" || l.Date == "" {
				t.Errorf("%s: %s has no edition, source or date", code, l.List)
			}
			if l.Value != "" {
				count[l.List+" "+l.Value]++
			}
		}
	}
	for list, want := range map[string]int{"oda ldc": 44, "oda other-lic": 2, "oda lmic": 36, "oda umic": 59, "fcs conflict": 21,
		"fcs institutional-and-social-fragility": 17, "eiti implementing": 51, "eiti suspended": 3} {
		if count[list] != want {
			t.Errorf("%s: %d countries, want %d", list, count[list], want)
		}
	}
}

// Every code in a list is a country: a misspelt one would be in no country's record.
func TestListsNameCountries(t *testing.T) {
	for list, editions := range countryLists() {
		for _, e := range editions {
			for _, row := range e.rows {
				if _, known := CountryByCode(row[0]); !known {
					t.Errorf("%s has %q", list, row[0])
				}
			}
		}
	}
}

func TestTheSampleCasesInTheLists(t *testing.T) {
	for country, fragile := range map[string]bool{"MW": false, "BF": true, "PE": false, "CM": true, "CL": false, "MN": false, "ST": true, "MZ": true} {
		hint := hintOf(t, country, CheckConflict, "con-level", "fcs")
		if hint.Edition != "FY26" || (hint.Value != NotListed) != fragile {
			t.Errorf("%s: the hint says %q of %q", country, hint.Value, hint.Edition)
		}
		listed := hintOf(t, country, AssessEligibility, "developingCountry", "oda").Value != NotListed
		if listed != (country != "CL") {
			t.Errorf("%s: in the list of recipients: %v", country, listed)
		}
	}
}

func hintOf(t *testing.T, country string, kind TaskKind, field, indicator string) Hint {
	t.Helper()
	hints := Hints(country, kind)
	i := slices.IndexFunc(hints, func(h Hint) bool { return h.Field == field && h.Indicator == indicator })
	if i < 0 {
		t.Fatalf("%s: no hint %s beside %s", country, indicator, field)
	}
	return hints[i]
}

func TestHintsStandBesideFieldsAndNameTheirSource(t *testing.T) {
	for _, kind := range append(slices.Clone(Checks), AssessEligibility) {
		form := Form{Fields: FieldsOf(kind)}
		for _, hint := range Hints("MZ", kind) {
			if form.Field(hint.Field) == nil || hint.Source == "" || (hint.Value != "") != (hint.Date != "") {
				t.Errorf("%s: %+v", kind, hint)
			}
		}
	}
	if got := hintOf(t, "MZ", CheckIntegrity, "int-pep", "cpi"); got.Value != "" || got.Source != "https://www.transparency.org/en/cpi" {
		t.Errorf("an indicator that we have not reads %+v", got)
	}
	if got := Hints("ZZ", CheckConflict); got != nil {
		t.Errorf("a country that there is not has %v", got)
	}
}

// Each indicator that a question names is in the directory, or its hint would silently be missing.
func TestEveryIndicatorIsKnown(t *testing.T) {
	for _, q := range Questionnaires() {
		for _, question := range q.Questions {
			for _, key := range question.Hints {
				if !slices.ContainsFunc(knownIndicators().Indicators, func(i struct{ Key, List, Address string }) bool { return i.Key == key }) {
					t.Errorf("%s: %s is not in the directory", question.Key, key)
				}
			}
		}
	}
}

// A page leads to each source: what is no whole address would lead to a page of ours that there is not.
func TestEverySourceIsAnAddress(t *testing.T) {
	for _, indicator := range knownIndicators().Indicators {
		to, err := url.Parse(indicator.Address)
		if err != nil || to.Scheme != "https" || !strings.Contains(to.Host, ".") || strings.ContainsAny(indicator.Address, " ,") {
			t.Errorf("%s leads to %q", indicator.Key, indicator.Address)
		}
	}
	for _, p := range partners().Partners {
		if to, err := url.Parse(p.Href()); err != nil || to.Scheme != "https" || !strings.Contains(to.Host, ".") {
			t.Errorf("%s leads to %q", p.Key, p.Href())
		}
	}
	for _, kind := range append(slices.Clone(Checks), AssessEligibility) {
		for _, hint := range Hints("MZ", kind) {
			if !strings.HasPrefix(hint.Source, "https://") {
				t.Errorf("%s: the hint %s leads to %q", kind, hint.Indicator, hint.Source)
			}
		}
	}
}

func TestAnOlderCaseKeepsItsLists(t *testing.T) {
	old := edition{head: map[string]string{"from": "2025-07-01", "edition": "old"}, rows: [][]string{{"MZ", "conflict"}}}
	newer := edition{head: map[string]string{"from": "2026-07-01", "edition": "new"}}
	for day, want := range map[string]string{"2020-01-01": "old", "2026-06-30": "old", "2026-07-01": "new", "9999-12-31": "new"} {
		if got := holding([]edition{old, newer}, day).head["edition"]; got != want {
			t.Errorf("on %s holds the %s list, want the %s one", day, got, want)
		}
	}
}

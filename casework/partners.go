package casework

import (
	"maps"
	"slices"
	"sync"
)

// Partner is somebody else to whom a government can turn. Covers and Help are for staff.
type Partner struct {
	Key     string `json:"key"`
	Name    string `json:"name"`
	Address string `json:"address"`
	Covers  string `json:"-"`
	Help    string `json:"-"`
	Region  string `json:"-"`                // a region of countries, or global
	LDCOnly bool   `json:"-" yaml:"ldcOnly"` // for least developed countries
	Read    bool   `json:"-"`                // its own pages were read; else to be checked
}

// Href is where a page leads; a letter has the address as it is read.
func (p Partner) Href() string { return "https://" + p.Address }

type directory struct {
	Version, Date, Source string
	Partners              []Partner
	Referrals             map[string][]string
}

var partners = sync.OnceValue(func() (d directory) {
	readYAML("partners.yaml", &d)
	return d
})

// PartnerByKey finds a partner in the directory.
func PartnerByKey(key string) (Partner, bool) {
	i := slices.IndexFunc(partners().Partners, func(p Partner) bool { return p.Key == key })
	if i < 0 {
		return Partner{}, false
	}
	return partners().Partners[i], true
}

// Referrals are the partners that may fit a need better than we do, in a country whose code may be empty: then
// nobody who helps some countries only is named.
func Referrals(need, country string) (fitting []Partner) {
	c, _ := CountryByCode(country)
	for _, key := range partners().Referrals[need] {
		p, known := PartnerByKey(key)
		if known && (p.Region == "global" || p.Region == c.Region) && (!p.LDCOnly || c.ODA.Value == "ldc") {
			fitting = append(fitting, p)
		}
	}
	return fitting
}

func partnerKeys() (keys []string) {
	for _, p := range partners().Partners {
		keys = append(keys, p.Key)
	}
	return keys
}

func supportNeeds() []string { return slices.Sorted(maps.Keys(partners().Referrals)) }

func partnerName(list, value string) string {
	if list != PartnerNames {
		return ""
	}
	p, _ := PartnerByKey(value)
	return p.Name
}

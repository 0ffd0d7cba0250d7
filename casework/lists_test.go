package casework

import (
	"slices"
	"strings"
	"testing"
)

func TestControlledLists(t *testing.T) {
	for list, want := range map[string]struct {
		count int
		has   string
	}{
		Sectors: {6, "mining-infrastructure"}, Resources: {32, "rare-earths"}, Languages: {4, "pt"}, ContactLanguages: {11, "mn"},
		Disciplines: {27, "tailings-safety"}, Channels: {3, "phone"}, Stages: {3, "post"}, Steps: {17, "unsolicited-offer"},
		SupportForms: {2, "capacity-development"}, Deliverables: {19, "model-hand-over"}, PartnerNames: {12, "alsf"},
		Countries: {250, "XK"}, SupportNeeds: {6, "self-help"}, "no list": {0, ""},
	} {
		values := ListValues(list)
		if len(values) != want.count || want.has != "" && !InList(list, want.has) {
			t.Errorf("%s has %d values: %v", list, len(values), values)
		}
		if slices.Sort(values); len(slices.Compact(values)) != want.count {
			t.Errorf("%s has a value twice", list)
		}
	}
}

func TestStagesAndSteps(t *testing.T) {
	for _, stage := range ListValues(Stages) {
		for _, step := range controlled().Groups[Stages][stage] {
			if got := StageOf(step); got != stage {
				t.Errorf("%s belongs to %q, want %s", step, got, stage)
			}
		}
	}
	if got := StageOf("nowhere"); got != "" {
		t.Errorf("a step that there is not belongs to %q", got)
	}
}

func TestTheListHasTheLanguagesOfLetters(t *testing.T) {
	if !slices.Equal(ListValues(Languages), LetterLanguages) {
		t.Errorf("letters are in %v, the list has %v", LetterLanguages, ListValues(Languages))
	}
}

func TestOptionsAreMadeAnew(t *testing.T) {
	Options(Sectors)[0].Label = "Bergbau"
	if got := Options(Sectors)[0].Label; got != "" {
		t.Errorf("the next form's option is called %q", got)
	}
}

func TestReferrals(t *testing.T) {
	for name, tt := range map[string]struct{ need, country, want string }{
		"a lawyer, in Africa":         {"lawyer-only", "CM", "alsf islp"},
		"a lawyer, elsewhere":         {"lawyer-only", "PE", "islp"},
		"mining tax, in Africa":       {"mining-tax-only", "ZM", "igf ataf"},
		"mining tax, elsewhere":       {"mining-tax-only", "MN", "igf"},
		"a law, no deal":              {"policy-or-law", "MN", "igf egps cwsec"},
		"a dispute, African LDC":      {"dispute", "MW", "idlo alsf"},
		"a dispute, Asian LDC":        {"dispute", "KH", "idlo"},
		"a dispute, African, no LDC":  {"dispute", "GA", "alsf"},
		"a dispute, neither":          {"dispute", "CL", ""},
		"a dispute, country unknown":  {"dispute", "", ""},
		"to do it oneself":            {"self-help", "", "nsp"},
		"owners to be published":      {"publication", "GH", "eiti"},
		"a need that there is not":    {"money", "GH", ""},
		"a country that there is not": {"lawyer-only", "ZZ", "islp"},
	} {
		var keys []string
		for _, p := range Referrals(tt.need, tt.country) {
			keys = append(keys, p.Key)
		}
		if got := strings.Join(keys, " "); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestEveryPartnerCanBeNamed(t *testing.T) {
	for _, need := range supportNeeds() {
		for _, key := range partners().Referrals[need] {
			if _, known := PartnerByKey(key); !known {
				t.Errorf("%s refers to %s, who is not in the directory", need, key)
			}
		}
	}
	for _, p := range partners().Partners {
		if p.Name == "" || p.Address == "" || p.Covers == "" || p.Help == "" || p.Region == "" {
			t.Errorf("%s is not whole: %+v", p.Key, p)
		}
	}
}

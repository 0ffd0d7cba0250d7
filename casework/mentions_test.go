package casework_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"connex/casework"
)

var office = []casework.Colleague{{ID: "amara", Name: "Amara Lindqvist"}, {ID: "ruth", Name: "Ruth Sandoval-Meyer"}, {ID: "ruth2", Name: "Ruth Sandoval"},
	{ID: "jose", Name: "José Ñandú"}, {ID: "wei", Name: "王 Wei"}}

func TestWhomANoteMentions(t *testing.T) {
	for text, want := range map[string]struct {
		who     []casework.PersonID
		unknown []string
	}{
		"":                                 {},
		"Nobody is meant.":                 {},
		"@Amara Lindqvist, please look":    {who: []casework.PersonID{"amara"}},
		"@amara please look":               {who: []casework.PersonID{"amara"}},
		"(@AMARA) and @Amara again":        {who: []casework.PersonID{"amara"}},
		"@Ruth Sandoval-Meyer signs":       {who: []casework.PersonID{"ruth"}},
		"@Ruth Sandoval signs":             {who: []casework.PersonID{"ruth2"}},
		"@Ruth signs":                      {unknown: []string{"@Ruth"}},
		"@Amar looks":                      {unknown: []string{"@Amar"}},
		"@Amaranth looks":                  {unknown: []string{"@Amaranth"}},
		"@José, @王 Wei":                    {who: []casework.PersonID{"jose", "wei"}},
		"write to fatou@ministry.example":  {},
		"at @ noon, 3 @ 4":                 {},
		"@Tomas and @Amara":                {who: []casework.PersonID{"amara"}, unknown: []string{"@Tomas"}},
		"a@b @José Ñandú@ministry.example": {who: []casework.PersonID{"jose"}},
	} {
		who, unknown := casework.Mentions(text, office)
		if !slices.Equal(who, want.who) || !slices.Equal(unknown, want.unknown) {
			t.Errorf("%q means %v (unknown %v), want %v (%v)", text, who, unknown, want.who, want.unknown)
		}
	}
}

// Whoever is named in full is found, whatever stands around it; and nobody else is.
func TestAWholeNameIsAlwaysFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(office).Draw(t, "colleague")
		before := rapid.StringMatching(`([a-z .,]* )?`).Draw(t, "before")
		after := rapid.StringMatching(`([ .,][a-z .,]*)?`).Draw(t, "after")
		who, unknown := casework.Mentions(before+"@"+c.Name+after, office)
		if !slices.Equal(who, []casework.PersonID{c.ID}) || unknown != nil {
			t.Fatalf("%q means %v, unknown %v", before+"@"+c.Name+after, who, unknown)
		}
	})
}

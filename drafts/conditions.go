package drafts

import (
	"slices"

	"connex/store"
)

// Conditions are those of the due diligence and of the votes in favour, merged, each once.
func Conditions(decisive []store.Action) (conditions []string) {
	for _, a := range decisive {
		for _, c := range a.Form.Strings("conditions") {
			if !slices.Contains(conditions, c) {
				conditions = append(conditions, c)
			}
		}
	}
	return conditions
}

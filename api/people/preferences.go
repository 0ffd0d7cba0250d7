package people

import (
	"context"
	"slices"

	"connex/casework"
	"connex/store"
	"connex/words"
)

// Looks are those that a page can have; the first follows the device.
var Looks = []string{"", "light", "dark"}

// Prefer sets how somebody reads and is written to.
func (p People) Prefer(ctx context.Context, who store.Person, wanted store.Preferences, phone string) error {
	faults := casework.Faults{}
	for field, known := range map[string]bool{
		"language": slices.Contains(words.Languages(), wanted.Language), "writing": slices.Contains(words.Writings, wanted.Writing),
		"zone": words.KnownZone(wanted.Zone), "look": slices.Contains(Looks, wanted.Look),
		"mails": wanted.Mails == store.MailsAtOnce || wanted.Mails == store.MailsDaily,
	} {
		if !known {
			faults[field] = casework.Say("invalid.unknown-option")
		}
	}
	if phone = casework.OneLine(phone); len(phone) > longestName {
		faults["phone"] = casework.Say("invalid.wrong-type")
	}
	if len(faults) > 0 {
		return &casework.FormError{Fields: faults}
	}
	return p.Store.InHouse(ctx, who, func(h *store.House) error { return h.Prefer(ctx, who.ID, wanted, phone) })
}

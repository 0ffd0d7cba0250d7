package staff

import (
	"slices"
	"testing"

	"connex/words"
)

func TestEveryZoneThatIsOfferedIsKnown(t *testing.T) {
	for i, zone := range timeZones {
		if !words.KnownZone(zone) || slices.Contains(timeZones[:i], zone) {
			t.Errorf("%s is not known, or stands there twice", zone)
		}
	}
}

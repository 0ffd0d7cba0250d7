package casework_test

import (
	"testing"

	"connex/casework"
)

func TestWhatAGuestMayAdd(t *testing.T) {
	for name, tt := range map[string]struct {
		there casework.Added
		size  int64
		why   string
	}{
		"the first":           {casework.Added{}, 25 << 20, ""},
		"the last one":        {casework.Added{Files: 199, Bytes: 199}, 1, ""},
		"one more":            {casework.Added{Files: 200, Bytes: 200}, 1, "invalid.too-many-files"},
		"many more":           {casework.Added{Files: 1000, Bytes: 2 << 30}, 1, "invalid.too-many-files"},
		"to the last byte":    {casework.Added{Files: 40, Bytes: 1<<30 - 5}, 5, ""},
		"a byte over":         {casework.Added{Files: 40, Bytes: 1<<30 - 5}, 6, "invalid.too-heavy"},
		"over before already": {casework.Added{Files: 40, Bytes: 2 << 30}, 1, "invalid.too-heavy"},
	} {
		if got := tt.there.NoRoomFor(tt.size); got.ID != tt.why {
			t.Errorf("%s: %q, want %q", name, got.ID, tt.why)
		}
	}
}

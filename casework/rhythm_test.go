package casework_test

import (
	"testing"

	"connex/casework"
)

func TestTheNextDateOfARhythm(t *testing.T) {
	for name, tt := range map[string]struct {
		every      int
		after, end string
		want       string
	}{
		"before the first":   {14, "2026-03-02", "2026-12-31", "2026-03-15"},
		"on the first":       {14, "2026-03-15", "2026-12-31", "2026-03-29"},
		"over the clocks":    {14, "2026-03-20", "2026-12-31", "2026-03-29"},
		"none before an end": {14, "2026-03-20", "2026-03-29", ""},
		"no rhythm":          {0, "2026-03-20", "2026-12-31", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := casework.NextInRhythm("2026-03-01", tt.end, tt.every, tt.after); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

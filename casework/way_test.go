package casework_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"connex/casework"
)

var wayBegan = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func daysOn(n int) time.Time { return wayBegan.AddDate(0, 0, n) }

func entered(phase casework.Phase, onDay int) casework.PhaseEntry {
	return casework.PhaseEntry{Phase: phase, At: daysOn(onDay)}
}

func TestTheWayOfARequest(t *testing.T) {
	for name, tt := range map[string]struct {
		entries []casework.PhaseEntry
		until   int
		ended   bool
		states  string // a letter each: done, here, ahead, passed, missed
		days    []int
	}{
		"nobody knows where it is":   {nil, 3, false, "aaaaaaaaa", nil},
		"it has just begun":          {[]casework.PhaseEntry{entered(casework.FirstInterest, 0)}, 4, false, "haaaaaaaa", []int{4}},
		"a phase on":                 {[]casework.PhaseEntry{entered(casework.FirstInterest, 0), entered(casework.FormalRequest, 3)}, 10, false, "dhaaaaaaa", []int{3, 7}},
		"ended where it began":       {[]casework.PhaseEntry{entered(casework.FirstInterest, 0)}, 2, true, "dmmmmmmmm", []int{2}},
		"ended at once in its phase": {[]casework.PhaseEntry{entered(casework.FirstInterest, 0), entered(casework.FormalRequest, 2)}, 2, true, "ddmmmmmmm", []int{2, 0}},
		"no mission was wanted": {[]casework.PhaseEntry{entered(casework.SupportDesign, 0), entered(casework.ScopingMission, 5), entered(casework.Implementation, 5)},
			9, false, "aaaaadpha", []int{0, 0, 0, 0, 0, 5, 0, 4}},
		"back to design, and on": {[]casework.PhaseEntry{entered(casework.SupportDesign, 0), entered(casework.ScopingMission, 5), entered(casework.SupportDesign, 8),
			entered(casework.ScopingMission, 9)}, 12, false, "aaaaadhaa", []int{0, 0, 0, 0, 0, 6, 6}},
	} {
		t.Run(name, func(t *testing.T) {
			states := ""
			for i, stop := range casework.Way(tt.entries, daysOn(tt.until), tt.ended) {
				states += string(stop.State)[:1]
				if want := time.Duration(0); i < len(tt.days) {
					want = time.Duration(tt.days[i]) * 24 * time.Hour
					if stop.Spent != want {
						t.Errorf("%s took %v, want %v", stop.Phase, stop.Spent, want)
					}
				}
			}
			if states != tt.states {
				t.Errorf("the map reads %s, want %s", states, tt.states)
			}
		})
	}
}

// Wherever a request went, the phases together take as long as it has been there, and it is in one place.
func TestTheWayLosesNoTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day, entries := 0, []casework.PhaseEntry(nil)
		for range rapid.IntRange(1, 20).Draw(t, "visits") {
			entries = append(entries, entered(rapid.SampledFrom(casework.Phases).Draw(t, "phase"), day))
			day += rapid.IntRange(0, 40).Draw(t, "days")
		}
		ended := rapid.Bool().Draw(t, "ended")
		spent, here := time.Duration(0), 0
		for i, stop := range casework.Way(entries, daysOn(day), ended) {
			if stop.Phase != casework.Phases[i] {
				t.Fatalf("%s stands at %d", stop.Phase, i)
			}
			if spent += stop.Spent; stop.State == casework.LegHere {
				here++
			}
		}
		if want := daysOn(day).Sub(wayBegan); spent != want || (here == 1) == ended {
			t.Fatalf("%v spent of %v, here in %d places", spent, want, here)
		}
	})
}

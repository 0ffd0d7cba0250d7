package casework

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func utc(t *testing.T, instant string) *time.Time {
	t.Helper()
	when, err := time.Parse("2006-01-02 15:04", instant)
	if err != nil {
		t.Fatal(err)
	}
	return &when
}

func TestWeeks(t *testing.T) {
	for date, monday := range map[string]string{"2026-09-28": "2026-09-28", "2026-10-04": "2026-09-28", "2026-10-05": "2026-10-05", "2027-01-01": "2026-12-28", "2026-03-29": "2026-03-23"} {
		week, ok := WeekOf(date)
		if !ok || week.Monday() != monday || week.Add(1).Add(-1) != week || !week.Over(week.Ends()) || week.Over(week.Ends().Add(-1)) {
			t.Errorf("%s lies in the week of %v", date, week)
		}
		if sunday, _ := WeekOf(week.Sunday()); sunday != week || StartOf(week.Sunday()).AddDate(0, 0, 2).Before(week.Ends()) {
			t.Errorf("the week of %s ends on %s", monday, week.Sunday())
		}
	}
	for _, date := range []string{"", "2026-13-01", "2026-W40", "0001-01-01", "yesterday"} {
		if week, ok := WeekOf(date); ok {
			t.Errorf("%q is in the week of %s", date, week.Monday())
		}
	}
	// Half past eleven on a Sunday evening in Berlin, and half an hour into its Monday.
	for instant, monday := range map[string]string{"2026-10-04 21:30": "2026-09-21", "2026-10-04 22:30": "2026-09-28"} {
		if got := LastWholeWeek(*utc(t, instant)).Monday(); got != monday {
			t.Errorf("at %s the last whole week began on %s, want %s", instant, got, monday)
		}
	}
}

func TestWhatHappenedInAWeek(t *testing.T) {
	week, _ := WeekOf("2026-09-30")
	before, in, after := utc(t, "2026-09-01 10:00"), utc(t, "2026-09-30 10:00"), utc(t, "2026-10-06 10:00")
	entered := []PhaseEntry{{FirstInterest, *before}, {DueDiligence, *in}, {Agreement, *after}}
	for name, tt := range map[string]struct {
		request Counted
		want    Weekly // what of it differs from a week without the request
	}{
		"came in":              {Counted{Opened: in}, Weekly{Came: 1, InHand: 1, Standing: []Count[Phase]{{FirstInterest, 1}}}},
		"came later":           {Counted{Opened: after}, Weekly{}},
		"stands where it is":   {Counted{Opened: before, Entered: entered}, Weekly{InHand: 1, Standing: []Count[Phase]{{DueDiligence, 1}}}},
		"ended in it":          {Counted{Opened: before, Ended: in, Ending: Withdrawn}, Weekly{Ended: 1, Endings: []Count[Ending]{{Withdrawn, 1}}}},
		"ended before":         {Counted{Opened: before, Ended: before, Ending: Withdrawn}, Weekly{}},
		"ended later":          {Counted{Opened: before, Ended: after, Ending: Withdrawn, Entered: entered}, Weekly{InHand: 1, Standing: []Count[Phase]{{DueDiligence, 1}}}},
		"approved":             {Counted{Opened: before, Ended: before, Decided: in, Result: ResultApproved}, Weekly{Approved: 1, Decisions: 1}},
		"deferred":             {Counted{Opened: before, Ended: before, Decided: in, Result: ResultDeferred}, Weekly{}},
		"declined long ago":    {Counted{Opened: before, Ended: before, Decided: utc(t, "2025-10-04 21:59"), Result: ResultDeclined}, Weekly{}},
		"declined in the year": {Counted{Opened: before, Ended: before, Decided: utc(t, "2025-10-04 22:01"), Result: ResultDeclined}, Weekly{Decisions: 1}},
		"activities": {Counted{Opened: before, Ended: before, Activities: []Span{{Began: *before}, {Began: *in}, {*before, in}, {*before, before}, {*before, after}, {Began: *after}}},
			Weekly{Running: 3, Finished: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			got := WeeklyOf(week, []Counted{tt.request})
			got.Standing = slices.DeleteFunc(got.Standing, func(c Count[Phase]) bool { return c.N == 0 })
			if len(got.Standing) == 0 {
				got.Standing = nil
			}
			got.Week, got.Regions, got.Sectors, got.Languages = Week{}, nil, nil, nil
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("counts %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestDaysToADecision(t *testing.T) {
	week, _ := WeekOf("2026-09-30")
	decided := utc(t, "2026-09-30 10:00")
	took := func(days ...int) (requests []Counted) {
		for _, n := range days {
			letter := decided.AddDate(0, 0, -n)
			requests = append(requests, Counted{Opened: &letter, Submitted: &letter, Decided: decided, Result: ResultApproved})
		}
		return requests
	}
	for name, tt := range map[string]struct {
		days []int
		want int
	}{
		"two are too few": {[]int{80, 90}, 0}, "three": {[]int{90, 10, 80}, 80}, "four": {[]int{90, 10, 80, 85}, 80}, "on the day": {[]int{0, 0, 0}, 1},
	} {
		if got := WeeklyOf(week, took(tt.days...)); got.Days != tt.want || got.Decisions != len(tt.days) {
			t.Errorf("%s: %d decisions took %d days, want %d", name, got.Decisions, got.Days, tt.want)
		}
	}
}

func TestBands(t *testing.T) {
	for n, want := range map[int]Band{3: {3, 5}, 5: {3, 5}, 6: {6, 10}, 20: {11, 20}, 100: {51, 100}, 101: {101, 0}, 5000: {101, 0}} {
		if got := bandOf(n, 3); got != want || got.Few() {
			t.Errorf("%d is told as %v", n, got)
		}
	}
	if got := bandOf(50, 2); !got.Few() {
		t.Errorf("50 of two countries are told as %v", got)
	}
}

// drawCounted is any request, opened in or about a week.
func drawCounted(week Week) *rapid.Generator[Counted] {
	return rapid.Custom(func(t *rapid.T) Counted {
		instant := func(name string) *time.Time {
			when := week.Begins().Add(time.Duration(rapid.IntRange(-30*24, 20*24).Draw(t, name)) * time.Hour)
			return &when
		}
		r := Counted{Opened: instant("opened"), Country: rapid.SampledFrom(append(ListValues(Countries), "")).Draw(t, "country"),
			Sector: rapid.SampledFrom(ListValues(Sectors)).Draw(t, "sector"), Language: rapid.SampledFrom(LetterLanguages).Draw(t, "language"),
			Entered: []PhaseEntry{{rapid.SampledFrom(Phases).Draw(t, "phase"), *instant("entered")}}}
		if rapid.Bool().Draw(t, "ends") {
			r.Ended, r.Ending = instant("ended"), rapid.SampledFrom(Endings).Draw(t, "ending")
		}
		if rapid.Bool().Draw(t, "is decided") {
			r.Submitted, r.Decided, r.Result = instant("submitted"), instant("decided"), ResultApproved
		}
		return r
	})
}

// What leaves the house names no country and no case, whatever is counted.
func TestAWeekNamesNoCountryAndNoCase(t *testing.T) {
	week, _ := WeekOf("2026-09-30")
	var names []string
	for _, code := range ListValues(Countries) {
		country, _ := CountryByCode(code)
		names = append(names, country.Name)
	}
	rapid.Check(t, func(t *rapid.T) {
		told := WeeklyOf(week, rapid.SliceOfN(drawCounted(week), 0, 40).Draw(t, "requests"))
		raw, err := json.Marshal(told)
		if err != nil {
			t.Fatal(err)
		}
		var all any
		if err := json.Unmarshal(raw, &all); err != nil {
			t.Fatal(err)
		}
		if found := NamesIn(all, names); len(found) > 0 {
			t.Fatalf("it names %v: %s", found, raw)
		}
		for _, code := range ListValues(Countries) {
			if strings.Contains(string(raw), `"`+code+`"`) {
				t.Fatalf("it names %s: %s", code, raw)
			}
		}
		if strings.Contains(string(raw), "CNX") {
			t.Fatalf("it names a case: %s", raw)
		}
	})
}

// Nobody can tell from the figures which country stands behind them: with another of its region in its place they are the same.
func TestAWeekLooksTheSameWithAnotherCountryInItsPlace(t *testing.T) {
	week, _ := WeekOf("2026-09-30")
	rapid.Check(t, func(t *rapid.T) {
		requests := rapid.SliceOfN(drawCounted(week), 1, 40).Draw(t, "requests")
		one := requests[0].Country
		from, known := CountryByCode(one)
		others := slices.DeleteFunc(ListValues(Countries), func(code string) bool {
			other, _ := CountryByCode(code)
			return other.Region != from.Region || slices.ContainsFunc(requests, func(r Counted) bool { return r.Country == code })
		})
		if !known || len(others) == 0 {
			return // it is of no country, or all of its region ask
		}
		swapped := slices.Clone(requests)
		for i := range swapped {
			if swapped[i].Country == one {
				swapped[i].Country = rapid.Just(others[0]).Draw(t, "other")
			}
		}
		if a, b := WeeklyOf(week, requests), WeeklyOf(week, swapped); !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v becomes %+v", a, b)
		}
	})
}

// A group of which fewer than three countries are says so and nothing else: one request more or less of them is not seen in it.
func TestASmallGroupSaysNothing(t *testing.T) {
	week, _ := WeekOf("2026-09-30")
	opened := week.Begins()
	rapid.Check(t, func(t *rapid.T) {
		countries := rapid.SliceOfN(rapid.SampledFrom([]string{"GN", "ZM", "PE", "MN", "NA", "TL"}), 0, 30).Draw(t, "countries")
		requests, of := make([]Counted, len(countries)), map[string]map[string]bool{}
		for i, country := range countries {
			requests[i] = Counted{Opened: &opened, Country: country, Sector: rapid.SampledFrom(ListValues(Sectors)).Draw(t, "sector"), Language: "en"}
			c, _ := CountryByCode(country)
			for _, group := range []string{c.Region, requests[i].Sector, "en"} {
				if of[group] == nil {
					of[group] = map[string]bool{}
				}
				of[group][country] = true
			}
		}
		told := WeeklyOf(week, requests)
		for _, share := range slices.Concat(told.Regions, told.Sectors, told.Languages) {
			if share.Few() != (len(of[share.Of]) < 3) {
				t.Fatalf("of %s there are %d countries, told as %v", share.Of, len(of[share.Of]), share.Band)
			}
		}
		if n := len(told.Regions) + len(told.Sectors) + len(told.Languages); n != len(Regions())+len(ListValues(Sectors))+len(LetterLanguages) {
			t.Fatalf("%d groups are told of", n)
		}
	})
}

package casework_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"connex/casework"
)

// on is nine in the morning of a Berlin date.
func on(date string) time.Time { return casework.StartOf(date).Add(9 * time.Hour) }

// clockOf is the clock of a task of a kind, and how it rings.
func clockOf(t *testing.T, k casework.TaskKind, from time.Time) (casework.Rhythm, casework.Clock) {
	t.Helper()
	kind, known := casework.KindOf(k)
	if !known {
		t.Fatalf("%s is no kind of task", k)
	}
	return casework.RhythmOf(nil, k, kind.Role), casework.NewClock(nil, k, from)
}

func rhythmOf(k casework.TaskKind) casework.Rhythm {
	kind, _ := casework.KindOf(k)
	return casework.RhythmOf(nil, k, kind.Role)
}

func TestWhenATaskIsDue(t *testing.T) {
	for name, tt := range map[string]struct {
		kind casework.TaskKind
		from string
		due  string
	}{
		"three working days over a weekend":           {casework.AssessEligibility, "2027-03-11", "2027-03-16"},
		"over Easter":                                 {casework.AssessEligibility, "2027-03-25", "2027-04-01"},
		"Women's Day is a holiday in Berlin":          {casework.AnswerEligibilityQuestion, "2027-03-05", "2027-03-09"},
		"over the turn of the year":                   {casework.PrepareRequestLetter, "2026-12-30", "2027-01-05"},
		"21 calendar days":                            {casework.AgreeSupport, "2027-03-01", "2027-03-22"},
		"calendar days are moved off weekends":        {casework.SignCodeOfConduct, "2027-03-03", "2027-03-15"},
		"14 days over the change to summer time":      {casework.CastVote, "2027-03-22", "2027-04-05"},
		"ten working days, over the change to winter": {casework.CheckIntegrity, "2026-10-22", "2026-11-05"},
	} {
		t.Run(name, func(t *testing.T) {
			_, clock := clockOf(t, tt.kind, on(tt.from))
			if got := casework.DateOf(clock.Due); got != tt.due {
				t.Errorf("due %s, want %s", got, tt.due)
			}
			if clock.Overdue(on(tt.due)) || !clock.Overdue(on(tt.due).AddDate(0, 0, 1)) {
				t.Error("a task is overdue after its due day, not on it")
			}
		})
	}
}

func TestWhenClocksStrike(t *testing.T) {
	type strikes = []string
	for name, tt := range map[string]struct {
		kind casework.TaskKind
		want strikes
	}{
		"staff": {casework.AssessEligibility, strikes{"2027-03-04 remind", "2027-03-10 remind", "2027-03-16 remind", "2027-03-19 escalate"}},
		"government, never before the due date": {casework.AgreeSupport,
			strikes{"2027-03-22 remind", "2027-03-30 remind", "2027-04-05 remind", "2027-04-12 escalate"}},
		"a vote":          {casework.CastVote, strikes{"2027-03-09 remind", "2027-03-15 remind", "2027-03-15 remind"}},
		"a letter":        {casework.SubmitRequestLetter, strikes{"2027-03-15 remind", "2027-03-31 remind", "2027-04-30 remind", "2027-07-29 warn", "2027-08-30 lapse"}},
		"a questionnaire": {casework.EvaluateSupport, strikes{"2027-03-22 remind", "2027-04-05 remind", "2027-04-19 remind", "2027-04-26 give-up"}},
		"a standing task": {casework.Withdraw, nil},
	} {
		t.Run(name, func(t *testing.T) {
			rhythm, clock := clockOf(t, tt.kind, on("2027-03-01"))
			var got strikes
			for {
				stage, when, more := clock.Next(rhythm)
				if !more {
					break
				}
				if berlin := when.In(casework.Berlin); berlin.Hour() != 9 || !casework.Workday(when) {
					t.Errorf("strikes at %s", berlin)
				}
				got = append(got, casework.DateOf(when)+" "+string(stage.Strike))
				clock.Struck++
			}
			if len(got) != len(tt.want) {
				t.Fatalf("strikes %v, want %v", got, tt.want)
			}
			for i := range got {
				if got[i] != tt.want[i] {
					t.Errorf("strike %d: %s, want %s", i+1, got[i], tt.want[i])
				}
			}
		})
	}
}

func TestALateClockStrikesOnceForTheLatestStage(t *testing.T) {
	rhythm, clock := clockOf(t, casework.AssessEligibility, on("2027-03-01"))
	stage, rang := clock.StrikeUntil(rhythm, on("2027-06-01"))
	if !rang || stage.Strike != casework.Escalate {
		t.Errorf("struck %v, want to escalate", stage)
	}
	if _, again := clock.StrikeUntil(rhythm, on("2027-07-01")); again {
		t.Error("struck again")
	}
}

func TestAMovedClockKeepsItsDistances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := on("2027-01-04").Add(time.Duration(rapid.Int64Range(0, 3*365*24).Draw(t, "hours")) * time.Hour)
		by := time.Duration(rapid.Int64Range(0, 400*24*3600).Draw(t, "seconds")) * time.Second
		k := rapid.SampledFrom(casework.AllKinds()).Draw(t, "kind")
		rhythm := rhythmOf(k)
		clock := casework.NewClock(nil, k, from)
		moved := clock
		moved.Shift(by)
		if !clock.Due.IsZero() && moved.Due.Sub(clock.Due) != by {
			t.Fatalf("due moved by %s, want %s", moved.Due.Sub(clock.Due), by)
		}
		for clock.Struck < len(rhythm) {
			_, before, _ := clock.Next(rhythm)
			_, after, _ := moved.Next(rhythm)
			if after.Before(before) {
				t.Fatalf("stage %d moved back from %s to %s", clock.Struck, before, after)
			}
			clock.Struck++
			moved.Struck++
		}
	})
}

func TestStagesComeInOrderAndNeverEarly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := on("2027-01-04").Add(time.Duration(rapid.Int64Range(0, 5*365*24*60).Draw(t, "minutes")) * time.Minute)
		k := rapid.SampledFrom(casework.AllKinds()).Draw(t, "kind")
		rhythm := rhythmOf(k)
		clock := casework.NewClock(nil, k, from)
		last := from.AddDate(0, 0, -1)
		for clock.Struck < len(rhythm) {
			stage, when, more := clock.Next(rhythm)
			if !more {
				break
			}
			if when.Before(last) {
				t.Fatalf("%s: stage %d strikes at %s, before %s", k, clock.Struck, when, last)
			}
			if !stage.FromStart && casework.DateOf(when) < casework.DateOf(clock.Due) {
				t.Fatalf("%s: reminded on %s, before the due date %s", k, casework.DateOf(when), casework.DateOf(clock.Due))
			}
			last = when
			clock.Struck++
		}
	})
}

func TestTheCaseCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := on("2027-01-04")
		calendar := casework.Calendar{Start: start, DayLength: time.Duration(rapid.Int64Range(1, 86_400_000).Draw(t, "milliseconds")) * time.Millisecond}
		real := start.Add(time.Duration(rapid.Int64Range(-1e15, 2000*int64(calendar.DayLength)).Draw(t, "ns")))
		process := calendar.Process(real)
		if back := calendar.Real(process); back.Sub(real).Abs() > time.Microsecond {
			t.Fatalf("%s became %s and came back as %s", real, process, back)
		}
		if !real.After(start) && !process.Equal(real) {
			t.Fatalf("time before the start is %s, real %s", process, real)
		}
		if later := calendar.Process(real.Add(time.Second)); later.Before(process) {
			t.Fatalf("time runs backwards: %s after %s", later, process)
		}
	})
}

func TestADayOfTheCalendarIsADay(t *testing.T) {
	calendar := casework.Calendar{Start: on("2027-01-04"), DayLength: time.Second}
	if got := calendar.Process(calendar.Start.Add(12 * time.Minute)); got.Sub(calendar.Start) != 720*24*time.Hour {
		t.Errorf("twelve minutes at a second a day are %s", got.Sub(calendar.Start))
	}
	production := casework.Calendar{Start: on("2027-01-04"), DayLength: 24 * time.Hour}
	if now := on("2028-08-08"); !production.Process(now).Equal(now) || !production.Real(now).Equal(now) {
		t.Error("in production the two times differ")
	}
}

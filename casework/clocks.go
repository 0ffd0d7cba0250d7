package casework

import "time"

const (
	morning     = 9  // Berlin hour at which reminders go out
	endOfOffice = 18 // Berlin hour at which a due day is over
)

// Due says how long a task may take; the zero value: it has no due date.
type Due struct {
	Days    int
	Working bool // Monday to Friday but for Berlin's holidays; else calendar days, moved off weekends
}

func workdays(n int) Due { return Due{Days: n, Working: true} }
func days(n int) Due     { return Due{Days: n} }

// After is the end of the due day, counted from an instant in process time.
func (d Due) After(from time.Time) time.Time {
	if d.Working {
		return at(addWorkdays(from, d.Days), endOfOffice)
	}
	return at(offWeekend(from.In(Berlin).AddDate(0, 0, d.Days)), endOfOffice)
}

// Strike is what a clock does when it strikes. Only Lapse and GiveUp decide anything.
type Strike string

// The strikes of task clocks.
const (
	Remind   Strike = "remind"
	Escalate Strike = "escalate"
	Warn     Strike = "warn"    // tells that the request will lapse
	Lapse    Strike = "lapse"   // a letter that never came
	GiveUp   Strike = "give-up" // a questionnaire that was never answered
)

// Stage is one strike, counted from the due date or from when the clock began.
type Stage struct {
	Strike    Strike `json:"strike"`
	Days      int    `json:"days,omitempty"`
	Working   bool   `json:"working,omitempty"`
	FromStart bool   `json:"fromStart,omitempty"`
}

// Rhythm is the order of strikes of a task's clock.
type Rhythm []Stage

// rhythmName says how the clocks of a kind of task ring.
type rhythmName string

const (
	staffRhythm rhythmName = "staff"
	// guestRhythm is for governments and experts: never before the due date. A week after the last reminder their
	// silence is the case officer's to mend.
	guestRhythm         rhythmName = "guest"
	voteRhythm          rhythmName = "vote"
	letterRhythm        rhythmName = "letter"
	questionnaireRhythm rhythmName = "questionnaire"
)

// rhythms are made of settings: the reminders, and the strikes after the last of them.
var rhythms = map[rhythmName]struct {
	reminders SettingName
	then      []finale
	working   bool // days are working days
	fromStart bool // they count from when the clock began, else from the due date
}{
	staffRhythm:         {reminders: RemindersStaff, then: []finale{{Escalate, EscalateStaff}}, working: true},
	guestRhythm:         {reminders: RemindersGuest, then: []finale{{Escalate, EscalateGuest}}},
	voteRhythm:          {reminders: RemindersVote, fromStart: true},
	letterRhythm:        {reminders: RemindersLetter, then: []finale{{Warn, LapseTold}, {Lapse, LetterLapses}}, fromStart: true},
	questionnaireRhythm: {reminders: RemindersQuestionnaire, then: []finale{{GiveUp, GivenUpAfter}}, fromStart: true},
}

type finale struct {
	strike Strike
	after  SettingName
}

// RhythmOf is how a task of kind k that waits for a role is reminded of.
func RhythmOf(s Settings, k TaskKind, waitsFor Role) (rhythm Rhythm) {
	name, own := kinds[k].Rhythm, s.Text(RemindersOf(k)) != ""
	if kinds[k].Role == Expert && waitsFor.Staff() {
		name, own = staffRhythm, false // a task of experts that the case officer may do as well
	}
	r := rhythms[name]
	reminders, then := r.reminders, r.then
	if own {
		reminders, then = RemindersOf(k), []finale{{Escalate, EscalateOf(k)}}
	}
	if name == "" {
		return nil
	}
	for _, n := range s.Numbers(reminders) {
		rhythm = append(rhythm, Stage{Strike: Remind, Days: n, Working: r.working, FromStart: r.fromStart})
	}
	for _, last := range then {
		rhythm = append(rhythm, Stage{Strike: last.strike, Days: s.Number(last.after), Working: r.working, FromStart: r.fromStart})
	}
	return rhythm
}

// Clock is the clock of one task: absolute instants in process time, and how far it has struck. It belongs to the
// task, not to its holder: who takes a task over takes its clock over.
type Clock struct {
	Start  time.Time     `json:"start"`            // what FromStart counts from
	Due    time.Time     `json:"due,omitzero"`     // zero: nothing is due
	Struck int           `json:"struck,omitempty"` // stages that have struck or were passed over
	Later  time.Duration `json:"later,omitempty"`  // by how much people moved it: what counts from the start strikes so much later
	Moves  int           `json:"moves,omitempty"`  // times that it was moved
	Rhythm Rhythm        `json:"rhythm,omitempty"` // the stages, where settings made them others than the process has them
}

// NewClock starts the clock of a task of kind k.
func NewClock(s Settings, k TaskKind, now time.Time) Clock {
	c := Clock{Start: now}
	if due := s.Due(k); due.Days > 0 {
		c.Due = due.After(now)
	}
	return c
}

// StageAt is when a stage strikes: at nine in the morning of a working day in Berlin.
func (c Clock) StageAt(s Stage) time.Time {
	from := c.Due
	if s.FromStart {
		from = c.Start.Add(c.Later)
	}
	if from.IsZero() {
		return time.Time{}
	}
	if s.Working {
		return at(onWorkday(addWorkdays(from, s.Days)), morning)
	}
	return at(onWorkday(from.In(Berlin).AddDate(0, 0, s.Days)), morning)
}

// Next is the stage that strikes next and when; false when the clock is silent from here on.
func (c Clock) Next(r Rhythm) (Stage, time.Time, bool) {
	if c.Struck >= len(r) {
		return Stage{}, time.Time{}, false
	}
	next := c.StageAt(r[c.Struck])
	return r[c.Struck], next, !next.IsZero()
}

// Last is when the newest reminder or other stage struck; false when none has.
func (c Clock) Last(r Rhythm) (Stage, time.Time, bool) {
	if c.Struck == 0 || c.Struck > len(r) {
		return Stage{}, time.Time{}, false
	}
	last := r[c.Struck-1]
	return last, c.StageAt(last), true
}

// StrikeUntil strikes all stages that are due by now, once, for the latest of them: a clock that comes late does not
// ring for each stage that it slept through.
func (c *Clock) StrikeUntil(r Rhythm, now time.Time) (struck Stage, rang bool) {
	for {
		stage, when, more := c.Next(r)
		if !more || when.After(now) {
			return struck, rang
		}
		struck, rang = stage, true
		c.Struck++
	}
}

// Shift moves the clock by the time for which the request was suspended.
func (c *Clock) Shift(by time.Duration) {
	c.Start = c.Start.Add(by)
	if !c.Due.IsZero() {
		c.Due = c.Due.Add(by)
	}
}

// OffRest is the due date of a task as it was put off, or where that is a day of rest, the end of the next day that is none:
// working days for what is due in those, else Monday to Friday.
func OffRest(k TaskKind, due time.Time) time.Time {
	if due.IsZero() {
		return due
	}
	day := offWeekend(due)
	if kind, _ := KindOf(k); kind.Due.Working {
		day = onWorkday(due)
	}
	if DateOf(day) == DateOf(due) {
		return due
	}
	return at(day, endOfOffice)
}

// Overdue tells whether the task should have been done by now (process time).
func (c Clock) Overdue(now time.Time) bool { return !c.Due.IsZero() && now.After(c.Due) }

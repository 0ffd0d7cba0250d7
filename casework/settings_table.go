package casework

import (
	"slices"
	"strconv"
	"sync"
)

// SettingName names what staff may change.
type SettingName string

// The settings that belong to no kind of task.
const (
	RemindersStaff SettingName = "remindersStaff"
	EscalateStaff  SettingName = "escalateStaff"
	RemindersGuest SettingName = "remindersGuest"
	EscalateGuest  SettingName = "escalateGuest"

	RemindersLetter SettingName = "remindersLetter"
	LapseTold       SettingName = "lapseTold"
	LetterLapses    SettingName = "letterLapses"

	RemindersQuestionnaire SettingName = "remindersQuestionnaire"
	GivenUpAfter           SettingName = "givenUpAfter"
	CheckInEveryDays       SettingName = "checkInEveryDays" // where an activity says nothing

	VoteQuorum      SettingName = "voteQuorum"
	LeastVotes      SettingName = "leastVotes"
	RemindersVote   SettingName = "remindersVote"
	VoteExtensions  SettingName = "voteExtensions"  // how often the head may extend a round
	Deferrals       SettingName = "deferrals"       // how often the board may defer a case
	SettleAfterDays SettingName = "settleAfterDays" // after a round's due date

	CodeYears      SettingName = "codeYears"
	CodeNoticeDays SettingName = "codeNoticeDays" // before a signature of the Code lapses
	CodeGraceDays  SettingName = "codeGraceDays"  // for which running work goes on after the lapse

	ConfirmationMinutes SettingName = "confirmationMinutes"

	LetterheadName      SettingName = "letterheadName"
	LetterheadAddress   SettingName = "letterheadAddress"
	LetterheadTelephone SettingName = "letterheadTelephone"
	LetterheadMail      SettingName = "letterheadMail"
)

// DueOf, RemindersOf and EscalateOf name the settings of a kind's own clock.
func DueOf(k TaskKind) SettingName { return SettingName("due-" + k) }

// RemindersOf is empty where the kind is reminded of like all others of its sort.
func RemindersOf(k TaskKind) SettingName { return SettingName("reminders-" + k) }

// EscalateOf is empty or given together with RemindersOf.
func EscalateOf(k TaskKind) SettingName { return SettingName("escalate-" + k) }

// Takes says what a setting takes.
type Takes string

// What settings take.
const (
	TakesNumber  Takes = "number"
	TakesNumbers Takes = "numbers" // rising, such as «0, 3, 7»
	TakesShare   Takes = "share"   // of Shares
	TakesLine    Takes = "line"
	TakesLines   Takes = "lines"
	TakesMail    Takes = "mail"
)

// Shares of the members that can be a quorum: no less than a half.
var Shares = []string{"1/2", "3/5", "2/3", "3/4", "4/5", "1/1"}

// Unit says what a setting's numbers count.
type Unit string

// The units.
const (
	UnitDays     Unit = "days"
	UnitWorkdays Unit = "workdays"
	UnitYears    Unit = "years"
	UnitMinutes  Unit = "minutes"
	UnitVotes    Unit = "votes"
	UnitTimes    Unit = "times"
)

// SettingGroup are settings that are changed together: a kind of task, or one of those below.
type SettingGroup string

// The groups that are no kind of task.
const (
	GroupReminders      SettingGroup = "reminders"
	GroupQuestionnaires SettingGroup = "questionnaires"
	GroupMonitoring     SettingGroup = "monitoring"
	GroupVote           SettingGroup = "vote"
	GroupCode           SettingGroup = "code-of-conduct"
	GroupLinks          SettingGroup = "links"
	GroupLetterhead     SettingGroup = "letterhead"
)

// Setting is one of the things that staff may change: what the process says where nobody did, and what it takes.
type Setting struct {
	Name        SettingName
	Group       SettingGroup
	Takes       Takes
	Unit        Unit
	Default     string
	Least, Most int  // of each number
	Optional    bool // may be empty
	Carried     bool // a request takes it along into each phase
}

// AllSettings are in the order in which they are shown.
func AllSettings() []Setting { return slices.Clone(settingsTable()) }

// SettingsOf are those of a group, nil where there is no such group.
func SettingsOf(g SettingGroup) (settings []Setting) {
	for _, s := range settingsTable() {
		if s.Group == g {
			settings = append(settings, s)
		}
	}
	return settings
}

// PhaseClocks are the kinds of tasks whose clock is a group of its own, by the phase to which they belong; behind the
// phases those that come at any time.
type PhaseClocks struct {
	Phase Phase // empty: at any time
	Kinds []TaskKind
}

// Clocks by phase. The letter, the questionnaires and the votes have clocks unlike all others, in groups of their own.
var Clocks = []PhaseClocks{
	{FirstInterest, []TaskKind{AnswerEligibilityQuestion, AssessEligibility, DiscussScope}},
	{FormalRequest, []TaskKind{PrepareRequestLetter, SubmitRequestLetter}},
	{DueDiligence, []TaskKind{CheckHumanRights, CheckEnvironment, CheckConflict, CheckPartners, CheckIntegrity, CounterSignRating,
		ConcludeDueDiligence, ProvideInformation}},
	{GovernanceDecision, []TaskKind{AnswerBoard, SettleVote}},
	{Agreement, []TaskKind{DraftApproval, SignApproval, DraftDeclining, SignDeclining}},
	{SupportDesign, []TaskKind{ProposeSupport, SignCodeOfConduct, DeclareInterests, ReviewDisclosure, AgreeSupport, InformOnExpert}},
	{ScopingMission, []TaskKind{PlanMission, ReportMission, ReviseSupport}},
	{Implementation, []TaskKind{CheckIn, ReportActivity, EndActivity, WriteEvaluation, ReviewConcern, ReplaceExpert, ProposeChange, EndImplementation}},
	{Closing, []TaskKind{ClosingEvaluation, CloseRequest}},
	{"", []TaskKind{AnswerGovernment}},
}

var settingsTable = sync.OnceValue(func() (all []Setting) {
	for _, phase := range Clocks {
		for _, k := range phase.Kinds {
			all = append(all, clockSettings(k)...)
		}
	}
	return append(all, commonSettings()...)
})

var settingsByName = sync.OnceValue(func() map[SettingName]Setting {
	named := map[SettingName]Setting{}
	for _, s := range settingsTable() {
		named[s.Name] = s
	}
	return named
})

func settingNamed(n SettingName) Setting { return settingsByName()[n] }

// SettingNamed is the setting of that name; false where there is none, or none any more.
func SettingNamed(n SettingName) (Setting, bool) {
	s, known := settingsByName()[n]
	return s, known
}

// clockSettings are those of one kind's clock: when it is due, and where it is reminded of unlike all others, how.
func clockSettings(k TaskKind) []Setting {
	group := SettingGroup(k)
	if k == SubmitRequestLetter {
		return []Setting{
			inDays(RemindersLetter, group, "14, 30, 60", 1, 700).list(), inDays(LapseTold, group, "150", 2, 720), inDays(LetterLapses, group, "180", 3, 730),
		}
	}
	reminders, escalate := inDays(RemindersOf(k), group, "", 0, 180).list().optional(), inDays(EscalateOf(k), group, "", 1, 365).optional()
	if kinds[k].Rhythm == staffRhythm {
		reminders.Unit, escalate.Unit = UnitWorkdays, UnitWorkdays
	}
	return []Setting{dueSetting(k, group), reminders, escalate}
}

func dueSetting(k TaskKind, group SettingGroup) Setting {
	due := kinds[k].Due
	if due.Working {
		return inWorkdays(DueOf(k), group, strconv.Itoa(due.Days), 1, 90)
	}
	return inDays(DueOf(k), group, strconv.Itoa(due.Days), 1, 180)
}

// commonSettings are those that belong to no single kind.
func commonSettings() []Setting {
	return []Setting{
		inWorkdays(RemindersStaff, GroupReminders, "0, 3, 7", 0, 90).list(), inWorkdays(EscalateStaff, GroupReminders, "10", 1, 120),
		inDays(RemindersGuest, GroupReminders, "0, 7, 14", 0, 180).list(), inDays(EscalateGuest, GroupReminders, "21", 1, 365),

		dueSetting(EvaluateSupport, GroupQuestionnaires), dueSetting(SelfAssess, GroupQuestionnaires), dueSetting(ClosingQuestionnaire, GroupQuestionnaires),
		inDays(RemindersQuestionnaire, GroupQuestionnaires, "21, 35, 49", 1, 360).list(), inDays(GivenUpAfter, GroupQuestionnaires, "56", 2, 365),

		inDays(CheckInEveryDays, GroupMonitoring, "30", 7, 180),

		{Name: VoteQuorum, Group: GroupVote, Takes: TakesShare, Default: "2/3", Carried: true},
		number(LeastVotes, GroupVote, UnitVotes, "2", 2, 20),
		dueSetting(CastVote, GroupVote), inDays(RemindersVote, GroupVote, "7, 12, 14", 1, 180).list(),
		number(VoteExtensions, GroupVote, UnitTimes, "2", 0, 5), number(Deferrals, GroupVote, UnitTimes, "2", 0, 5),
		inDays(SettleAfterDays, GroupVote, "7", 1, 60),

		number(CodeYears, GroupCode, UnitYears, "2", 1, 5), inDays(CodeNoticeDays, GroupCode, "30", 7, 180), inDays(CodeGraceDays, GroupCode, "30", 7, 180),

		{Name: ConfirmationMinutes, Group: GroupLinks, Takes: TakesNumber, Unit: UnitMinutes, Default: "60", Least: 10, Most: 1440},

		{Name: LetterheadName, Group: GroupLetterhead, Takes: TakesLine, Default: "CONNEX Support Unit Secretariat"},
		{Name: LetterheadAddress, Group: GroupLetterhead, Takes: TakesLines, Default: "Potsdamer Platz 10\n10785 Berlin\nGermany"},
		{Name: LetterheadTelephone, Group: GroupLetterhead, Takes: TakesLine, Optional: true},
		{Name: LetterheadMail, Group: GroupLetterhead, Takes: TakesMail, Optional: true},
	}
}

func number(n SettingName, g SettingGroup, unit Unit, standard string, least, most int) Setting {
	return Setting{Name: n, Group: g, Takes: TakesNumber, Unit: unit, Default: standard, Least: least, Most: most, Carried: true}
}

func inDays(n SettingName, g SettingGroup, standard string, least, most int) Setting {
	return number(n, g, UnitDays, standard, least, most)
}

func inWorkdays(n SettingName, g SettingGroup, standard string, least, most int) Setting {
	return number(n, g, UnitWorkdays, standard, least, most)
}

func (s Setting) list() Setting     { s.Takes = TakesNumbers; return s }
func (s Setting) optional() Setting { s.Optional = true; return s }

package casework

import (
	"slices"
	"strconv"
	"strings"
)

// most entries of a list of reminders, and lines of an address.
const (
	mostReminders = 8
	mostLines     = 6
)

// Check says what is wrong with settings, each fault under the setting at which somebody can mend it; nil: nothing is.
// All that one fault depends on is in one group, so whoever changes a group cannot make another one wrong.
func (s Settings) Check() map[SettingName]Sentence {
	faults := map[SettingName]Sentence{}
	for _, setting := range settingsTable() {
		if fault := setting.check(s.Text(setting.Name)); fault.ID != "" {
			faults[setting.Name] = fault
		}
	}
	for name := range s { //workflowcheck:ignore each has its own fault, whatever the order
		if settingNamed(name).Name == "" {
			faults[name] = Say("invalid.unknown-setting")
		}
	}
	if len(faults) == 0 {
		s.checkTogether(faults)
	}
	if len(faults) == 0 {
		return nil
	}
	return faults
}

// check says what is wrong with a setting by itself.
func (s Setting) check(text string) Sentence {
	if text == "" {
		if s.Optional {
			return Sentence{}
		}
		return Say("invalid.missing")
	}
	switch s.Takes {
	case TakesNumber:
		if n, err := strconv.Atoi(text); err != nil || n < s.Least || n > s.Most {
			return Say("invalid.number-from-to", "Least", s.Least, "Most", s.Most)
		}
	case TakesNumbers:
		return s.checkList(text)
	case TakesShare:
		if !slices.Contains(Shares, text) {
			return Say("invalid.unknown-option")
		}
	case TakesLines:
		if strings.Count(text, "\n") >= mostLines {
			return Say("invalid.too-many-lines", "Limit", mostLines)
		}
	case TakesMail:
		if !ValidEmail(text) {
			return Say("invalid.no-email")
		}
	}
	return Sentence{}
}

func (s Setting) checkList(text string) Sentence {
	numbers, ok := wholeNumbers(text)
	if !ok {
		return Say("invalid.no-numbers")
	}
	for i, n := range numbers {
		switch {
		case n < s.Least || n > s.Most:
			return Say("invalid.each-number", "Least", s.Least, "Most", s.Most)
		case i > 0 && n <= numbers[i-1]:
			return Say("invalid.not-rising")
		}
	}
	if len(numbers) > mostReminders {
		return Say("invalid.too-many", "Limit", mostReminders)
	}
	return Sentence{}
}

// checkTogether says what settings, each fit by itself, must not be together: a clock whose last stage comes before its
// first, or people who are reminded before they are due.
func (s Settings) checkTogether(faults map[SettingName]Sentence) {
	after := func(later SettingName, reminders SettingName, fault Sentence) {
		if list := s.Numbers(reminders); s.Number(later) <= list[len(list)-1] {
			faults[later] = fault
		}
	}
	behind := Say("invalid.before-reminder")
	after(EscalateStaff, RemindersStaff, behind)
	after(EscalateGuest, RemindersGuest, behind)
	after(LapseTold, RemindersLetter, behind)
	after(GivenUpAfter, RemindersQuestionnaire, behind)
	if s.Number(LetterLapses) <= s.Number(LapseTold) {
		faults[LetterLapses] = Say("invalid.lapses-untold")
	}
	if list := s.Numbers(RemindersVote); list[len(list)-1] > s.Number(DueOf(CastVote)) {
		faults[RemindersVote] = Say("invalid.reminder-after-votes")
	}
	for _, k := range []TaskKind{EvaluateSupport, SelfAssess, ClosingQuestionnaire} {
		if s.Numbers(RemindersQuestionnaire)[0] < s.Number(DueOf(k)) {
			faults[RemindersQuestionnaire] = Say("invalid.reminder-before-due")
		}
	}
	for _, phase := range Clocks {
		for _, k := range phase.Kinds {
			if own, escalate := s.Text(RemindersOf(k)), s.Text(EscalateOf(k)); own != "" && escalate != "" {
				after(EscalateOf(k), RemindersOf(k), behind)
			} else if own != escalate {
				s.together(faults, k)
			}
		}
	}
}

// together: where a kind is reminded of in its own way, that has an end as well, so that nothing waits for ever unseen.
func (s Settings) together(faults map[SettingName]Sentence, k TaskKind) {
	lacking := RemindersOf(k)
	if s.Text(lacking) != "" {
		lacking = EscalateOf(k)
	}
	faults[lacking] = Say("invalid.only-one-of-both")
}

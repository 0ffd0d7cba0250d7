package casework

import (
	"fmt"
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
func (s Settings) Check() map[SettingName]string {
	faults := map[SettingName]string{}
	for _, setting := range settingsTable() {
		if sentence := setting.check(s.Text(setting.Name)); sentence != "" {
			faults[setting.Name] = sentence
		}
	}
	for name := range s { //workflowcheck:ignore each has its own fault, whatever the order
		if settingNamed(name).Name == "" {
			faults[name] = "There is no such setting."
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
func (t Setting) check(text string) string {
	if text == "" {
		if t.Optional {
			return ""
		}
		return "Please fill this in."
	}
	switch t.Takes {
	case TakesNumber:
		if n, err := strconv.Atoi(text); err != nil || n < t.Least || n > t.Most {
			return fmt.Sprintf("Please enter a whole number from %d to %d.", t.Least, t.Most)
		}
	case TakesNumbers:
		return t.checkList(text)
	case TakesShare:
		if !slices.Contains(Shares, text) {
			return "Please choose one of the answers that are offered."
		}
	case TakesLines:
		if strings.Count(text, "\n") >= mostLines {
			return fmt.Sprintf("These are too many lines: at most %d.", mostLines)
		}
	case TakesMail:
		if !validEmail(text) {
			return "Please enter an e-mail address such as name@ministry.example."
		}
	}
	return ""
}

func (t Setting) checkList(text string) string {
	numbers, ok := wholeNumbers(text)
	if !ok {
		return "Please enter whole numbers with commas between them, such as 7, 14, 21."
	}
	for i, n := range numbers {
		switch {
		case n < t.Least || n > t.Most:
			return fmt.Sprintf("Each number must be from %d to %d.", t.Least, t.Most)
		case i > 0 && n <= numbers[i-1]:
			return "Each number must be larger than the one before it."
		}
	}
	if len(numbers) > mostReminders {
		return fmt.Sprintf("These are too many: at most %d.", mostReminders)
	}
	return ""
}

// checkTogether says what settings, each fit by itself, must not be together: a clock whose last stage comes before its
// first, or people who are reminded before they are due.
func (s Settings) checkTogether(faults map[SettingName]string) {
	after := func(later SettingName, reminders SettingName, sentence string) {
		if list := s.Numbers(reminders); s.Number(later) <= list[len(list)-1] {
			faults[later] = sentence
		}
	}
	const behind = "This must come after the last reminder."
	after(EscalateStaff, RemindersStaff, behind)
	after(EscalateGuest, RemindersGuest, behind)
	after(LapseTold, RemindersLetter, behind)
	after(GivenUpAfter, RemindersQuestionnaire, behind)
	if s.Number(LetterLapses) <= s.Number(LapseTold) {
		faults[LetterLapses] = "The government must be told before its request lapses."
	}
	if list := s.Numbers(RemindersVote); list[len(list)-1] > s.Number(DueOf(CastVote)) {
		faults[RemindersVote] = "No reminder comes after the votes are due."
	}
	for _, k := range []TaskKind{EvaluateSupport, SelfAssess, ClosingQuestionnaire} {
		if s.Numbers(RemindersQuestionnaire)[0] < s.Number(DueOf(k)) {
			faults[RemindersQuestionnaire] = "Nobody is reminded before the answers are due."
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
func (s Settings) together(faults map[SettingName]string, k TaskKind) {
	lacking := RemindersOf(k)
	if s.Text(lacking) != "" {
		lacking = EscalateOf(k)
	}
	faults[lacking] = "Please fill in both, or leave both empty."
}

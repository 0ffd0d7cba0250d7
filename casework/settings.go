package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Settings are what staff changed without a new release, as they wrote it: «14», «0, 3, 7», «2/3», an address. What is
// not there is as the process has it, so the zero value is the process unchanged. A request carries a snapshot into each
// phase, so that a change holds from its next phase on and a history replays as it was.
type Settings map[SettingName]string

// MarshalJSON writes none as {}: null would mean that nobody says which.
func (s Settings) MarshalJSON() ([]byte, error) {
	if s == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(map[SettingName]string(s))
}

// UnmarshalJSON also takes plain numbers, as requests once carried them.
func (s *Settings) UnmarshalJSON(raw []byte) error {
	var given map[SettingName]any
	if err := json.Unmarshal(raw, &given); err != nil {
		return err
	}
	read := Settings{}
	for name, value := range given { //workflowcheck:ignore each goes to its own name, whatever the order
		switch v := value.(type) {
		case string:
			read[name] = v
		case float64:
			read[name] = strconv.FormatFloat(v, 'f', -1, 64)
		default:
			return fmt.Errorf("setting %s: a %T is none", name, value)
		}
	}
	*s = read
	return nil
}

// Text is a setting as it holds: as staff changed it, or as the process has it.
func (s Settings) Text(n SettingName) string {
	if text := s[n]; text != "" {
		return text
	}
	return settingNamed(n).Default
}

// Number is a setting that is one whole number. What cannot be read is as the process has it; Check lets none be kept.
func (s Settings) Number(n SettingName) int {
	if number, err := strconv.Atoi(s.Text(n)); err == nil {
		return number
	}
	number, _ := strconv.Atoi(settingNamed(n).Default)
	return number
}

// Numbers are a setting that is a list of whole numbers.
func (s Settings) Numbers(n SettingName) []int {
	if numbers, ok := wholeNumbers(s.Text(n)); ok {
		return numbers
	}
	numbers, _ := wholeNumbers(settingNamed(n).Default)
	return numbers
}

// Due is how long a task of a kind may take.
func (s Settings) Due(k TaskKind) Due {
	due := kinds[k].Due
	if due.Days > 0 {
		due.Days = s.Number(DueOf(k))
	}
	return due
}

// Carried are the settings that a request takes along: what its rules depend on, and no name or address.
func (s Settings) Carried() Settings {
	carried := maps.Clone(s)
	maps.DeleteFunc(carried, func(n SettingName, _ string) bool { return !settingNamed(n).Carried })
	return carried
}

// Changed are the settings that differ from the process. The others need not be carried or kept, nor what once was a
// setting and is none any more.
func (s Settings) Changed() Settings {
	changed := maps.Clone(s)
	maps.DeleteFunc(changed, func(n SettingName, text string) bool {
		setting := settingNamed(n)
		return text == "" || text == setting.Default || setting.Name == ""
	})
	return changed
}

// Sum tells two settings apart.
func (s Settings) Sum() string {
	var text strings.Builder
	names := make([]SettingName, 0, len(s))
	for name := range s { //workflowcheck:ignore sorted below
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(&text, "%s=%q\n", name, s[name])
	}
	sum := sha256.Sum256([]byte(text.String()))
	return hex.EncodeToString(sum[:8])
}

// wholeNumbers reads «0, 3, 7».
func wholeNumbers(text string) ([]int, bool) {
	var numbers []int
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil {
			return nil, false
		}
		numbers = append(numbers, n)
	}
	return numbers, true
}

// share reads «2/3»: so many votes of so many.
func share(text string) (votes, of int, ok bool) {
	before, after, found := strings.Cut(text, "/")
	votes, wrong := strconv.Atoi(strings.TrimSpace(before))
	of, wrongToo := strconv.Atoi(strings.TrimSpace(after))
	return votes, of, found && wrong == nil && wrongToo == nil && votes > 0 && of > 0
}

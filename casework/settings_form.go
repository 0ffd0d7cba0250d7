package casework

import (
	"errors"
	"maps"
	"strconv"
	"strings"
)

// SettingsReason is the field that says why a setting is changed.
const SettingsReason = "reason"

// SettingsForm asks for the settings of a group, filled with what holds, and why they change.
func SettingsForm(s Settings, g SettingGroup) (form Form) {
	for _, setting := range SettingsOf(g) {
		f := field(string(setting.Name), setting.fieldType())
		f.Required, f.Value = !setting.Optional, s.Text(setting.Name)
		if setting.Takes == TakesShare {
			f = f.of(Shares...)
		}
		form.Fields = append(form.Fields, f)
	}
	form.Fields = append(form.Fields, field(SettingsReason, LongText).need())
	return form
}

// fieldType: numbers are taken as they are typed, so that what cannot be read comes back with a sentence of its own.
func (s Setting) fieldType() FieldType {
	switch s.Takes {
	case TakesShare:
		return Choice
	case TakesLines:
		return LongText
	case TakesMail:
		return Email
	}
	return Text
}

// Fill is what the settings become when the form of a group is filled in like this. The error is a *FormError.
func (s Settings) Fill(g SettingGroup, sent Values) (Settings, error) {
	kept, err := Decode(FormContext{}, SettingsForm(s, g), sent)
	if err != nil {
		return nil, allWrong(err, g, sent)
	}
	next := Settings{}
	maps.Copy(next, s)
	var first SettingName
	same := true
	for _, setting := range SettingsOf(g) {
		if first == "" {
			first = setting.Name
		}
		next[setting.Name] = setting.tidy(kept.String(string(setting.Name)))
		same = same && next.Text(setting.Name) == s.Text(setting.Name)
	}
	wrong := Faults{}
	for name, fault := range next.Check() {
		wrong[string(name)] = fault
	}
	if len(wrong) == 0 && same {
		wrong[string(first)] = Say("invalid.nothing-changed")
	}
	if len(wrong) > 0 {
		return nil, &FormError{Fields: wrong}
	}
	return next.Changed(), nil
}

// allWrong adds what else is wrong with single settings, so that one sees it at once.
func allWrong(err error, g SettingGroup, sent Values) error {
	var form *FormError
	if !errors.As(err, &form) {
		return err
	}
	for _, setting := range SettingsOf(g) {
		text := sent.String(string(setting.Name))
		if sentence := setting.check(setting.tidy(text)); text != "" && sentence.ID != "" && form.Fields[string(setting.Name)].ID == "" {
			form.Fields[string(setting.Name)] = sentence
		}
	}
	return form
}

// tidy writes the same always in the same way.
func (s Setting) tidy(text string) string {
	switch s.Takes {
	case TakesNumber, TakesNumbers:
		numbers, ok := wholeNumbers(text)
		if !ok {
			return text
		}
		parts := make([]string, len(numbers))
		for i, n := range numbers {
			parts[i] = strconv.Itoa(n)
		}
		return strings.Join(parts, ", ")
	case TakesLines:
		var lines []string
		for line := range strings.SplitSeq(text, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
		return strings.Join(lines, "\n")
	}
	return text
}

// Differ are the settings in which the two are not the same, in the order of the table.
func (s Settings) Differ(other Settings) (names []SettingName) {
	for _, setting := range settingsTable() {
		if s.Text(setting.Name) != other.Text(setting.Name) {
			names = append(names, setting.Name)
		}
	}
	return names
}

// SumOf tells whether the settings of a group are still those that somebody saw.
func (s Settings) SumOf(g SettingGroup) string {
	of := Settings{}
	for _, setting := range SettingsOf(g) {
		of[setting.Name] = s.Text(setting.Name)
	}
	return of.Sum()
}

// Letterhead is in whose name letters and mails go out.
type Letterhead struct {
	Name      string
	Address   []string // of the house, by line
	Telephone string   // also for officers who have none of their own
	Mail      string
}

// Letterhead is the Secretariat's.
func (s Settings) Letterhead() Letterhead {
	return Letterhead{Name: s.Text(LetterheadName), Address: strings.Split(s.Text(LetterheadAddress), "\n"),
		Telephone: s.Text(LetterheadTelephone), Mail: s.Text(LetterheadMail)}
}

// Lines are the name and the address, as on an envelope.
func (l Letterhead) Lines() []string { return append([]string{l.Name}, l.Address...) }

// OneLine is the address in one line.
func (l Letterhead) OneLine() string { return strings.Join(l.Address, ", ") }

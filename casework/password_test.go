package casework_test

import (
	"strings"
	"testing"

	"connex/casework"
)

func TestWhichPasswordsAreTaken(t *testing.T) {
	for password, want := range map[string]string{
		"short":                     casework.PasswordTooShort,
		"elevenchars":               casework.PasswordTooShort,
		"":                          casework.PasswordTooShort,
		strings.Repeat("äb", 101):   casework.PasswordTooLong,
		"password1234":              casework.PasswordCommon,
		"P@ssw0rd!!2026":            casework.PasswordCommon,
		"passwordpassword":          casework.PasswordCommon,
		"123456789012":              casework.PasswordCommon,
		"abcdefghijklmn":            casework.PasswordCommon,
		"aaaaaaaaaaaaaaa":           casework.PasswordCommon,
		"121212121212":              casework.PasswordCommon,
		"qwertyuiop12":              casework.PasswordCommon,
		"Welcome2Berlin!":           casework.PasswordCommon,
		"CorrectHorseBatteryStaple": casework.PasswordCommon,
		"ada.example@connex.test":   casework.PasswordPersonal,
		"AdaExample99":              casework.PasswordPersonal,
		"the lake in november rain": "",
		"correct horse battery":     "",
		"пароль на латунной двери": "",
		"x7#qLm2vR9tz":                   "",
		strings.Repeat("wide river ", 6): "",
	} {
		if got := casework.WeakPassword(password, "Ada Example", "ada.example@connex.test"); got != want {
			t.Errorf("%q is refused as %q, want %q", password, got, want)
		}
	}
}

func TestSixtyFourCharactersAreNeverTooMany(t *testing.T) {
	if why := casework.WeakPassword("ß" + strings.Repeat("lantern quiet ", 9)); why != "" {
		t.Errorf("refused as %s", why)
	}
}

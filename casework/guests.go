package casework

import (
	"strings"
	"time"
)

// What a guest answers is held against what is known of them.

func checkSignature(c FormContext, v Values, wrong Faults) {
	if v.Outcome() != Sign {
		return
	}
	if Empty(v["version"]) {
		v["version"] = CurrentCode().Version // what was shown
	}
	if v.String("version") != CurrentCode().Version {
		wrong["version"] = Say("invalid.old-code")
	}
	if c.Signer != "" && !Empty(v["fullName"]) && !signedBy(v.String("fullName"), c.Signer) {
		wrong["fullName"] = Say("invalid.other-name", "Name", c.Signer)
	}
}

func checkContact(c FormContext, v Values, wrong Faults) {
	if c.Contact != "" && strings.EqualFold(strings.TrimSpace(v.String("contactEmail")), c.Contact) && SameName(v.String("contactName"), c.ContactName) {
		wrong["contactEmail"] = Say("invalid.same-contact") // a colleague may read the same mailbox
	}
}

func checkReport(c FormContext, v Values, wrong Faults) {
	if n, said := v["daysSpent"].(float64); said && c.MostDays > 0 && n > float64(c.MostDays) {
		wrong["daysSpent"] = Say("invalid.too-many-days", "Count", c.MostDays)
	}
}

// signedBy tells whether a name that was typed is an expert's own, whatever its case, accents, gaps and order.
func signedBy(typed, own string) bool {
	return SameName(typed, own) || closedUp(typed) == closedUp(own)
}

// closedUp is a name as one word.
func closedUp(name string) string {
	return strings.Join(strings.Fields(foldLetters.Replace(strings.ToLower(name))), "")
}

// DaysFor is how many days there were to work in from one instant to another, both in the case's calendar and both counted.
func DaysFor(from, to time.Time) int {
	return int(StartOf(DateOf(to)).Sub(StartOf(DateOf(from))).Hours()/24+0.5) + 1
}

package casework

import (
	"strings"
	"time"
)

// checkGuest holds what a guest answers against what is known of them.
func checkGuest(c FormContext, v Values, wrong Faults) {
	switch {
	case c.Kind == SignCodeOfConduct && v.Outcome() == Sign && c.Signer != "" && !Empty(v["fullName"]) && !signedBy(v.String("fullName"), c.Signer):
		wrong["fullName"] = Say("invalid.other-name", "Name", c.Signer)
	case c.Kind == ChangeContact && c.Contact != "" && strings.EqualFold(strings.TrimSpace(v.String("contactEmail")), c.Contact) && SameName(v.String("contactName"), c.ContactName):
		wrong["contactEmail"] = Say("invalid.same-contact") // a colleague may read the same mailbox
	case c.Kind == ReportActivity && c.MostDays > 0:
		if n, said := v["daysSpent"].(float64); said && n > float64(c.MostDays) {
			wrong["daysSpent"] = Say("invalid.too-many-days", "Count", c.MostDays)
		}
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

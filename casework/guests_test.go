package casework

import (
	"testing"
	"time"
)

func TestWhatIsKnownOfAGuest(t *testing.T) {
	sign := func(name string) Values { return Values{"outcome": "sign", "fullName": name} }
	ana, ministry, month := FormContext{Kind: SignCodeOfConduct, Signer: "Tomás Ibáñez Ruiz"}, FormContext{Kind: ChangeContact, Contact: "aimee@ministry.example", ContactName: "Aimée Exemple"}, FormContext{Kind: ReportActivity, MostDays: 30}
	for name, tt := range map[string]struct {
		c     FormContext
		v     Values
		wrong string
	}{
		"their own name":            {ana, sign("Tomás Ibáñez Ruiz"), ""},
		"without accents":           {ana, sign("tomas ibanez  RUIZ"), ""},
		"in another order":          {ana, sign("IBÁÑEZ RUIZ, Tomás"), ""},
		"without a gap":             {ana, sign("TomásIbáñez Ruiz"), ""},
		"another's":                 {ana, sign("Leila Haddad"), "fullName"},
		"no letters at all":         {ana, sign("..."), "fullName"},
		"nobody's is known":         {FormContext{Kind: SignCodeOfConduct}, sign("Leila Haddad"), ""},
		"who does not sign":         {ana, Values{"outcome": "refuse"}, ""},
		"another's address":         {ministry, Values{"outcome": "change-contact", "contactName": "Paul", "contactEmail": "paul@ministry.example"}, ""},
		"a mailbox that they share": {ministry, Values{"outcome": "change-contact", "contactName": "Paul", "contactEmail": "Aimee@Ministry.example"}, ""},
		"themselves":                {ministry, Values{"outcome": "change-contact", "contactName": "aimee exemple", "contactEmail": "Aimee@Ministry.example"}, "contactEmail"},
		"days that there were":      {month, Values{"outcome": "reported", "daysSpent": 30.0}, ""},
		"more than there were":      {month, Values{"outcome": "reported", "daysSpent": 31.0}, "daysSpent"},
		"fewer than none":           {month, Values{"outcome": "reported", "daysSpent": -1.0}, "daysSpent"},
		"no number":                 {month, Values{"outcome": "reported", "daysSpent": "many"}, "daysSpent"},
		"a report without days":     {month, Values{"outcome": "reported"}, ""},
		"days, and nothing known":   {FormContext{Kind: ReportActivity}, Values{"outcome": "reported", "daysSpent": 400.0}, ""},
		"a version that is no more": {ana, Values{"outcome": "sign", "fullName": "Tomás Ibáñez Ruiz", "version": "0"}, "version"},
	} {
		_, err := Decode(tt.c, FormFor(tt.c), tt.v)
		faults, _ := err.(*FormError)
		switch {
		case tt.wrong == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case tt.wrong != "" && (faults == nil || len(faults.Fields) != 1 || faults.Fields[tt.wrong].ID == ""):
			t.Errorf("%s: %v, want a fault of %s", name, err, tt.wrong)
		}
	}
}

func TestDaysToWorkIn(t *testing.T) {
	day := func(n int, hour int) time.Time {
		return StartOf("2027-03-20").AddDate(0, 0, n).Add(time.Duration(hour) * time.Hour)
	}
	for want, to := range map[int]time.Time{1: day(0, 23), 2: day(1, 1), 15: day(14, 12)} { // over the end of March, when clocks change
		if got := DaysFor(day(0, 9), to); got != want {
			t.Errorf("%d days to %s, want %d", got, to, want)
		}
	}
}

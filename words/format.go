package words

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the same Berlin everywhere

	"golang.org/x/text/language"
)

var berlin = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err) // it is embedded
	}
	return zone
}()

// Manner is how somebody reads dates, times and numbers, whatever language the words are in.
type Manner struct {
	Writing string // one of Writings
	Zone    string // of the IANA's list; only for real instants
}

// Usual is everybody's who has not chosen another, and that of mails and letters.
var Usual = Manner{Writing: "en-GB", Zone: "Europe/Berlin"}

// Writings are the ways in which dates and numbers are written.
var Writings = []string{"en-GB", "en-US", "de", "fr", "iso"}

var (
	clocks  = map[string]string{"en-GB": "15:04", "en-US": "3:04 PM", "de": "15:04", "fr": "15:04", "iso": "15:04"}
	numbers = map[string]language.Tag{"en-GB": language.BritishEnglish, "en-US": language.AmericanEnglish, "de": language.German,
		"fr": language.French, "iso": language.BritishEnglish}
)

// As are the same words for somebody who reads in that manner. What of it there is not is as usual.
func (w *Words) As(m Manner) *Words {
	other := *w
	if slices.Contains(Writings, m.Writing) {
		other.manner.Writing = m.Writing
	}
	if zone, known := zoneOf(m.Zone); known {
		other.manner.Zone, other.zone = m.Zone, zone
	}
	return &other
}

// KnownZone tells whether there is such a time zone.
func KnownZone(name string) bool {
	_, known := zoneOf(name)
	return known
}

var zones sync.Map // by name; reading one takes a moment

func zoneOf(name string) (*time.Location, bool) {
	if zone, there := zones.Load(name); there {
		return zone.(*time.Location), true
	}
	if name == "" || name == "Local" {
		return nil, false
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, false
	}
	zones.Store(name, zone)
	return zone, true
}

// Date is the day in Berlin, as one writes it: 7 March 2027.
func (w *Words) Date(t time.Time) string { return w.dateIn(t.In(berlin)) }

// DateTime is day and time in Berlin: 7 March 2027, 14:05. Times of a case are Berlin's, whoever reads them.
func (w *Words) DateTime(t time.Time) string { return w.momentIn(t.In(berlin)) }

// Instant is a real instant where the reader is: when a mail went out, when somebody signed in.
func (w *Words) Instant(t time.Time) string { return w.momentIn(t.In(w.zone)) }

// Clock is the time of day of a real instant where the reader is: 14:05.
func (w *Words) Clock(t time.Time) string { return t.In(w.zone).Format(clocks[w.manner.Writing]) }

// Zone is the reader's time zone, by its name.
func (w *Words) Zone() string { return w.manner.Zone }

// Hours are those of the reader's clock: 24, or twice 12.
func (w *Words) Hours() int {
	if strings.Contains(clocks[w.manner.Writing], "PM") {
		return 12
	}
	return 24
}

func (w *Words) dateIn(t time.Time) string {
	return w.T("format.date."+w.manner.Writing, "Day", t.Day(), "Month", w.month(t), "Year", t.Year(), "DD", t.Format("02"), "MM", t.Format("01"))
}

func (w *Words) momentIn(t time.Time) string {
	return w.T("format.date-time", "Date", w.dateIn(t), "Time", t.Format(clocks[w.manner.Writing]))
}

// Day writes a day that is given as 2027-03-07. What is no such day comes back as it is: it was checked where it
// came in, and a page must not fail over it.
func (w *Words) Day(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return w.dateIn(t)
}

// Away says how far a day is from another, both in Berlin: today, in 14 days, 3 days ago.
func (w *Words) Away(day, from time.Time) string {
	switch n := int(dayOf(day).Sub(dayOf(from)) / (24 * time.Hour)); {
	case n > 0:
		return w.T("format.away.ahead", "Count", n)
	case n < 0:
		return w.T("format.away.ago", "Count", -n)
	}
	return w.T("format.away.today")
}

// dayOf is a day of Berlin's as one that always lasts 24 hours.
func dayOf(t time.Time) time.Time {
	year, month, day := t.In(berlin).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Minutes writes a time that is given in minutes, in hours where they are whole: 1 hour, 90 minutes.
func (w *Words) Minutes(n int) string {
	if n%60 == 0 {
		return w.T("format.hours", "Count", n/60)
	}
	return w.T("format.minutes", "Count", n)
}

func (w *Words) month(t time.Time) string { return w.T("format.month." + strconv.Itoa(int(t.Month()))) }

// List writes a list as one reads it out: Malawi, Peru and Togo.
func (w *Words) List(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return w.T("format.list", "Items", strings.Join(items[:last], ", "), "Last", items[last])
}

// Government is that of a country, in the middle of a sentence: the Government of Namibia, the Government of the
// Philippines. Empty where the country is not known.
func (w *Words) Government(country string) string {
	name := w.optional("in-sentence."+country, "option."+country)
	if country == "" || name == "" {
		return ""
	}
	return w.T("format.government", "Country", name)
}

// The is a name in the middle of a sentence, with its article unless it brings one along: the Secretariat, The Unit.
func (w *Words) The(name string) string {
	first, _, more := strings.Cut(name, " ")
	if name == "" || more && strings.EqualFold(first, w.T("format.article")) {
		return name
	}
	return w.T("format.the", "Name", name)
}

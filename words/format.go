package words

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the same Berlin everywhere

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

var berlin = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err) // it is embedded
	}
	return zone
}()

// Date is the day in Berlin, as one writes it: 7 March 2027.
func (w *Words) Date(t time.Time) string {
	t = t.In(berlin)
	return w.T("format.date", "Day", t.Day(), "Month", w.month(t), "Year", t.Year())
}

// DateTime is day and time in Berlin: 7 March 2027, 14:05.
func (w *Words) DateTime(t time.Time) string {
	t = t.In(berlin)
	return w.T("format.date-time", "Date", w.Date(t), "Time", t.Format("15:04"))
}

// Day writes a day that is given as 2027-03-07. What is no such day comes back as it is: it was checked where it
// came in, and a page must not fail over it.
func (w *Words) Day(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return w.Date(t)
}

// Number writes a number with the language's separators: 12,500.5.
func (w *Words) Number(n any) string {
	return message.NewPrinter(language.Make(w.lang)).Sprint(number.Decimal(n))
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

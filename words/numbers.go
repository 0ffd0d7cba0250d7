package words

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Number writes a number with the separators of the reader: 12,500.5.
func (w *Words) Number(n any) string {
	return message.NewPrinter(numbers[w.manner.Writing]).Sprint(number.Decimal(n))
}

// TypedNumber writes a number as the reader would type it, without separators of thousands: 12500.5.
func (w *Words) TypedNumber(n float64) string {
	return strings.Replace(strconv.FormatFloat(n, 'f', -1, 64), ".", w.point(), 1)
}

// point stands before the decimals.
func (w *Words) point() string {
	if w.manner.Writing == "de" || w.manner.Writing == "fr" {
		return ","
	}
	return "."
}

// thousands are whole numbers in groups of three digits, with what their groups are set apart by in one manner or another.
var thousands = map[string]*regexp.Regexp{
	".": regexp.MustCompile(`^[-+]?\d{1,3}(,\d{3}|[ \x{a0}\x{202f}’']\d{3})+(\.\d+)?$`),
	",": regexp.MustCompile(`^[-+]?\d{1,3}(\.\d{3}|[ \x{a0}\x{202f}’']\d{3})+(,\d+)?$`),
}

var marks = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "’", "", "'", "")

// ReadNumber reads what the reader typed: 12,500.5 or 12.500,5 by their manner. A single point or comma that sets no
// thousands apart there begins the decimals, whatever the manner: 2,5 and 2.5 are the same to everybody.
func (w *Words) ReadNumber(text string) (float64, bool) {
	text = strings.TrimSpace(text)
	if point := w.point(); thousands[point].MatchString(text) {
		for _, mark := range []string{".", ","} {
			if mark != point {
				text = strings.ReplaceAll(text, mark, "")
			}
		}
		text = marks.Replace(text)
	}
	n, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

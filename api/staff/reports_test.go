package staff

import (
	"slices"
	"testing"

	"connex/store"
	"connex/words"
)

func TestFiguresOfATableAddUpAndStandByTheAlphabet(t *testing.T) {
	t.Parallel()
	w := words.In("en")
	rows := make([]store.ReportRow, 3)
	rows[0].Country, rows[1].Country = "SL", "ST"
	want := []figure{{"Not known yet", 1}, {"São Tomé and Príncipe", 1}, {"Sierra Leone", 1}}
	if got := tablesOf(w, rows)[2].Rows; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

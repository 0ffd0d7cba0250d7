package web

import (
	"regexp"
	"strings"
	"testing"
)

// On paper a page is light whatever its reader chose, and what means something by its ground keeps it.
func TestPaperIsLight(t *testing.T) {
	for _, name := range []string{"connex.css", "guest.css"} {
		css := string(served[name].body)
		screens := strings.Join(regexp.MustCompile(`(?s)@media screen.*?\n}\n`).FindAllString(css, -1), "")
		const dark = "--paper: #131b24;"
		if all, on := strings.Count(css, dark), strings.Count(screens, dark); all != 2 || on != all {
			t.Errorf("%s is dark %d times, %d of them on screens", name, all, on)
		}
		if !regexp.MustCompile(`\.scale i, \.grade[^}]* print-color-adjust: exact`).MatchString(css) {
			t.Errorf("%s loses the risk scale on paper", name)
		}
	}
}

// Guests see nothing in red.
func TestGuestsSeeNothingInRed(t *testing.T) {
	if css := string(served["guest.css"].body); !regexp.MustCompile(`main\.guest \{[^}]*--bad: var\(--wait\); --bad-soft: var\(--wait-soft\);`).MatchString(css) {
		t.Error("what is wrong is red for guests")
	}
}

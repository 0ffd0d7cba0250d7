package casework_test

import (
	"strings"
	"testing"

	"connex/casework"
)

// What word processors and PDFs leave in a text, and what is put there to deceive.
func TestAPlainText(t *testing.T) {
	for text, want := range map[string]string{
		"  two\r\nlines ":                   "two\nlines",
		"a soft break\vof a word processor": "a soft break\nof a word processor",
		"a\u2028line\u2029and\u0085another": "a\nline\nand\nanother",
		"a bell\aand a NUL\x00":             "a belland a NUL",
		"invoice\u202Efdp.exe":              "invoicefdp.exe",
		"\uFEFFmarked":                      "marked",
		"a\ttable":                          "a\ttable",
		"می\u200Cخواهیم":                    "می\u200Cخواهیم",
		"ក្រសួង\u200Bរ៉ែ":                   "ក្រសួង\u200Bរ៉ែ",
		"half a letter \xff":                "half a letter \uFFFD",
		"\u200B \u200D\u00AD":               "",
		" \n ":                              "",
	} {
		if got := casework.Plain(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	if got, want := casework.OneLine("  Ministry\vof\u2028 Mines\n"), "Ministry of Mines"; got != want {
		t.Errorf("on one line: %q, want %q", got, want)
	}
}

// A place with a soft break in it was once the subject of a mail that no server took.
func TestAFormKeepsPlainTexts(t *testing.T) {
	kept, wrong := decode(casework.PlanMission, casework.Values{"outcome": "plan", "place": "Wind\ahoek,\vNamibia", "from": "2027-03-04", "to": "2027-03-05",
		"team": []any{"e1"}, "purpose": "First\vsecond"})
	if wrong != nil || kept["place"] != "Windhoek, Namibia" || kept["purpose"] != "First\nsecond" {
		t.Errorf("kept %q, wrong %v", kept, wrong)
	}
	_, wrong = decode(casework.PlanMission, casework.Values{"outcome": "plan", "place": "\u200B", "from": "2027-03-04", "to": "2027-03-05", "team": []any{"e1"}, "purpose": "x"})
	if wrong["place"].ID != "invalid.missing" {
		t.Errorf("a place that nobody sees: %v", wrong)
	}
}

func TestAddressesThatMailCanBeSentTo(t *testing.T) {
	for address, want := range map[string]bool{
		"n.shikongo+mines@ministry.example": true, "a@bücher.example": true, "a@xn--bcher-kva.example": true, "o'neil@b.example": true, "a@وزارة.example": true,
		"":                                     false,
		"a@b":                                  false,
		"a@[127.0.0.1]":                        false,
		"a@-b.example":                         false,
		"a@b..example":                         false,
		"a@b_c.example":                        false,
		"müller@b.example":                     false,
		`"a b"@b.example`:                      false,
		"A <a@b.example>":                      false,
		"a@b.example, c@d.example":             false,
		"a@b.example\r\nBcc: c@d.example":      false,
		strings.Repeat("a", 65) + "@b.example": false,
		"a@" + strings.Repeat("b", 64) + ".example":  false,
		"a@" + strings.Repeat("b.", 130) + "example": false,
	} {
		if got := casework.ValidEmail(address); got != want {
			t.Errorf("%q is taken: %t, want %t", address, got, want)
		}
	}
}

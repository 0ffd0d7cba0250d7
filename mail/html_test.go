package mail

import (
	"strings"
	"testing"
	"time"
)

func TestTheWordsOfAPage(t *testing.T) {
	for page, want := range map[string]string{
		"<p>Dear <b>Secretariat</b>,</p><p>we &amp; you</p>":                           "Dear Secretariat,\n\nwe & you",
		"<head><title>no</title><style>p{}</style><body>yes<script>alert(1)</script>!": "yes!",
		"one<br>two<br/>three": "one\ntwo\nthree",
		"<a href='https://x.example/a'>here</a> <a href='javascript:alert(1)'>there</a>":         "here <https://x.example/a> there",
		"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>":                        "a b\n\nc",
		"<div>\n\n  much \n space &nbsp; </div><div></div><div></div><div></div><div>here</div>": "much space\n\nhere",
		"<script>never closed":      "",
		"<!-- <p>hidden</p> -->a<b": "a",
	} {
		if got := textOfHTML(page); got != want {
			t.Errorf("%s reads\n%q, want\n%q", page, got, want)
		}
	}
}

func TestAPageNestedWithoutEnd(t *testing.T) {
	began := time.Now()
	if got := textOfHTML(strings.Repeat("<div><b>", 200_000) + "hello"); got != "hello" || time.Since(began) > 3*time.Second {
		t.Errorf("%d characters after %v", len(got), time.Since(began))
	}
}

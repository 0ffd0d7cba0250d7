package casework

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The text of version 1 is what people signed: whoever must change it writes version 2.
func TestNobodyChangesASignedCode(t *testing.T) {
	first, known := CodeByVersion("1")
	if !known || len(first.Articles) != 12 || first.Since != "2026-11-23" || first.Language != "en" {
		t.Fatalf("version 1 is %+v", first)
	}
	if want := "d3158e324f7bc7fd04bc2f52387c6111e277ce55c9350dc2e0dddffe2b6b11f9"; first.SHA256 != want {
		t.Errorf("the text of version 1 was changed: its SHA-256 is %s, want %s", first.SHA256, want)
	}
}

func TestTheTextThatIsSigned(t *testing.T) {
	c := CurrentCode()
	text := c.Text()
	for _, want := range []string{"CONNEX Code of Conduct for Experts, version 1\n", "\n1. For whom. This Code binds", "\n12. Reporting and breach. I report"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q", want)
		}
	}
	if got := fmt.Sprintf("%x", sha256.Sum256([]byte(text))); got != c.SHA256 {
		t.Errorf("the SHA-256 is %s, the text's is %s", c.SHA256, got)
	}
	if _, known := CodeByVersion("0"); known {
		t.Error("there is a version 0")
	}
}

var signedOn = time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)

func TestASignatureIsGoodForTwoYears(t *testing.T) {
	for name, tt := range map[string]struct {
		signature CodeSignature
		now       time.Time
		current   bool
		standing  CodeStanding
	}{
		"never signed":          {CodeSignature{}, signedOn, false, CodeNone},
		"just now":              {CodeSignature{"1", signedOn}, signedOn, true, CodeSigned},
		"by a clock that lags":  {CodeSignature{"1", signedOn}, signedOn.Add(-time.Second), true, CodeSigned},
		"on its last day":       {CodeSignature{"1", signedOn}, signedOn.AddDate(2, 0, 0).Add(-1), true, CodeSigned},
		"two years later":       {CodeSignature{"1", signedOn}, signedOn.AddDate(2, 0, 0), false, CodeLapsed},
		"what is no version":    {CodeSignature{"7", signedOn}, signedOn, false, CodeLapsed},
		"a version, no instant": {CodeSignature{Version: "1"}, signedOn, false, CodeNone},
	} {
		if got := tt.signature.Current(nil, tt.now); got != tt.current {
			t.Errorf("%s: current %v", name, got)
		}
		if got := tt.signature.Standing(nil, tt.now); got != tt.standing {
			t.Errorf("%s: %s, want %s", name, got, tt.standing)
		}
	}
}

func TestANewVersionAsksEveryoneAgain(t *testing.T) {
	versions := []Code{{Version: "1", Since: "2026-11-23"}, {Version: "2", Since: "2027-06-01"}}
	next := StartOf("2027-06-01")
	for name, tt := range map[string]struct {
		signature CodeSignature
		want      time.Time
	}{
		"the old version":         {CodeSignature{"1", signedOn}, next},
		"the new version":         {CodeSignature{"2", next.Add(time.Hour)}, next.Add(time.Hour).AddDate(2, 0, 0)},
		"the new one, in advance": {CodeSignature{"2", signedOn}, signedOn.AddDate(2, 0, 0)},
		"lapsed long before":      {CodeSignature{"1", signedOn.AddDate(-4, 0, 0)}, signedOn.AddDate(-2, 0, 0)},
	} {
		if got := tt.signature.lapses(nil, versions); !got.Equal(tt.want) {
			t.Errorf("%s lapses %s, want %s", name, got, tt.want)
		}
	}
}

func TestOnceLapsedAlwaysLapsed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hours := rapid.IntRange(0, 40_000)
		signature := CodeSignature{"1", signedOn.Add(time.Duration(hours.Draw(t, "signed")) * time.Hour)}
		now := signedOn.Add(time.Duration(hours.Draw(t, "now")) * time.Hour)
		later := now.Add(time.Duration(hours.Draw(t, "later")) * time.Hour)
		if !signature.Current(nil, now) && signature.Current(nil, later) {
			t.Fatalf("%v lapsed at %s and is good at %s", signature, now, later)
		}
	})
}

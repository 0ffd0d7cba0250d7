package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"
)

// Code is one version of the Code of Conduct for Experts. Every version that was ever signed stays in data/.
type Code struct {
	Version  string
	Since    string // the day from which it holds
	Language string // of the text
	Title    string
	Source   string
	Articles []Article
	SHA256   string `yaml:"-"` // of Text
}

// Article is one of the Code's, numbered by its place.
type Article struct {
	Title string
	Text  string
}

// Text is the Code as it is shown and signed; its SHA-256 is kept with each signature.
func (c Code) Text() string {
	var text strings.Builder
	fmt.Fprintf(&text, "CONNEX %s, version %s\n", c.Title, c.Version)
	for i, article := range c.Articles {
		fmt.Fprintf(&text, "\n%d. %s. %s\n", i+1, article.Title, article.Text)
	}
	return text.String()
}

// CurrentCode is the newest version: the one to sign.
func CurrentCode() Code {
	all := codes()
	return all[len(all)-1]
}

// CodeByVersion finds a version, also one that nobody signs any more.
func CodeByVersion(version string) (Code, bool) {
	i := slices.IndexFunc(codes(), func(c Code) bool { return c.Version == version })
	if i < 0 {
		return Code{}, false
	}
	return codes()[i], true
}

var codes = sync.OnceValue(func() (all []Code) {
	names, err := fs.Glob(library, "data/code-of-conduct-*.yaml")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		var c Code
		readYAML(name[len("data/"):], &c)
		sum := sha256.Sum256([]byte(c.Text()))
		c.SHA256 = hex.EncodeToString(sum[:])
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Code) int { return strings.Compare(a.Since, b.Since) })
	return all
})

// CodeSignature is an expert's newest: it belongs to the expert, not to a case. Its instant is real; who asks about a
// case turns it into the case's calendar first, but for the time before the case's start.
type CodeSignature struct {
	Version  string    `json:"version"`
	SignedAt time.Time `json:"signedAt"`
}

// Lapses is the instant from which the signature is good no more: after the years of the settings, or when the next
// version holds. Zero where nothing was signed, or no version that there is.
func (s CodeSignature) Lapses(by Settings) time.Time { return s.lapses(by, codes()) }

func (s CodeSignature) lapses(by Settings, versions []Code) time.Time {
	i := slices.IndexFunc(versions, func(c Code) bool { return c.Version == s.Version })
	if i < 0 || s.SignedAt.IsZero() {
		return time.Time{}
	}
	end := s.SignedAt.AddDate(by.Number(CodeYears), 0, 0)
	if i+1 < len(versions) {
		if next := StartOf(versions[i+1].Since); next.Before(end) {
			return next
		}
	}
	return end
}

// Current tells whether the signature is good: given, of the version that holds, and not lapsed. An instant before
// the signing counts as after it, since the clocks of two machines may differ by a breath.
func (s CodeSignature) Current(by Settings, now time.Time) bool { return now.Before(s.Lapses(by)) }

// CodeStanding is what the roster says of an expert and the Code.
type CodeStanding string

// Lapsed is an Ending as well, so these say what they are about.
const (
	CodeNone   CodeStanding = "none"
	CodeSigned CodeStanding = "signed"
	CodeLapsed CodeStanding = "lapsed"
)

// Standing is how the roster shows the signature.
func (s CodeSignature) Standing(by Settings, now time.Time) CodeStanding {
	switch {
	case s.SignedAt.IsZero():
		return CodeNone
	case s.Current(by, now):
		return CodeSigned
	}
	return CodeLapsed
}

package sound

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var errNoRoot = errors.New("no folder above has a go.mod")

// axe is the program that knows the rules of accessibility.
var axe = sync.OnceValues(func() (string, error) {
	folder, err := os.Getwd()
	for err == nil {
		if _, fault := os.Stat(filepath.Join(folder, "go.mod")); fault == nil {
			break
		}
		if folder == filepath.Dir(folder) {
			err = errNoRoot
		}
		folder = filepath.Dir(folder)
	}
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(filepath.Join(folder, "node_modules", "axe-core", "axe.min.js"))
	return "window.bringAxe = () => {" + string(text) + "}", err
})

// Through a tab. Axe comes along to each of its pages: it is at hand there, and costs nothing where nobody asks for it.
func Through(t testing.TB, tab context.Context) *Eyes {
	t.Helper()
	program, err := axe()
	if err != nil {
		t.Fatal(err)
	}
	e := &Eyes{t, tab}
	tell(e, "bring axe", page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: program})
	return e
}

// By night a page differs in nothing but its colours.
const (
	allRules      = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`
	rulesOfColour = `["color-contrast", "link-in-text-block"]`
)

const axeRun = `window.axe || bringAxe(); axe.run(document, {runOnly: %s, resultTypes: ["violations"], preload: false})
  .then(result => JSON.stringify(result.violations.map(v => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + " " + (n.any[0]?.message ?? "")).join(" | "))))`

// ViolatesNothing fails for each rule of WCAG 2.2, levels A and AA, that axe-core sees broken on the page that is open, by day
// and by night.
func (e *Eyes) ViolatesNothing(what string) {
	e.t.Helper()
	for theme, rules := range map[string]string{"light": allRules, "dark": rulesOfColour} {
		e.light(theme)
		for _, violation := range e.violations(rules) {
			e.t.Errorf("%s, %s: %s", what, theme, violation)
		}
	}
	e.light("light")
}

func (e *Eyes) violations(rules string) (found []string) {
	e.t.Helper()
	ctx, cancel := context.WithTimeout(e.tab, 3*Patience)
	defer cancel()
	told, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(axeRun, rules), chromedp.EvalAwaitPromise))
	if err == nil {
		err = json.Unmarshal([]byte(told), &found)
	}
	e.can("run axe", err)
	return found
}

package e2e

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"connex/e2e/sound"
)

// reader is a person at the browser: they look for words, and click and type where these stand.
type reader struct {
	*system
	t      testing.TB
	tab    context.Context
	name   string // who is signed in
	number string // of the case that this is about
	eyes   *sound.Eyes

	sessions map[string][]*network.CookieParam // of those who sat here before
}

func (s *system) atTheBrowser(t testing.TB) *reader {
	t.Helper()
	return &reader{system: s, t: t, tab: newTab(t), sessions: map[string][]*network.CookieParam{}}
}

// withoutScripts switches scripts off in this browser.
func (r *reader) withoutScripts() *reader {
	r.t.Helper()
	tells(r, "switch scripts off", emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	return r
}

// scripted tells whether pages run scripts here.
func (r *reader) scripted() bool {
	r.t.Helper()
	return asks[bool](r, "see whether scripts run", `matchMedia("(scripting: enabled)").matches`)
}

//go:embed finder.js
var finder string

// look is the expression that calls one of finder's functions.
func look(function string, words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		text, err := json.Marshal(w)
		if err != nil {
			panic(err) // a text
		}
		quoted[i] = string(text)
	}
	return fmt.Sprintf("(%s).%s(%s)", strings.TrimSpace(finder), function, strings.Join(quoted, ","))
}

func element(function string, words ...string) chromedp.JSPath {
	return chromedp.JSPath(look(function, words...))
}

// patienceWithPages is how long anything on a page may take to be there.
const patienceWithPages = sound.Patience

// must do something on the page, else the test fails and shows what stood there.
func (r *reader) must(what string, steps ...chromedp.Action[chromedp.Void]) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.tab, patienceWithPages)
	defer cancel()
	for _, step := range steps {
		if err := chromedp.Do(ctx, again(step)); err != nil {
			r.fail(what, err)
		}
	}
}

// again looks once more for what was found and then replaced by news of the page before it could be touched, as a person would.
func again(step chromedp.Action[chromedp.Void]) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, on *chromedp.Target) error {
		for {
			_, err := step(ctx, on)
			if err == nil || !strings.Contains(err.Error(), "Could not find node with given id") {
				return err
			}
		}
	})
}

// asks the page, whether or not it runs scripts of its own.
func asks[T any](r *reader, what, script string) T {
	r.t.Helper()
	answer, err := sound.Ask[T](r.tab, script)
	if err != nil {
		r.fail(what, err)
	}
	return answer
}

// tells the browser how to be from now on.
func tells[P, R any](r *reader, what string, command cdp.Command[P, R], how P) {
	r.t.Helper()
	if err := sound.Tell(r.tab, command, how); err != nil {
		r.fail(what, err)
	}
}

func (r *reader) fail(what string, err error) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.tab, 5*time.Second)
	defer cancel()
	where, _ := chromedp.Run(ctx, chromedp.Location())
	text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](look("text")))
	r.t.Fatalf("%s could not %s: %v\n--- %s ---\n%.3000s", r.name, what, err, where, text)
}

// goes loads a page by its address.
func (r *reader) goes(path string) {
	r.t.Helper()
	r.must("go to "+path, chromedp.Navigate(r.base+path))
}

// clicks what leads to another page, and gives the status of that.
func (r *reader) clicks(what string, on chromedp.JSPath) int64 {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.tab, patienceWithPages)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, pressed(on))
	if err != nil {
		r.fail(what, err)
	}
	return answer.Status
}

// press what nothing lies over, and tell whether that is so. Both are done in one go: between a look and a click, news of the page
// could move what is looked at.
const press = `(e => {
  if (!e?.checkVisibility()) return false;
  e.scrollIntoView({block: "center", behavior: "instant"});
  const [box] = e.getClientRects();
  if (!box || !e.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2))) return false;
  e.focus();
  e.click();
  return true;
})(%s)`

// pressed is what can be, as soon as it is there.
func pressed(on chromedp.JSPath) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		for {
			done, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf(press, on)))
			if done || err != nil {
				return err
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(50 * time.Millisecond):
			}
		}
	})
}

// follows a link by its words.
func (r *reader) follows(text string) {
	r.t.Helper()
	if status := r.clicks("follow "+text, element("link", text)); status != 200 {
		r.fail("follow "+text, fmt.Errorf("the page answers %d", status))
	}
}

// presses a button that must lead on.
func (r *reader) presses(text string) {
	r.t.Helper()
	if status := r.clicks("press "+text, element("button", text)); status != 200 {
		r.fail("press "+text, fmt.Errorf("the page answers %d", status))
	}
}

// there tells whether something is on the page now.
func (r *reader) there(function string, words ...string) bool {
	r.t.Helper()
	return asks[bool](r, "look for "+strings.Join(words, ", "), "Boolean("+look(function, words...)+")")
}

// types into a field by its label, in the place of what stands there. What comes in pieces is named by its legend first.
func (r *reader) types(label, text string, within ...string) {
	r.t.Helper()
	field := element("field", append([]string{label}, within...)...)
	r.must("type into "+label, chromedp.Focus(field), chromedp.Evaluate[chromedp.Void](string(field)+".select()"),
		chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
			_, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text})
			return err
		}))
}

// dates sets a field for a date, which browsers draw each in their own way.
func (r *reader) dates(label, date string, within ...string) {
	r.t.Helper()
	if !r.there("set", append([]string{label, date}, within...)...) {
		r.fail("set "+label, errNotThere)
	}
}

// holds is what stands in a field.
func (r *reader) holds(label string) string {
	r.t.Helper()
	return asks[string](r, "read "+label, string(element("field", label))+".value")
}

var errNotThere = fmt.Errorf("there is no such thing on the page")

// chooses one of the options that stand under a label, whether they are drawn as circles, boxes or a list.
func (r *reader) chooses(label, option string, within ...string) {
	r.t.Helper()
	words := append([]string{label, option}, within...)
	if r.there("pick", words...) {
		return
	}
	r.must("choose "+option+" for "+label, chromedp.Click(element("option", words...), chromedp.NodeReady))
}

// answersTheRest of a questionnaire, with these words where they are offered.
func (r *reader) answersTheRest(preferred string) {
	r.t.Helper()
	r.there("rest", preferred)
}

// attaches a file from their disk.
func (r *reader) attaches(label, name string) {
	r.t.Helper()
	r.must("attach "+name, chromedp.SetUploadFiles(element("file", label), []string{aFile(r.t, name)}, chromedp.NodeReady))
}

// reads waits until some words stand on the page, which refreshes itself.
func (r *reader) reads(text string) {
	r.t.Helper()
	for begun := time.Now(); !strings.Contains(r.text(), text); time.Sleep(100 * time.Millisecond) {
		if time.Since(begun) > patienceWithPages {
			r.fail("read "+text, errNotThere)
		}
	}
}

func (r *reader) text() string {
	r.t.Helper()
	return asks[string](r, "read the page", look("text"))
}

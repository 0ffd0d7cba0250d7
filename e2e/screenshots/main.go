// The program screenshots makes a picture of every page of a running system, and of every state that it is seen in, as
// everybody who may open it, wide and narrow, in light and dark.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"connex/e2e/tour"
)

// where the system is.
type where struct {
	base, mails, database, temporal, data, program string
}

func main() {
	var w where
	flag.StringVar(&w.base, "base", "http://127.0.0.1:8080", "address of the system")
	flag.StringVar(&w.mails, "mails", "http://127.0.0.1:1080", "address of the mail catcher, for personal links")
	flag.StringVar(&w.database, "database", "", "address of its database")
	flag.StringVar(&w.temporal, "temporal", "127.0.0.1:7233", "address of its Temporal")
	flag.StringVar(&w.data, "data", "data", "its folder, for its secret")
	flag.StringVar(&w.program, "api", filepath.Join("bin", "api"), "the program of which another one is started beside it")
	into := flag.String("into", "data/screenshots", "folder for the pictures")
	flag.Parse()
	if err := run(w, *into); err != nil {
		log.Fatal(err)
	}
}

func run(w where, into string) error {
	if err := os.MkdirAll(into, 0o755); err != nil {
		return err
	}
	at, links, err := stops(w.base, w.mails)
	if err != nil {
		return err
	}
	around, err := w.troubles(at)
	if err != nil {
		return err
	}
	defer around.close()
	browser, closeBrowser, err := open()
	if err != nil {
		return err
	}
	defer closeBrowser()
	v := visitor{browser: browser, base: w.base, links: links, tabs: map[string]context.Context{}, troubles: around}
	for i, state := range everything(at) {
		name := fmt.Sprintf("%03d-%s%s", i+1, state.As, unusable.ReplaceAllString(state.Path+" "+state.Name, "-"))
		if fault := v.pictures(state, filepath.Join(into, name)); fault != nil { // there are pictures of the others all the same
			err = errors.Join(err, fmt.Errorf("%s: %w", name, fault))
		}
		fmt.Println(name)
	}
	return err
}

// everything there is to see. What changes something comes last.
func everything(at here) (states []tour.State) {
	for _, page := range tour.Pages(at.Stops) {
		states = append(states, tour.State{Page: page})
	}
	for _, stage := range at.stages {
		states = append(states, tour.StatesAt(stage)...)
	}
	return slices.Concat(states, tour.Troubled(at.Stops), tour.States(at.Stops), tour.Done(at.Stops))
}

var unusable = regexp.MustCompile(`[^A-Za-z0-9]+`)

func open() (context.Context, context.CancelFunc, error) {
	folder, err := os.MkdirTemp("", "connex-browser-")
	if err != nil {
		return nil, nil, err
	}
	browser, closeIt, err := tour.Open(folder, chromedp.Flag("hide-scrollbars", true))
	return browser, func() { closeIt(); _ = os.RemoveAll(folder) }, err
}

// visitor goes through the pages, with a tab for each reader.
type visitor struct {
	browser context.Context
	base    string
	links   map[string]string
	tabs    map[string]context.Context
	troubles
}

// tab has cookies of its own. At the api beside everybody signs in anew, since their sessions must be fresh there.
func (v visitor) tab(state tour.State) (context.Context, error) {
	who := fmt.Sprint(state.As, state.Beside)
	if tab := v.tabs[who]; tab != nil {
		return tab, nil
	}
	tab, _, err := tour.Tab(v.browser) // it ends with the browser
	if v.tabs[who] = tab; err != nil || state.Guest() {
		return tab, err
	}
	fill := fmt.Sprintf(`email.value = %q; password.value = "connex"; email.form.submit()`, state.As+"@connex.test")
	if err = chromedp.Do(tab, chromedp.Navigate(v.base+"/login")); err == nil {
		_, err = chromedp.RunResponse(tab, chromedp.Evaluate[chromedp.Void](fill))
	}
	return tab, err
}

// pictures are those of one page in one state: full length, at both widths, in both lights.
func (v visitor) pictures(state tour.State, name string) (err error) {
	tab, err := v.tab(state)
	if err != nil {
		return err
	}
	address := v.base
	if state.Beside {
		address = v.beside.Base
	}
	address += cmp.Or(state.Link, v.links[state.As]) + state.Path
	mend, err := v.comeTo(tab, address, state)
	defer func() { err = errors.Join(err, mend()) }()
	if err != nil {
		return err
	}
	for _, theme := range []string{"light", "dark"} {
		lit := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme},
			{Name: "prefers-reduced-motion", Value: "reduce"}}} // else a picture may show colours halfway from one to the other
		if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, lit); err != nil {
			return err
		}
		for _, width := range []int64{1440, 390} {
			sized := emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1, Mobile: width < 500}
			if _, err := chromedp.Call(tab, emulation.SetDeviceMetricsOverride, sized); err != nil {
				return err
			}
			if state.Send == "" && state.Open == "" { // a page draws itself for its width; a state is not to be brought about again
				if err := chromedp.Do(tab, chromedp.Navigate(address)); err != nil {
					return err
				}
			}
			picture, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
			if err != nil {
				return err
			}
			if err := os.WriteFile(fmt.Sprintf("%s-%d-%s.png", name, width, theme), picture, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// patience is how long a state may take to be there.
const patience = 30 * time.Second

// comeTo a page and its state; mend takes back what was done to the system for it.
func (v visitor) comeTo(tab context.Context, address string, state tour.State) (mend func() error, err error) {
	mend = func() error { return nil }
	if err := chromedp.Do(tab, chromedp.Navigate(address)); err != nil {
		return mend, err
	}
	if mend, err = v.bring(tab, state.Trouble); err != nil {
		return mend, err
	}
	soon, cancel := context.WithTimeout(tab, patience)
	defer cancel()
	if state.Send != "" {
		_, err = chromedp.RunResponse(soon, chromedp.Evaluate[chromedp.Void](state.Send))
	}
	if err == nil && state.Open != "" {
		err = chromedp.Do(soon, chromedp.Evaluate[chromedp.Void](state.Open, chromedp.EvalAwaitPromise))
	}
	return mend, err
}

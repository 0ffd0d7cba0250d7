package tour

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
)

var errNoBrowser = errors.New("there is no Chromium: apt-get install --no-install-recommends chromium-headless-shell (or your system's chromium)")

// programs are those that will do. The first is the same engine without the windows that nobody sees, and takes a third less
// of the processors.
var programs = []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"}

// needless are what a browser has for people, and what only costs here: offers to translate, pages kept for the way back, of which
// nothing is seen from outside, a process that is kept ready, and a frame made anew for each page, which is 40 % of loading it.
const needless = "Translate,BackForwardCache,SpareRendererForSitePerProcess,RenderDocument"

// Open starts a browser whose folder is its own. Closing it waits until it has ended.
func Open(folder string, more ...chromedp.ExecAllocatorOption) (ctx context.Context, closeIt func(), err error) {
	options, err := browser(folder, more...)
	if err != nil {
		return nil, nil, err
	}
	allocated, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocated)
	return ctx, func() {
		_ = chromedp.Cancel(ctx) // which it may have done already
		stop()
		stopAllocator()
	}, chromedp.Do(ctx)
}

// Tab opens one with cookies of its own.
func Tab(browser context.Context) (tab context.Context, closeIt func(), err error) {
	tab, closeIt = chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	if err := chromedp.Do(tab); err != nil { // first without a deadline, which would be the tab's
		return nil, closeIt, err
	}
	for _, needless := range []cdp.Command[cdp.Empty, cdp.Empty]{css.Disable, log.Disable} { // whom it would tell of each page's styles, nobody hears
		if _, err := chromedp.Call(tab, needless, cdp.Empty{}); err != nil {
			return nil, closeIt, err
		}
	}
	return tab, closeIt, nil
}

// browser is how one is started that asks nobody for anything; folder is its own. It optimizes no script: what a page and axe
// run once is not worth the processors that this takes.
func browser(folder string, more ...chromedp.ExecAllocatorOption) ([]chromedp.ExecAllocatorOption, error) {
	for _, name := range programs {
		program, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		if program, err = modest(folder, program); err != nil {
			return nil, err
		}
		usual := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
			chromedp.UserDataDir(filepath.Join(folder, "profile")),
			chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
			chromedp.Flag("disable-features", needless), chromedp.Flag("in-process-gpu", true), chromedp.Flag("enable-features", "NetworkServiceInProcess2"),
			chromedp.Flag("renderer-process-limit", "1"), // fewer processes: one for each person, where the empty page before the first would have its own
			chromedp.Flag("js-flags", "--no-maglev,--no-opt,--no-flush-bytecode,--min-semi-space-size=32,--single-threaded-gc"))
		return append(usual, more...), nil
	}
	return nil, errNoBrowser
}

// modest lets a program wait for processors that others want: on a small machine browsers are so greedy that the system
// which they look at comes to nothing.
func modest(folder, program string) (string, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	wrapped := filepath.Join(folder, "browser")
	return wrapped, os.WriteFile(wrapped, []byte("#!/bin/sh\nexec nice -n 10 '"+program+"' \"$@\"\n"), 0o755)
}

package e2e

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"

	"connex/e2e/tour"
)

// browser is one for all tests of the running system, whose folder has its profile; each test gets a tab with cookies of
// its own.
type browser struct {
	ctx   context.Context
	close func()
}

var theBrowser = sync.OnceValues(openBrowser)

// opened is the browser that has to be closed in the end.
var opened *browser

func openBrowser() (*browser, error) {
	options, err := tour.Browser(filepath.Join(running.folder, "browser"), chromedp.WindowSize(1200, 900), chromedp.Flag("disable-dev-shm-usage", true))
	if err != nil {
		return nil, err
	}
	allocated, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocated)
	b := &browser{ctx: ctx, close: func() {
		_ = chromedp.Cancel(ctx) // waits for the browser to end, which it does anyway
		stop()
		stopAllocator()
	}}
	opened = b
	return b, chromedp.Do(ctx)
}

// newTab opens one that ends with the test.
func newTab(t testing.TB) context.Context {
	t.Helper()
	b, err := theBrowser()
	if err != nil {
		t.Fatal(err)
	}
	tab, closeTab := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	if err := chromedp.Do(tab); err != nil { // first without a deadline, which would be the tab's
		t.Fatal(err)
	}
	for _, needless := range []cdp.Command[cdp.Empty, cdp.Empty]{css.Disable, log.Disable} { // whom it would tell of each page's styles, nobody hears
		if _, err := chromedp.Call(tab, needless, cdp.Empty{}); err != nil {
			t.Fatal(err)
		}
	}
	return tab
}

// aFile is a document on somebody's disk.
func aFile(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, aPDF(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

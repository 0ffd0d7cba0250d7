package e2e

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

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
	ctx, closeIt, err := tour.Open(filepath.Join(running.folder, "browser"), chromedp.WindowSize(1200, 900), chromedp.Flag("disable-dev-shm-usage", true))
	if closeIt != nil {
		opened = &browser{ctx, closeIt}
	}
	return opened, err
}

// newTab opens one that ends with the test.
func newTab(t testing.TB) context.Context {
	t.Helper()
	b, err := theBrowser()
	if err != nil {
		t.Fatal(err)
	}
	tab, closeTab, err := tour.Tab(b.ctx)
	t.Cleanup(closeTab)
	if err != nil {
		t.Fatal(err)
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

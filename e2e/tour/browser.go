package tour

import (
	"errors"
	"os/exec"

	"github.com/chromedp/chromedp"
)

var errNoBrowser = errors.New("there is no Chromium: apt-get install --no-install-recommends chromium-headless-shell (or your system's chromium)")

// programs are those that will do. The first is the same engine without the windows that nobody sees, and takes a third less
// of the processors.
var programs = []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"}

// Browser is how one is started that asks nobody for anything. It optimizes no script: what a page and axe run once is not
// worth the processors that this takes.
func Browser(more ...chromedp.ExecAllocatorOption) ([]chromedp.ExecAllocatorOption, error) {
	for _, name := range programs {
		if program, err := exec.LookPath(name); err == nil {
			usual := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
				chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
				chromedp.Flag("js-flags", "--no-maglev,--no-opt"))
			return append(usual, more...), nil
		}
	}
	return nil, errNoBrowser
}

package tour

import (
	"errors"
	"os/exec"

	"github.com/chromedp/chromedp"
)

var errNoBrowser = errors.New("there is no Chromium: apt-get install --no-install-recommends chromium (or your system's package of that name)")

// Browser is how one is started that asks nobody for anything.
func Browser(more ...chromedp.ExecAllocatorOption) ([]chromedp.ExecAllocatorOption, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if program, err := exec.LookPath(name); err == nil {
			usual := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
				chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
			return append(usual, more...), nil
		}
	}
	return nil, errNoBrowser
}

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"go.temporal.io/sdk/client"

	"connex/e2e/tour"
)

// troubles are brought about where a state asks for them.
type troubles struct {
	beside    *tour.Beside
	terminate func() error
	close     func()
}

func (w where) troubles(at here) (t troubles, err error) {
	secret, err := os.ReadFile(filepath.Join(w.data, "secret"))
	if err != nil {
		return t, err
	}
	console, err := client.Dial(client.Options{HostPort: w.temporal})
	if err != nil {
		return t, err
	}
	t.beside, err = tour.OpenBeside(context.Background(), w.program, w.database, "TEMPORAL_ADDRESS="+w.temporal, "CONNEX_SECRET="+strings.TrimSpace(string(secret)))
	t.close = func() {
		_ = t.beside.Close() // it is killed
		console.Close()
	}
	t.terminate = func() error { return console.TerminateWorkflow(context.Background(), at.Paused, "", "by mistake") }
	return t, err
}

// bring one of them about; mend takes it back, as far as that is possible.
func (t troubles) bring(tab context.Context, trouble tour.Trouble) (mend func() error, err error) {
	switch trouble {
	case tour.Terminated:
		return func() error { return nil }, t.terminate()
	case tour.Offline:
		if err := chromedp.Do(tab, chromedp.Evaluate[chromedp.Void](tour.Hears, chromedp.EvalAwaitPromise)); err != nil {
			return func() error { return nil }, err
		}
		return func() error { return offline(tab, false) }, offline(tab, true)
	case tour.Away:
		return t.beside.Cut(), nil
	}
	return func() error { return nil }, nil
}

// offline is what a browser knows of a line that is down.
func offline(tab context.Context, is bool) error {
	_, err := chromedp.Call(tab, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: is, DownloadThroughput: -1, UploadThroughput: -1})
	return err
}

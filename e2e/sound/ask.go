package sound

import (
	"context"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// Patience is how long anything on a page may take to be there.
const Patience = 20 * time.Second

// Ask the page in a tab, whether or not it runs scripts of its own.
func Ask[T any](tab context.Context, script string) (T, error) {
	ctx, cancel := context.WithTimeout(tab, Patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](script))
}

// Tell the browser how a tab is to be from now on.
func Tell[P, R any](tab context.Context, command cdp.Command[P, R], how P) error {
	ctx, cancel := context.WithTimeout(tab, Patience)
	defer cancel()
	_, err := chromedp.Call(ctx, command, how)
	return err
}

func ask[T any](e *Eyes, what, script string) T {
	e.t.Helper()
	answer, err := Ask[T](e.tab, script)
	e.can(what, err)
	return answer
}

func tell[P, R any](e *Eyes, what string, command cdp.Command[P, R], how P) {
	e.t.Helper()
	e.can(what, Tell(e.tab, command, how))
}

func (e *Eyes) can(what string, err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatalf("could not %s: %v", what, err)
	}
}

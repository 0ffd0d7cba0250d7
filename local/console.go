package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// slow is after how long a component that is not up yet says that it is still at it.
const slow = 10 * time.Second

// console is what the person at the terminal sees: one line per thing that happened, its component first.
type console struct {
	mu  sync.Mutex
	out io.Writer
}

func (c *console) say(who, format string, values ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintf(c.out, "%-12s %s\n", who, fmt.Sprintf(format, values...))
}

// meanwhile says every few seconds that what goes on is still going on, until the returned function is called.
func (c *console) meanwhile(who, what string) (done func()) {
	begun, ended := time.Now(), make(chan struct{})
	go func() {
		tick := time.NewTicker(slow)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				c.say(who, "%s … %s", what, took(begun))
			case <-ended:
				return
			}
		}
	}()
	return sync.OnceFunc(func() { close(ended) })
}

func took(begun time.Time) string {
	if d := time.Since(begun); d < slow {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return fmt.Sprintf("%.0f s", time.Since(begun).Seconds())
}

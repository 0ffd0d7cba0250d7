package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	firstWait = 500 * time.Millisecond // before a dead child is started again; doubled each time
	lastWait  = 30 * time.Second
	settled   = time.Minute // a child that lived this long begins with the first wait again
	patience  = 2 * time.Minute
	poll      = 50 * time.Millisecond
)

// program is what a child runs.
type program struct {
	name    string
	path    string
	args    []string
	env     []string
	dir     string
	user    *account
	ready   func(context.Context) error // asked until it answers nil
	asks    syscall.Signal              // to end in order
	grace   time.Duration               // that ending in order may take
	orphans syscall.Signal              // what it gets when we are gone
}

// child is a program that is kept running: when it dies it is started again, and said so.
type child struct {
	program
	console *console
	log     *childLog
	stopped chan struct{} // closed: shall end
	ended   chan struct{} // closed: has ended and stays so
	up      chan struct{} // closed: was ready once; from then on it is started again
	failed  error         // why it ended before it was ready; read after ended

	mu  sync.Mutex
	cmd *exec.Cmd
}

func newChild(p program, logPath string, console *console) (*child, error) {
	c := &child{program: p, console: console,
		stopped: make(chan struct{}), ended: make(chan struct{}), up: make(chan struct{})}
	log, err := openLog(logPath, p.name, console, func() bool { return !c.wasUp() || c.shallEnd() })
	c.log = log
	return c, err
}

// start returns when the program is ready, or says why it will not be.
func (c *child) start(ctx context.Context) error {
	defer c.console.meanwhile(c.name, "still starting")()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	go c.keep()
	var last error
	for {
		if last = c.ready(ctx); last == nil {
			close(c.up)
			return nil
		}
		select {
		case <-c.ended:
			return c.failed
		case <-ctx.Done():
			return fmt.Errorf("%s did not get ready: %w (%s)", c.name, last, c.log.file.Name())
		case <-time.After(poll):
		}
	}
}

// keep runs the program until it shall end, or dies before it was ever ready.
func (c *child) keep() {
	defer close(c.ended)
	for wait := firstWait; ; {
		begun := time.Now()
		err := c.once()
		if c.shallEnd() {
			return
		}
		if !c.wasUp() {
			c.failed = c.obituary(err)
			return
		}
		if time.Since(begun) > settled {
			wait = firstWait
		}
		c.console.say(c.name, "died (%s); starting it again in %s", how(err), wait)
		if !c.pause(wait) {
			return
		}
		wait = min(2*wait, lastWait)
		go c.sayWhenBack(time.Now())
	}
}

// once runs the program from beginning to end; whatever it started itself goes with it.
func (c *child) once() error {
	cmd := exec.Command(c.path, c.args...)
	cmd.Env, cmd.Dir = c.env, c.dir
	cmd.Stdout, cmd.Stderr = c.log, c.log
	cmd.SysProcAttr = attributes(c.program)
	cmd.WaitDelay = time.Second // a grandchild that holds the pipe must not hold us
	if err := c.launch(cmd); err != nil {
		return err
	}
	err := cmd.Wait()
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	return err
}

// launch starts the process unless the child has been told to end in the meantime.
func (c *child) launch(cmd *exec.Cmd) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shallEnd() {
		return errors.New("not wanted any more")
	}
	if err := spawn(cmd); err != nil {
		return err
	}
	c.cmd = cmd
	return nil
}

// stop asks the program to end, and makes it when it does not or when somebody is in a hurry.
func (c *child) stop(hurry context.Context) {
	c.mu.Lock()
	close(c.stopped)
	cmd := c.cmd
	c.mu.Unlock()
	if cmd == nil {
		return
	}
	_ = cmd.Process.Signal(c.asks)
	select {
	case <-c.ended:
		return
	case <-hurry.Done():
	case <-time.After(c.grace):
		c.console.say(c.name, "does not end; killed")
	}
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	<-c.ended
}

func (c *child) shallEnd() bool { return closed(c.stopped) }

func (c *child) wasUp() bool { return closed(c.up) }

func closed(signal chan struct{}) bool {
	select {
	case <-signal:
		return true
	default:
		return false
	}
}

// pause waits, unless the child shall end.
func (c *child) pause(wait time.Duration) bool {
	select {
	case <-c.stopped:
		return false
	case <-time.After(wait):
		return true
	}
}

func (c *child) sayWhenBack(begun time.Time) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for ctx.Err() == nil && c.pause(poll) {
		if c.ready(ctx) == nil {
			c.console.say(c.name, "is back (%s)", took(begun))
			return
		}
	}
}

func (c *child) obituary(err error) error {
	return fmt.Errorf("%s did not start (%s). It said last:\n  %s\nAll of it is in %s",
		c.name, how(err), strings.Join(c.log.last, "\n  "), c.log.file.Name())
}

func how(err error) string {
	if err == nil {
		return "it ended by itself"
	}
	return err.Error()
}

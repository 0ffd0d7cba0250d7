package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary be the one whose children must not outlive it.
func TestMain(m *testing.M) {
	if pidFile := os.Getenv("BE_A_PARENT"); pidFile != "" {
		c, _ := newChild(shell("echo $$ >"+pidFile+"; exec sleep 300", pidFile), os.DevNull, &console{out: os.Stdout})
		_ = c.start(context.Background())
		select {}
	}
	os.Exit(m.Run())
}

func TestAChildThatDiesIsStartedAgain(t *testing.T) {
	t.Parallel()
	pidFile := filepath.Join(t.TempDir(), "pid")
	c, said := aChild(t, shell("echo $$ >"+pidFile+"; exec sleep 300", pidFile))
	if err := c.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	first := readPID(t, pidFile)
	if err := syscall.Kill(first, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is said that the child died and is back", func() bool {
		return strings.Contains(said.String(), "died (signal: killed)") && strings.Contains(said.String(), "is back") && readPID(t, pidFile) != first
	})
	second := readPID(t, pidFile)
	if first == second {
		t.Errorf("process %d was killed and is still the child", first)
	}
	c.stop(t.Context())
	if running(second) {
		t.Errorf("process %d still runs after the child was stopped", second)
	}
}

func TestAChildThatDiesAtOnceSaysWhy(t *testing.T) {
	t.Parallel()
	never := shell("echo the schema is too old; exit 3", "")
	never.ready = func(context.Context) error { return errors.New("not yet") }
	c, _ := aChild(t, never)
	err := c.start(t.Context())
	if err == nil || !strings.Contains(err.Error(), "the schema is too old") || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("start says %v, want the child's last words and its exit status", err)
	}
}

func TestAChildThatDoesNotEndIsKilled(t *testing.T) {
	t.Parallel()
	pidFile := filepath.Join(t.TempDir(), "pid")
	stubborn := shell("trap '' TERM; echo $$ >"+pidFile+"; while :; do sleep 0.1; done", pidFile)
	stubborn.grace = 200 * time.Millisecond
	c, said := aChild(t, stubborn)
	if err := c.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.stop(t.Context())
	if pid := readPID(t, pidFile); running(pid) || !strings.Contains(said.String(), "killed") {
		t.Errorf("process %d runs: %t; said: %s", pid, running(pid), said)
	}
}

func TestWhatAChildStartedDiesWithIt(t *testing.T) {
	t.Parallel()
	pidFile := filepath.Join(t.TempDir(), "pid")
	c, _ := aChild(t, shell("sleep 300 & echo $! >"+pidFile+"; wait", pidFile))
	if err := c.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.stop(t.Context())
	eventually(t, "the grandchild is gone", func() bool { return !running(readPID(t, pidFile)) })
}

func TestChildrenDoNotOutliveUs(t *testing.T) {
	t.Parallel()
	pidFile := filepath.Join(t.TempDir(), "pid")
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), "BE_A_PARENT="+pidFile)
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the child runs", func() bool { return exists(pidFile) })
	pid := readPID(t, pidFile)
	_ = parent.Process.Kill()
	_ = parent.Wait()
	eventually(t, "the child is gone", func() bool { return !running(pid) })
}

func TestTroubleIsShownAndNotTooMuchOfIt(t *testing.T) {
	t.Parallel()
	said := &buffer{}
	log, err := openLog(filepath.Join(t.TempDir(), "log"), "worker", &console{out: said}, func() bool { return false })
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(log, `{"level":"INFO","msg":"all is well"}`)
	fmt.Fprintln(log, `FATAL:  the database system is starting up`)
	for range 100 {
		fmt.Fprintln(log, `{"level":"ERROR","msg":"no database"}`)
	}
	if text := said.String(); strings.Contains(text, "well") || strings.Contains(text, "starting up") {
		t.Errorf("what is no trouble was shown: %s", text)
	}
	if lines := strings.Count(said.String(), "\n"); lines != shownLines+1 {
		t.Errorf("%d lines were shown, want %d and where the others are", lines, shownLines)
	}
}

// shell is a program that is ready as soon as the file is there.
func shell(script, file string) program {
	return program{
		name: "shell", path: "/bin/sh", args: []string{"-c", script},
		ready: func(context.Context) error { return ready(file) },
		asks:  syscall.SIGTERM, orphans: syscall.SIGKILL, grace: 5 * time.Second,
	}
}

func ready(file string) error {
	text, err := os.ReadFile(file)
	if err == nil && len(text) == 0 {
		return errors.New("empty")
	}
	return err
}

func aChild(t *testing.T, p program) (*child, *buffer) {
	t.Helper()
	said := &buffer{}
	c, err := newChild(p, filepath.Join(t.TempDir(), "log"), &console{out: said})
	if err != nil {
		t.Fatal(err)
	}
	return c, said
}

func readPID(t *testing.T, file string) int {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// running is false for a process that has ended but that nobody has asked about yet.
func running(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || !strings.Contains(string(status), ") Z ")
}

func exists(file string) bool { return ready(file) == nil }

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for begun := time.Now(); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			t.Fatalf("after 20 seconds it is still not so that %s", what)
		}
	}
}

// buffer is what was said, while it is still being said.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(text []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(text)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

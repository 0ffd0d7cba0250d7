package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// sampleDay is a process day of those samples that have ended already: years of a case pass in minutes.
const sampleDay = 100 * time.Millisecond

// enterSamples has the starter carry the sample requests through the API, once per data folder, and says how it went.
func (s *system) enterSamples(ctx context.Context) {
	done := s.folder.file("samples-entered")
	if _, err := os.Stat(done); !s.Samples || !errors.Is(err, fs.ErrNotExist) {
		return
	}
	begun, log := time.Now(), s.folder.file("logs", "samples.log")
	s.console.say("samples", "are being entered; what is told of it is in %s", log)
	err := s.runSamples(ctx, log)
	if err == nil {
		err = os.WriteFile(done, []byte(time.Now().UTC().Format(time.RFC3339)+"\n"), 0o644)
	}
	switch {
	case ctx.Err() != nil: // the next start goes on with them
	case err != nil:
		s.console.say("samples", "failed after %s: %s; the next start tries again", took(begun), err)
	default:
		s.console.say("samples", "entered (%s)", took(begun))
	}
}

// runSamples starts a second api for as long as it takes, whose process days are short.
func (s *system) runSamples(ctx context.Context, log string) error {
	fast, err := s.ports.near("127.0.0.1", usualPort)
	if err != nil {
		return err
	}
	second := s.api(fast, sampleDay)
	second.name = "fast api"
	if err := s.keep(ctx, fastAPIChild, second); err != nil {
		return err
	}
	defer s.dismiss(fastAPIChild)
	args := []string{"samples", "--api", webAddress(s.Listen), "--fast-api", webAddress(fast)}
	if s.mailWeb != "" {
		args = append(args, "--mail", s.mailWeb) // the people outside act by the links in their mails
	}
	return s.starter(ctx, log, args...)
}

func (s *system) starter(ctx context.Context, log string, args ...string) error {
	output, err := os.OpenFile(log, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer output.Close()
	cmd := exec.CommandContext(ctx, filepath.Join(s.root, "bin", "starter"), args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 5 * time.Second
	cmd.Dir, cmd.Env = s.root, s.environment(nil)
	said := &lastLine{}
	both := io.MultiWriter(output, said) // one writer: then one goroutine writes
	cmd.Stdout, cmd.Stderr = both, both
	cmd.SysProcAttr = attributes(program{orphans: syscall.SIGKILL})
	if err := spawn(cmd); err != nil {
		return err
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("%w: %s", err, said)
	}
	return nil
}

// lastLine keeps what was written last, which is where a program says why it gave up.
type lastLine struct{ text string }

func (l *lastLine) Write(text []byte) (int, error) {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	l.text = lines[len(lines)-1]
	return len(text), nil
}

func (l *lastLine) String() string { return l.text }

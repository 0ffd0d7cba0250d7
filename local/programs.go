package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// ownPrograms are the programs of this repository that run here.
var ownPrograms = []string{"worker", "api", "starter"}

// buildPrograms brings bin/ up to date with the sources; without a Go command what is in bin/ is taken as it is.
func (s *system) buildPrograms(ctx context.Context) error {
	goCommand, err := exec.LookPath("go")
	if err != nil {
		return s.allBuilt()
	}
	begun := time.Now()
	defer s.console.meanwhile("programs", "still building (a first build takes a minute or two)")()
	args := []string{"build", "-buildvcs=false", "-o", s.binary("") + string(filepath.Separator)}
	for _, name := range ownPrograms {
		args = append(args, "./"+name)
	}
	cmd := exec.CommandContext(ctx, goCommand, args...)
	cmd.Dir = s.root
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, text)
	}
	s.console.say("programs", "built into %s (%s)", s.binary(""), took(begun))
	return nil
}

func (s *system) allBuilt() error {
	for _, name := range ownPrograms {
		if _, err := exec.LookPath(s.binary(name)); err != nil {
			return fmt.Errorf("there is no %s and no go command to build it with: install Go 1.26 from https://go.dev/dl", s.binary(name))
		}
	}
	return nil
}

func (s *system) binary(name string) string { return filepath.Join(s.root, "bin", name) }

// startPrograms starts worker and api; the api's /readyz speaks for both.
func (s *system) startPrograms(ctx context.Context) error {
	begun := time.Now()
	err := together(ctx,
		func(ctx context.Context) error {
			return s.keep(ctx, workerChild, s.ownProgram("worker", nil, readyz(s.Listen)))
		},
		func(ctx context.Context) error { return s.keep(ctx, apiChild, s.api(s.Listen, s.Day)) })
	if err != nil {
		return err
	}
	s.console.say("worker", "ready")
	s.console.say("api", "ready on %s (%s)", s.Listen, took(begun))
	return nil
}

// api is the program with everything it needs, on an address and with a calendar of its own.
func (s *system) api(listen string, day time.Duration) program {
	own := map[string]string{"LISTEN_ADDR": listen, "DAY": day.String()}
	return s.ownProgram("api", own, readyz(listen))
}

// readyz asks the api whether the database, Temporal and a worker answer it.
func readyz(listen string) func(context.Context) error {
	return func(ctx context.Context) error { return get(ctx, webAddress(listen)+"/readyz") }
}

func (s *system) ownProgram(name string, own map[string]string, ready func(context.Context) error) program {
	return program{
		name: name, path: s.binary(name), dir: s.root, env: s.environment(own), ready: ready,
		asks: syscall.SIGTERM, orphans: syscall.SIGKILL, grace: 15 * time.Second,
	}
}

// environment is ours, with what we settled in the place of what was asked for.
func (s *system) environment(own map[string]string) []string {
	set := map[string]string{
		"DATABASE_URL": s.Database, "TEMPORAL_ADDRESS": s.Temporal, "TEMPORAL_NAMESPACE": s.Namespace, "CONNEX_CONSOLE_URL": s.Console,
		"SMTP_ADDR": s.SMTP, "PUBLIC_URL": s.PublicURL, "CONNEX_DATA": s.Data, "CONNEX_SECRET": s.Secret, "LISTEN_ADDR": s.Listen, "DAY": s.Day.String(),
	}
	maps.Copy(set, own)
	environ := slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		_, settled := set[name]
		return settled
	})
	for _, name := range slices.Sorted(maps.Keys(set)) {
		environ = append(environ, name+"="+set[name])
	}
	return environ
}

// projectRoot is the folder of the sources: the current one or one above it, else the one whose bin/ this program is in.
func projectRoot() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; folder != filepath.Dir(folder); folder = filepath.Dir(folder) {
		if text, err := os.ReadFile(filepath.Join(folder, "go.mod")); err == nil && strings.HasPrefix(string(text), "module connex\n") {
			return folder, nil
		}
	}
	program, err := os.Executable()
	return filepath.Dir(filepath.Dir(program)), err
}

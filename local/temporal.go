package main

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

const (
	temporalPort        = 7233
	temporalConsolePort = 8233
	shortDay            = time.Hour // with a shorter day one may not notice a second
)

var errNoTemporal = fmt.Errorf(`no temporal command of version 1.5 (server 1.29) on PATH, in bin/ or in the Go folder's bin/.
Either build it once, 5 to 9 minutes:   .ci/need temporal
or use a server that you have:          TEMPORAL_ADDRESS=host:7233`)

// searchAttributes are what the console finds cases by.
var searchAttributes = []string{
	"CaseNumber=Keyword", "Phase=Keyword", "Country=Keyword", "CaseOfficer=Keyword",
	"WaitingFor=KeywordList", "DueAt=Datetime", "Suspended=Bool",
}

// startTemporal brings our own server up, or prepares the one that was named.
func (s *system) startTemporal(ctx context.Context) error {
	begun := time.Now()
	if s.Temporal != "" {
		s.console.say("Temporal", "uses %s, namespace %s (TEMPORAL_ADDRESS)", s.Temporal, s.Namespace)
		return s.prepareNamed(ctx)
	}
	binary, err := findTemporal(s.root)
	if err != nil {
		return err
	}
	addr, err := s.ports.near("127.0.0.1", temporalPort)
	if err != nil {
		return err
	}
	web, err := s.ports.near("127.0.0.1", temporalConsolePort)
	if err != nil {
		return err
	}
	s.Temporal, s.Console = addr, cmp.Or(s.Console, webAddress(web))
	if err := s.keep(ctx, temporalChild, s.temporalProgram(binary, addr, web)); err != nil {
		return err
	}
	s.console.say("Temporal", "ready on %s, console %s (%s)", addr, s.Console, took(begun))
	return s.keepHistories(ctx)
}

func (s *system) temporalProgram(binary, addr, web string) program {
	return program{
		name: "Temporal", path: binary, dir: s.folder.path,
		args: s.temporalArguments(portOf(addr), portOf(web)),
		env:  without("TEMPORAL_"),
		ready: func(ctx context.Context) error {
			if err := s.answers(ctx); err != nil {
				return err
			}
			return get(ctx, webAddress(web))
		},
		asks: syscall.SIGTERM, orphans: syscall.SIGKILL, grace: 20 * time.Second,
	}
}

func (s *system) temporalArguments(port, webPort string) []string {
	args := []string{"server", "start-dev", "--ip", "127.0.0.1", "--port", port, "--ui-port", webPort,
		"--namespace", s.Namespace, "--db-filename", s.folder.file("temporal.db"),
		"--disable-config-file", "--disable-config-env", "--color", "never",
		// Twice the throughput, and a killed process still loses nothing.
		"--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL"}
	if len(s.Keys) > 0 {
		args = append(args, "--ui-codec-endpoint", s.PublicURL+"/codec")
	}
	for _, attribute := range searchAttributes {
		args = append(args, "--search-attribute", attribute)
	}
	for _, value := range s.dynamicConfig() {
		args = append(args, "--dynamic-config-value", value)
	}
	return args
}

// dynamicConfig sets the server up for few cases and quick answers.
func (s *system) dynamicConfig() []string {
	values := []string{
		"system.enableActivityEagerExecution=true", // off in this server, though the SDK asks for it
		"matching.numTaskqueueReadPartitions=1",    // four would leave two pollers to forwarding
		"matching.numTaskqueueWritePartitions=1",
	}
	if s.Day < shortDay {
		values = append(values, `history.workflowIdReuseMinimalInterval="0s"`) // no second of wait between two phases
	}
	return values
}

// findTemporal takes the first temporal command of the right version: on PATH, else built by make, else by go install.
func findTemporal(root string) (string, error) {
	candidates := []string{filepath.Join(root, "bin", "temporal")}
	if found, err := exec.LookPath("temporal"); err == nil {
		candidates = slices.Insert(candidates, 0, found)
	}
	if home, err := os.UserHomeDir(); err == nil {
		candidates = append(candidates, filepath.Join(home, "go", "bin", "temporal"))
	}
	for _, folder := range filepath.SplitList(os.Getenv("GOPATH")) {
		candidates = append(candidates, filepath.Join(folder, "bin", "temporal"))
	}
	for _, candidate := range candidates {
		if rightTemporal(candidate) {
			return filepath.Abs(candidate)
		}
	}
	return "", errNoTemporal
}

// A command built from the module calls itself 0.0.0-DEV, but names its server.
var temporalVersion = regexp.MustCompile(`version 1\.5\.|Server 1\.29\.`)

func rightTemporal(path string) bool {
	text, err := exec.Command(path, "--version").Output()
	return err == nil && temporalVersion.Match(text)
}

func portOf(addr string) string {
	_, port, _ := net.SplitHostPort(addr)
	return port
}

// without is our environment less one family, which would mean something else to that program.
func without(prefix string) []string {
	return slices.DeleteFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, prefix) })
}

// get tells whether a page is there.
func get(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", address, answer.Status)
	}
	return nil
}

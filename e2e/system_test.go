package e2e

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"connex/store"
)

// aDay is how long a process day lasts here.
const aDay = time.Second

// keeper runs the system for as long as its standard input is open, then ends it and takes its folder away: nothing is
// left running even if the test process is killed.
const keeper = `
"$1" </dev/null &
system=$!
exec >/dev/null 2>&1
read -r forever
kill -TERM $system
wait $system
rm -rf "$2"`

// system is what runs, and where.
type system struct {
	base      string // of pages and JSON
	temporal  string
	namespace string
	database  string
	folder    string
	process   int // of the program that keeps the others
	mails     *mailbox

	ledger func() (*store.Store, error) // its database, with the key that seals the trails

	input io.Closer
	ended chan struct{}
	said  transcript
}

// transcript is what the system said at its terminal.
type transcript struct {
	mu    sync.Mutex
	lines []string
}

func (t *transcript) add(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines = append(t.lines, line)
}

func (t *transcript) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(t.lines, "\n")
}

// theSystem is brought up by the first test that asks for it.
func theSystem(t testing.TB) *system {
	t.Helper()
	s, err := started()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var started = sync.OnceValues(start)

// waiters is how many tests are on their way at once, beside the few longest, which begin at the beginning: most of the time
// a test here waits for a clock or a person, not for a processor.
const waiters = 4

var places = make(chan struct{}, waiters)

// inTurn lets a test run beside others. Those that take no turn are the longest, and those whose parts take theirs.
func inTurn(t *testing.T) {
	t.Helper()
	t.Parallel()
	places <- struct{}{}
	t.Cleanup(func() { <-places })
}

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "100"); err != nil {
		panic(err)
	}
	code := m.Run()
	if opened != nil {
		opened.close()
	}
	if running != nil {
		running.stop(code != 0)
	}
	os.Exit(code)
}

// running is the system that has to be stopped in the end, whether or not it came up.
var running *system

func start() (*system, error) {
	s, err := bringUp()
	if err != nil {
		return nil, err
	}
	running = s
	return s, s.ready()
}

// bringUp starts a system; more is what it is told beside the usual. Whoever calls it has it stopped.
func bringUp(more ...string) (*system, error) {
	root, program, err := build()
	if err != nil {
		return nil, err
	}
	mails, err := openMailbox()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "connex-e2e-")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(folder, 0o711); err != nil { //nolint:gosec // PostgreSQL may run as somebody else
		return nil, err
	}
	s := &system{folder: folder, mails: mails, ended: make(chan struct{})}
	s.ledger = sync.OnceValues(s.openLedger)
	return s, s.run(root, program, more)
}

// build makes the program that makes the others.
func build() (root, program string, err error) {
	file, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", "", fmt.Errorf("go env GOMOD: %w", err)
	}
	root = filepath.Dir(strings.TrimSpace(string(file)))
	program = filepath.Join(root, "bin", "local")
	command := exec.Command("go", "build", "-buildvcs=false", "-o", program, "./local")
	command.Dir = root
	if text, err := command.CombinedOutput(); err != nil {
		return "", "", fmt.Errorf("go build ./local: %w\n%s", err, text)
	}
	return root, program, nil
}

func (s *system) run(root, program string, more []string) error {
	address, err := freeAddress()
	if err != nil {
		return err
	}
	data := filepath.Join(s.folder, "data")
	command := exec.Command("/bin/sh", "-c", keeper, "keeper", program, s.folder)
	command.Dir = root
	command.Env = append(without("CONNEX_", "DATABASE_URL", "TEMPORAL_", "PUBLIC_URL"), "CONNEX_DATA="+data, "LISTEN_ADDR="+address,
		"DAY="+aDay.String(), "CONNEX_SAMPLES=0", "SMTP_ADDR="+s.mails.address)
	command.Env = append(command.Env, more...)
	if s.input, err = command.StdinPipe(); err != nil {
		return err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	command.Stderr = command.Stdout
	if err := command.Start(); err != nil {
		return err
	}
	go s.listen(output, command)
	return nil
}

func (s *system) listen(output io.Reader, command *exec.Cmd) {
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		s.said.add(lines.Text())
	}
	close(s.ended)
	_ = command.Wait() // reaps the keeper
}

// freeAddress is one that nobody listens on; the program reserves it again at once.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

// without is our environment without what would lead the system elsewhere.
func without(prefixes ...string) (environ []string) {
	for _, variable := range os.Environ() {
		ours := true
		for _, prefix := range prefixes {
			ours = ours && !strings.HasPrefix(variable, prefix)
		}
		if ours {
			environ = append(environ, variable)
		}
	}
	return environ
}

// where are the lines in which the system says what is where.
var where = map[string]*regexp.Regexp{
	"base":      regexp.MustCompile(`(?m)^  CONNEX casework +(\S+)$`),
	"temporal":  regexp.MustCompile(`(?m)^  Temporal +(\S+), namespace`),
	"namespace": regexp.MustCompile(`(?m)^  Temporal +\S+, namespace (\S+)$`),
	"database":  regexp.MustCompile(`(?m)^  PostgreSQL +(\S+)$`),
	"process":   regexp.MustCompile(`(?m)^ready after .*\(process (\d+)\)$`),
}

// ready waits until the system says so, and for its word to be true.
func (s *system) ready() error {
	for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if process := s.told("process"); process != "" {
			s.process, _ = strconv.Atoi(process)
			break
		}
		if time.Since(begun) > 4*time.Minute {
			return fmt.Errorf("the system did not come up in four minutes:\n%s", &s.said)
		}
		select {
		case <-s.ended:
			return fmt.Errorf("the system did not come up:\n%s", &s.said)
		default:
		}
	}
	s.base, s.temporal, s.namespace, s.database = s.told("base"), s.told("temporal"), s.told("namespace"), s.told("database")
	if a := (&person{base: s.base}).get(context.Background(), "/readyz"); a.status != 200 {
		return errors.Join(fmt.Errorf("/readyz answers %d: %s", a.status, a.text), a.fault)
	}
	return nil
}

// secret is what its programs make and seal things with.
func (s *system) secret() (string, error) {
	text, err := os.ReadFile(filepath.Join(s.folder, "data", "secret"))
	return strings.TrimSpace(string(text)), err
}

func (s *system) told(what string) string {
	if found := where[what].FindStringSubmatch(s.said.String()); found != nil {
		return found[1]
	}
	return ""
}

// stop ends everything, and shows the end of the logs where something went wrong.
func (s *system) stop(failed bool) {
	if failed {
		s.showLogs()
	}
	_ = s.input.Close()
	select {
	case <-s.ended:
	case <-time.After(time.Minute):
		fmt.Fprintln(os.Stderr, "the system does not end")
	}
	s.mails.close()
	for begun := time.Now(); time.Since(begun) < 10*time.Second; time.Sleep(50 * time.Millisecond) {
		if _, err := os.Stat(s.folder); errors.Is(err, os.ErrNotExist) {
			return // the keeper has cleared up
		}
	}
}

var routine = regexp.MustCompile(`level"?[=:]"?(INFO|DEBUG)`)

func (s *system) showLogs() {
	fmt.Fprintf(os.Stderr, "--- what the system said ---\n%s\n", &s.said)
	for _, name := range []string{"worker", "api"} {
		text, _ := os.ReadFile(filepath.Join(s.folder, "data", "logs", name+".log"))
		lines := slices.DeleteFunc(strings.Split(string(text), "\n"), func(line string) bool { return line == "" || routine.MatchString(line) })
		fmt.Fprintf(os.Stderr, "--- the end of %s.log ---\n%s\n", name, strings.Join(lines[max(0, len(lines)-30):], "\n"))
	}
}

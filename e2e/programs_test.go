package e2e

import (
	"errors"
	"net/http"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The programs of the system that are killed here; it starts again what dies.
const (
	theWorker   = "worker"
	theAPI      = "api"
	theTemporal = "temporal"
	theDatabase = "postgres"
)

// process is the one of a program's that the system itself started, 0 where there is none at the moment.
func (s *system) processOf(t testing.TB, program string) int {
	t.Helper()
	text, err := exec.Command("ps", "-A", "-o", "pid=,ppid=,args=").Output()
	if err != nil {
		t.Fatalf("ps: %v (Debian, Ubuntu: apt-get install procps)", err)
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) > 2 && fields[1] == strconv.Itoa(s.process) && filepath.Base(fields[2]) == program {
			process, _ := strconv.Atoi(fields[0])
			return process
		}
	}
	return 0
}

// kill ends a program as the loss of its machine would.
func (s *system) kill(t testing.TB, program string) { s.end(t, program, syscall.SIGKILL) }

func (s *system) end(t testing.TB, program string, by syscall.Signal) {
	t.Helper()
	if process := s.processOf(t, program); process != 0 {
		t.Logf("%s ended by %s", program, by)
		s.signal(t, process, by)
	}
}

func (s *system) signal(t testing.TB, process int, signal syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(process, signal); err != nil && !errors.Is(err, syscall.ESRCH) { // it may just have ended
		t.Errorf("%s to process %d: %v", signal, process, err)
	}
}

// freeze stops a program as it stands, until it is thawed.
func (s *system) freeze(t testing.TB, program string) (thaw func()) {
	t.Helper()
	process := s.processOf(t, program)
	if process == 0 {
		t.Fatalf("there is no %s to freeze", program)
	}
	s.signal(t, process, syscall.SIGSTOP)
	thawed := false
	thaw = func() {
		if !thawed {
			thawed = true
			s.signal(t, process, syscall.SIGCONT)
		}
	}
	t.Cleanup(thaw)
	return thaw
}

// keepDown ends a program again as soon as it is back, for some time.
func (s *system) keepDown(t testing.TB, program string, by syscall.Signal, down time.Duration) {
	t.Helper()
	for begun := time.Now(); time.Since(begun) < down; time.Sleep(100 * time.Millisecond) {
		s.end(t, program, by)
	}
}

// isBack waits until all parts of the system answer again.
func (s *system) isBack(t testing.TB) {
	t.Helper()
	nobody := &person{base: s.base}
	waitFor(t, time.Minute, "the system to be ready again", func() (answer, bool) {
		a := nobody.get(t.Context(), "/readyz")
		return a, a.status == http.StatusOK
	})
}

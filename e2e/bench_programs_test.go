package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// program is one that runs for the system, or several of one name: what they hold and how long they ran, by Linux's
// books. A server's processes are counted together.
type program struct {
	megabytes    float64 // resident
	milliseconds int     // of processor time, with that of children who have ended
}

// programs are those that the system keeps, by name, and their children.
func (s *system) programs(b *testing.B) map[string]program {
	b.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(files) == 0 {
		b.Fatalf("there is no /proc to read memory and processor time from (%v): this benchmark needs Linux", err)
	}
	of := map[int]process{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended
		}
		p := readProcess(b, string(text))
		of[p.id] = p
	}
	found := map[string]program{}
	for _, p := range of {
		if p.descends(of, s.process) {
			sum := found[p.name]
			sum.megabytes += float64(p.pages*os.Getpagesize()) / (1 << 20)
			sum.milliseconds += p.ticks * 1000 / ticksPerSecond
			found[p.name] = sum
		}
	}
	return found
}

const ticksPerSecond = 100 // on every Linux that Go runs on

type process struct {
	id, parent, ticks, pages int
	name                     string
}

// readProcess reads a line of /proc/*/stat. The name stands in brackets and may contain anything.
func readProcess(b *testing.B, line string) (p process) {
	b.Helper()
	from, to := strings.Index(line, "("), strings.LastIndex(line, ")")
	p.name = line[from+1 : to]
	fields := strings.Fields(line[to+1:])
	_, err := fmt.Sscan(line[:from], &p.id)
	number := func(field int) (n int) {
		if err == nil {
			_, err = fmt.Sscan(fields[field], &n)
		}
		return n
	}
	p.parent = number(1)
	p.ticks = number(11) + number(12) + number(13) + number(14)
	p.pages = number(21)
	if err != nil {
		b.Fatalf("%q: %v", line, err)
	}
	return p
}

func (p process) descends(of map[int]process, from int) bool {
	for ; p.id > 1; p = of[p.parent] {
		if p.parent == from {
			return true
		}
	}
	return false
}

// processor is how long each of the system's programs ran until now, and this process, in which the floor's worker and
// all people live.
func (s *system) processor(b *testing.B) map[string]int {
	b.Helper()
	times := map[string]int{}
	for name, p := range s.programs(b) {
		times[name] = p.milliseconds
	}
	text, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		b.Fatal(err)
	}
	times["bench"] = readProcess(b, string(text)).ticks * 1000 / ticksPerSecond
	return times
}

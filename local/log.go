package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"time"
)

const (
	logLimit   = 16 << 20 // what a log may hold before the next start puts it aside
	shownLines = 4        // lines of trouble shown per child and burst; the log has them all
	burst      = 2 * time.Minute
	beginning  = 150 // of a long line that is shown
	ending     = 300
)

// trouble is what a child's line looks like when the person at the terminal should see it.
var trouble = regexp.MustCompile(`(?i)^panic:|^fatal error:|\blevel"?[=:]"?(error|fatal)|\b(FATAL|PANIC):|^(uncaught|error):`)

// passing is what PostgreSQL answers while we ask whether it is up yet.
var passing = regexp.MustCompile(`FATAL: +the database system is (starting up|shutting down|not yet accepting connections)`)

// childLog takes what a child prints: all of it goes to its file, trouble to the console as well.
type childLog struct {
	name    string
	file    *os.File
	console *console
	quiet   func() bool // while it comes up or goes down: what it says then is told if it fails
	rest    []byte
	last    []string // for when the child dies
	since   time.Time
	shown   int
}

func openLog(path, name string, console *console, quiet func() bool) (*childLog, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		if err := os.Rename(path, path+".old"); err != nil {
			return nil, err
		}
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	return &childLog{name: name, file: file, console: console, quiet: quiet}, err
}

func (l *childLog) Write(text []byte) (int, error) {
	l.rest = append(l.rest, text...)
	for {
		line, rest, whole := bytes.Cut(l.rest, []byte("\n"))
		if !whole {
			break
		}
		l.line(strings.TrimRight(string(line), "\r "))
		l.rest = rest
	}
	return l.file.Write(text)
}

func (l *childLog) line(text string) {
	if text == "" {
		return
	}
	l.last = append(l.last, text)
	l.last = l.last[max(0, len(l.last)-5):]
	if !l.quiet() && trouble.MatchString(text) && !passing.MatchString(text) {
		l.show(text)
	}
}

// show lets a few lines through at a time: a child whose server is away says so a hundred times a second.
func (l *childLog) show(text string) {
	if time.Since(l.since) > burst {
		l.since, l.shown = time.Now(), 0
	}
	l.shown++
	switch {
	case l.shown <= shownLines:
		l.console.say(l.name, "| %s", shortened(text))
	case l.shown == shownLines+1:
		l.console.say(l.name, "| … more of this in %s", l.file.Name())
	}
}

// shortened leaves the middle of a long line out: what happened is said first, and why last.
func shortened(text string) string {
	if len(text) <= beginning+ending {
		return text
	}
	return text[:beginning] + " … " + text[len(text)-ending:]
}

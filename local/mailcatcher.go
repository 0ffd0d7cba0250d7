package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	smtpPort    = 1025
	mailWebPort = 1080
	oldestNode  = 20
)

// startMail brings a mail catcher up: every mail of the system lands there and goes nowhere.
func (s *system) startMail(ctx context.Context) error {
	begun := time.Now()
	if s.SMTP != "" {
		s.console.say("mail", "goes to %s (SMTP_ADDR)", s.SMTP)
		return nil
	}
	node, err := findNode()
	if err != nil {
		return err
	}
	smtp, err := s.ports.near("127.0.0.1", smtpPort)
	if err != nil {
		return err
	}
	web, err := s.ports.near("127.0.0.1", mailWebPort)
	if err != nil {
		return err
	}
	catcher, err := s.mailProgram(node, smtp, web)
	if err != nil {
		return err
	}
	s.SMTP, s.mailWeb = smtp, webAddress(web)
	if err := s.keep(ctx, mailChild, catcher); err != nil {
		return err
	}
	s.console.say("mail catcher", "ready on %s, web page %s (%s)", smtp, s.mailWeb, took(begun))
	return nil
}

func (s *system) mailProgram(node, smtp, web string) (program, error) {
	script := filepath.Join(s.root, "node_modules", ".bin", "maildev")
	if _, err := os.Stat(script); err != nil {
		return program{}, errors.New("the mail catcher is not installed: npm ci, or set SMTP_ADDR to a mail server of yours")
	}
	return program{
		name: "mail catcher", path: node, dir: s.folder.path, env: without("MAILDEV_"),
		args: []string{script, "--smtp", portOf(smtp), "--ip", "127.0.0.1", "--web", portOf(web), "--web-ip", "127.0.0.1",
			"--mail-directory", s.folder.file("mail")},
		ready: func(ctx context.Context) error { return get(ctx, webAddress(web)+"/api/email") },
		asks:  syscall.SIGTERM, orphans: syscall.SIGKILL, grace: 5 * time.Second,
	}, nil
}

func findNode() (string, error) {
	remedy := fmt.Sprintf("Node %d or newer: https://nodejs.org, or Debian 13, Ubuntu 24.10: apt-get install nodejs npm", oldestNode)
	node, err := exec.LookPath("node")
	if err != nil {
		return "", fmt.Errorf("no node on PATH; the letters and the mail catcher need %s", remedy)
	}
	text, err := exec.Command(node, "--version").Output()
	if major := nodeMajor(string(text)); err != nil || major < oldestNode {
		return "", fmt.Errorf("%s is version %s; the letters and the mail catcher need %s", node, strings.TrimSpace(string(text)), remedy)
	}
	return node, nil
}

// nodeMajor is 20 for "v20.20.2".
func nodeMajor(version string) int {
	major, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	number, _ := strconv.Atoi(major)
	return number
}

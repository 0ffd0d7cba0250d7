//go:build !linux

package main

import (
	"os/exec"
	"syscall"
)

// attributes give a child its own process group. Only Linux tells children that we were killed.
func attributes(p program) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setpgid: true}
	if p.user != nil {
		a.Credential = &syscall.Credential{Uid: p.user.uid, Gid: p.user.gid}
	}
	return a
}

func spawn(cmd *exec.Cmd) error { return cmd.Start() }

package main

import (
	"os/exec"
	"runtime"
	"syscall"
)

// attributes give a child its own process group, so that Ctrl-C at the terminal reaches us alone and we end things in
// order, and a signal for the case that we are killed and cannot.
func attributes(p program) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: p.orphans}
	if p.user != nil {
		a.Credential = &syscall.Credential{Uid: p.user.uid, Gid: p.user.gid}
		a.AmbientCaps = p.user.capabilities
	}
	return a
}

var spawns = make(chan func())

// spawn starts the command from a thread that lives as long as we do: Linux sends a child its "parent has died" when
// the thread dies that started it, and Go ends threads when it likes.
func spawn(cmd *exec.Cmd) error {
	started := make(chan error)
	spawns <- func() { started <- cmd.Start() }
	return <-started
}

func init() {
	go func() {
		runtime.LockOSThread()
		for start := range spawns {
			start()
		}
	}()
}

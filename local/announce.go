package main

import (
	"fmt"
	"os"
	"strings"
)

// announce says where everything is and who may sign in, then the word that scripts wait for.
func (s *system) announce() {
	s.console.mu.Lock()
	defer s.console.mu.Unlock()
	line := func(what, where string) { fmt.Fprintf(s.console.out, "  %-17s %s\n", what, where) }
	fmt.Fprintln(s.console.out)
	line("CONNEX casework", s.PublicURL)
	if s.PublicURL != webAddress(s.Listen) {
		line("", webAddress(s.Listen)+" on this machine")
	}
	if s.Console != "" {
		line("Temporal console", s.Console)
	}
	line("Temporal", fmt.Sprintf("%s, namespace %s", s.Temporal, s.Namespace))
	if s.mailWeb != "" {
		line("mail catcher", s.mailWeb)
	}
	line("SMTP", s.SMTP)
	line("PostgreSQL", s.Database)
	line("data", s.Data)
	line("a process day", "lasts "+s.Day.String()+" for requests that start now")
	fmt.Fprintf(s.console.out, "\n  accounts, all with the password %s:\n", accountPassword)
	for _, a := range accounts {
		fmt.Fprintf(s.console.out, "  %-22s %-20s %s\n", a.email(), a.fullName, strings.Join(roleNames(a.roles), ", "))
	}
	fmt.Fprintf(s.console.out, "\nready after %s (process %d)\n", took(s.begun), os.Getpid())
}

// Command api serves the pages and the JSON interface of CONNEX casework: people sign in, act by personal link, or ask
// as outside programs. Any number of them may run beside each other.
//
//	api                                      serves until it is told to stop
//	api migrate                              brings the database's schema up to date
//	api admin create EMAIL [NAME]            invites an administrator, the first one above all: prints a link
//	api account EMAIL NAME ROLE[,ROLE …]     adds an account; the password is read from the standard input
//	api stuck                                looks at every case, and lists what does not go on by itself
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"connex/api/web"
	"connex/store"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "api:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	config, err := web.ReadConfig(os.Environ())
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch {
	case len(args) == 0:
		return serve(ctx, config)
	case len(args) == 1 && args[0] == "migrate":
		return store.Migrate(ctx, config.DatabaseURL)
	case (len(args) == 3 || len(args) == 4) && args[0] == "admin" && args[1] == "create":
		return createAdmin(ctx, config, args[2], strings.Join(args[3:], ""), os.Stdout)
	case len(args) == 4 && args[0] == "account":
		return addAccount(ctx, config, args[1], args[2], args[3])
	case len(args) == 1 && args[0] == "stuck":
		return listStuck(ctx, config, os.Stdout)
	}
	return fmt.Errorf("unknown command %q: there are migrate, admin create EMAIL [NAME], account EMAIL NAME ROLE[,ROLE …], stuck, and none to serve", args)
}

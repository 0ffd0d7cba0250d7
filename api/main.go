// Command api serves the pages and the JSON interface of CONNEX casework: people sign in, act by personal link, or ask
// as outside programs. Any number of them may run beside each other.
//
//	api                                      serves until it is told to stop
//	api migrate                              brings the database's schema up to date
//	api account EMAIL NAME ROLE[,ROLE …]     adds an account; the password is read from the standard input
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
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
	case len(args) == 4 && args[0] == "account":
		return addAccount(ctx, config, args[1], args[2], args[3])
	}
	return fmt.Errorf("unknown command %q: there are migrate, account EMAIL NAME ROLE[,ROLE …], and none to serve", args)
}

// Starter enters requests through the API, as any program outside could: from files, or the samples of a demonstration.
// It may be run again at any time: what is there already is not entered twice.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"connex/settings"

	"github.com/alecthomas/kong"
)

type options struct {
	Import  importCommand  `cmd:"" help:"Start a request for each row of JSON, YAML and CSV files. A file with a wrong row starts nothing."`
	Samples samplesCommand `cmd:"" help:"Enter the sample requests of a demonstration and carry each as far as its story goes."`
}

func main() {
	if err := settings.Check(os.Environ()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	chosen := kong.Parse(&options{}, kong.Name("starter"), kong.Description("Enters requests through the API of CONNEX casework."),
		kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := chosen.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		stop()
		os.Exit(1)
	}
}

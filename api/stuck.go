package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"text/tabwriter"
	"time"

	"connex/api/reconcile"
	"connex/api/web"
	"connex/codec"
	"connex/store"
)

// errStuck ends the program with a status that a script can see.
var errStuck = errors.New("this does not go on by itself; docs/operator.md says what to do")

// listStuck compares all rows with their workflows, then lists whatever stands still.
func listStuck(ctx context.Context, config web.Config, out io.Writer) (err error) {
	s, err := store.Open(ctx, config.DatabaseURL)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	quiet := slog.New(slog.DiscardHandler)
	sealed, err := codec.New(config.Keys)
	if err != nil {
		return err
	}
	temporal, err := dial(sealed, quiet)
	if err != nil {
		return err
	}
	defer temporal.Close()
	missed := reconcile.New(s, temporal, quiet).Everything(ctx)
	list, err := s.Stuck(ctx)
	if err != nil {
		return err
	}
	printStuck(out, list)
	switch {
	case missed != nil:
		return fmt.Errorf("the workflows could not be compared: %w", missed)
	case len(list) > 0:
		return errStuck
	}
	return nil
}

func printStuck(out io.Writer, list []store.Stuck) {
	if len(list) == 0 {
		fmt.Fprintln(out, "Nothing stands still.")
		return
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "CASE\tWHAT\tABOUT\tSINCE")
	for _, s := range list {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", s.CaseNumber, s.What, s.About, s.Since.UTC().Format(time.RFC3339))
	}
	_ = table.Flush()
}

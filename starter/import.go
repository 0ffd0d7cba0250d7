package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
)

// atOnce bounds how many requests are started at the same time: the server has other work too.
const atOnce = 4

type importCommand struct {
	Files    []string `arg:"" help:"JSON, YAML or CSV, by the end of the name."`
	API      string   `default:"http://127.0.0.1:8080" help:"Where the API is."`
	Email    string   `default:"officer@connex.test" help:"Who signs in."`
	Password string   `default:"connex" env:"STARTER_PASSWORD" help:"Better in the environment than on the command line."`
}

// Run starts what all right files hold. A file with a wrong row starts nothing, and the others are not held up by it.
func (o *importCommand) Run(ctx context.Context) error {
	files, wrong := readAll(o.Files, os.Stderr)
	var rows []row
	for _, f := range files {
		rows = append(rows, f...)
	}
	if len(rows) > 0 {
		c, err := signIn(ctx, o.API, o.Email, o.Password)
		if err != nil {
			return err
		}
		if err := startAll(ctx, c, rows, os.Stdout); err != nil {
			return err
		}
	}
	if wrong > 0 {
		return fmt.Errorf("%d of %d files started nothing: see above", wrong, len(o.Files))
	}
	return nil
}

// readAll reads files, tells of everything that is wrong, and returns those that are right.
func readAll(names []string, tell io.Writer) (files [][]row, wrong int) {
	for _, name := range names {
		rows, faults := readFile(name)
		for _, f := range faults {
			fmt.Fprintln(tell, f)
		}
		if len(faults) > 0 {
			wrong++
			continue
		}
		files = append(files, rows)
	}
	return files, wrong
}

// ours is the namespace of the keys that are made of references.
var ours = uuid.MustParse("6f0c1f0e-6d5b-5a0c-9a49-2f0a1f7f6c11")

// keyOf makes a request's idempotency key of its reference, so that it is started once, whatever file it stands in.
func keyOf(reference string) string {
	return uuid.NewSHA1(ours, []byte("first-interest\x00"+reference)).String()
}

// startAll starts the requests and ends with a summary, also when it is interrupted: the same again goes on.
func startAll(ctx context.Context, c *client, rows []row, out io.Writer) error {
	numbers, bar := make([]string, len(rows)), newProgress(out, len(rows))
	var failed []error
	var mu sync.Mutex
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, r := range rows {
		group.Go(func() error {
			number, err := start(within, c, r)
			mu.Lock()
			defer mu.Unlock()
			bar.step()
			if numbers[i] = number; err != nil {
				failed = append(failed, fmt.Errorf("%s: %w", r.reference, err))
			}
			return within.Err()
		})
	}
	err := group.Wait()
	bar.done()
	summary(out, rows, numbers)
	return errors.Join(append(failed, err)...)
}

func start(ctx context.Context, c *client, r row) (string, error) {
	var made struct{ CaseNumber string }
	err := c.post(ctx, "/first-interests", keyOf(r.reference), r.values, &made)
	return made.CaseNumber, err
}

func summary(out io.Writer, rows []row, numbers []string) {
	started := 0
	for i, r := range rows {
		if numbers[i] != "" {
			started++
			fmt.Fprintf(out, "%s  %s\n", numbers[i], r.reference)
		}
	}
	fmt.Fprintf(out, "%d of %d requests are there.\n", started, len(rows))
}

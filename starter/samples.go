package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

type samplesCommand struct {
	API      string   `default:"http://127.0.0.1:8080" help:"Where the API is."`
	FastAPI  string   `name:"fast-api" help:"An API whose days are very short, for samples that have ended; without one they are left out."`
	Mailbox  string   `aliases:"mail" help:"The web address of the mail catcher, in which experts find their links; without one their samples stop where an expert would act."`
	Password string   `default:"connex" env:"STARTER_PASSWORD" help:"Of the development accounts."`
	Only     []string `help:"Only these samples, by name."`
}

//go:embed samples
var samples embed.FS

// sideBySide is how many samples travel at the same time: they must not slow down whoever is trying the system out.
const sideBySide = 2

// Run enters every sample. One that fails is told of and does not hold up the others; the next run goes on with it.
func (o *samplesCommand) Run(ctx context.Context) error {
	scripts, err := readScripts(samples)
	if err != nil {
		return err
	}
	stage := newStage(o)
	errs := make([]error, len(scripts))
	group := errgroup.Group{}
	group.SetLimit(sideBySide)
	for i, s := range scripts {
		if len(o.Only) > 0 && !slices.Contains(o.Only, s.Name) {
			continue
		}
		group.Go(func() error {
			errs[i] = o.play(ctx, stage, s)
			return nil
		})
	}
	_ = group.Wait() // what went wrong is in errs
	return errors.Join(errs...)
}

func (o *samplesCommand) play(ctx context.Context, stage *stage, s *script) error {
	if s.Fast && o.FastAPI == "" {
		fmt.Printf("%-22s left out: it needs --fast-api\n", s.Name)
		return nil
	}
	p := &play{stage: stage, script: s}
	err := p.run(ctx)
	var noLink *noMailbox
	switch {
	case errors.As(err, &noLink):
		fmt.Printf("%-22s %s stops: %s\n", s.Name, p.number, noLink)
		return nil
	case err != nil:
		return fmt.Errorf("%s %s: %w", s.Name, p.number, err)
	}
	fmt.Printf("%-22s %s is there: %s\n", s.Name, p.number, s.About)
	return nil
}

// readScripts reads all samples, in the order of their names, and refuses one that cannot be understood whole.
func readScripts(from fs.FS) (scripts []*script, err error) {
	names, err := fs.Glob(from, "samples/*.yaml")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	for _, name := range names {
		raw, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		s, err := readScript(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		s.Name = strings.TrimSuffix(strings.TrimPrefix(name, "samples/"), ".yaml")
		scripts = append(scripts, s)
	}
	return scripts, nil
}

package letters

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// Options say where the renderer finds what it needs; the zero value is right in the repository and in the image.
type Options struct {
	Home  string        // the folder whose node_modules has the compilers; empty: looked for, see home
	Node  string        // the program; empty: node, from PATH
	Limit time.Duration // for one letter, its wait for the child's start included; empty: half a minute
	Log   *slog.Logger  // what the child complains about; empty: slog's default
}

// Renderer makes files of letters, one after the other, in one child that lives as long as it does.
type Renderer struct {
	limit time.Duration
	child *child
	turn  chan struct{} // holds one token: who has it talks to the child
}

// New finds the compilers and starts the child, so that a machine that lacks one says so before the first letter.
func New(o Options) (*Renderer, error) {
	if o.Limit == 0 {
		o.Limit = 30 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	c, err := newChild(o)
	if err != nil {
		return nil, fmt.Errorf("letters: %w", err)
	}
	r := &Renderer{limit: o.Limit, child: c, turn: make(chan struct{}, 1)}
	r.turn <- struct{}{}
	return r, nil
}

// Close ends the child. A letter that is being rendered gets an error.
func (r *Renderer) Close() error {
	r.child.close()
	return nil
}

// Render makes the PDF. The error is a *Fault where the letter itself is at fault; else one may try again.
func (r *Renderer) Render(ctx context.Context, l Letter) ([]byte, error) {
	return r.pdf(ctx, l, "a-2a")
}

// Docx makes the letter as text to edit, for a word processor.
func (r *Renderer) Docx(ctx context.Context, l Letter) ([]byte, error) {
	l = l.clean()
	if err := l.check(); err != nil {
		return nil, err
	}
	file, err := r.order(ctx, order{Make: "docx", Data: dataOf(l)})
	if err != nil {
		return nil, fmt.Errorf("letter %s for %s as text: %w", l.Kind, l.Reference, err)
	}
	return repack(file, l)
}

func (r *Renderer) pdf(ctx context.Context, l Letter, standard string) ([]byte, error) {
	l = l.clean()
	if err := l.check(); err != nil {
		return nil, err
	}
	day, _ := l.day()
	file, err := r.order(ctx, order{Make: "pdf", Data: dataOf(l), Standard: standard, Timestamp: day.Unix()})
	if err != nil {
		return nil, fmt.Errorf("letter %s for %s: %w", l.Kind, l.Reference, err)
	}
	return file, nil
}

// order waits for its turn and for the answer, no longer than the limit.
func (r *Renderer) order(ctx context.Context, o order) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, r.limit)
	defer stop()
	select {
	case <-r.turn:
		defer func() { r.turn <- struct{}{} }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	return r.child.ask(ctx, o)
}

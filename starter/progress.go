package main

import (
	"fmt"
	"io"
	"os"

	"github.com/mattn/go-isatty"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress shows how far an import has come: a bar on a terminal, a line now and then elsewhere.
type progress struct {
	out   io.Writer
	total int
	at    int
	bars  *mpb.Progress
	bar   *mpb.Bar
}

func newProgress(out io.Writer, total int) *progress {
	p := &progress{out: out, total: total}
	if file, is := out.(*os.File); !is || !isatty.IsTerminal(file.Fd()) {
		return p
	}
	p.bars = mpb.New(mpb.WithOutput(out), mpb.WithWidth(48))
	p.bar = p.bars.AddBar(int64(total), mpb.PrependDecorators(decor.Name("requests "), decor.CountersNoUnit("%d of %d")),
		mpb.AppendDecorators(decor.AverageETA(decor.ET_STYLE_GO)))
	return p
}

// step counts one more; its callers take turns.
func (p *progress) step() {
	p.at++
	if p.bar != nil {
		p.bar.Increment()
		return
	}
	if tenth := max(p.total/10, 1); p.at%tenth == 0 || p.at == p.total {
		fmt.Fprintf(p.out, "%d of %d requests\n", p.at, p.total)
	}
}

// done leaves the bar as it is; an interrupted one is not waited for.
func (p *progress) done() {
	if p.bar != nil {
		p.bar.Abort(p.at < p.total)
		p.bars.Wait()
	}
}

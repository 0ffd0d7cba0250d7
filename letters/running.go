package letters

import (
	"bufio"
	"bytes"
	"context"
	"embed"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path"
	"strings"
	"sync"
	"syscall"
	"time"
)

//go:embed render.mjs
var script string

//go:embed templates/*.typ fonts/*.ttf
var house embed.FS

// running is one life of the child. Of its two goroutines one writes what all letters need and is done, the other
// listens until the child is gone.
type running struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     io.Reader
	log     *slog.Logger
	ready   chan struct{} // closed once templates and fonts are written
	replies chan reply    // closed when the child is gone
	ended   chan struct{} // closed when nobody wants it any more
	end     sync.Once
	last    int
}

// spawn hands the script over as an argument, so that its imports resolve from home, wherever this program lies. The
// child gets nothing of our environment but the path: no secret is its business. A Ctrl-C at the terminal is not for it
// either; it ends with our end of its input.
func (c *child) spawn() (*running, error) {
	cmd := exec.Command(c.node, "--max-old-space-size=128", "--max-semi-space-size=1", "--input-type=module", "--eval", script)
	cmd.Dir = c.home
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Stderr = &complaints{log: c.log}
	cmd.WaitDelay = time.Second
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	run := &running{cmd: cmd, in: in, out: out, log: c.log,
		ready: make(chan struct{}), replies: make(chan reply), ended: make(chan struct{})}
	go run.setUp()
	go run.listen()
	return run, nil
}

// setUp sends templates and fonts. Its reply has the ID 0, and only a bad one is of interest.
func (r *running) setUp() {
	o := order{Make: "set-up", Templates: map[string]string{}}
	err := fs.WalkDir(house, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := house.ReadFile(name)
		if path.Ext(name) == ".ttf" {
			o.Fonts = append(o.Fonts, base64.StdEncoding.EncodeToString(raw))
		} else {
			o.Templates[path.Base(name)] = string(raw)
		}
		return err
	})
	if err == nil {
		err = r.write(o)
	}
	if err != nil { // it is gone, or nobody wants it any more
		r.kill()
		return
	}
	close(r.ready)
}

func (r *running) exchange(ctx context.Context, o order) (reply, error) {
	select {
	case <-r.ready:
	case <-r.ended:
		return reply{}, errors.New("it ended before it was ready")
	case <-ctx.Done():
		return reply{}, context.Cause(ctx)
	}
	r.last++
	o.ID = r.last
	if err := r.write(o); err != nil {
		return reply{}, err
	}
	for {
		select {
		case got, alive := <-r.replies:
			switch {
			case !alive:
				return reply{}, errors.New("it died over the letter")
			case got.Error != "":
				return reply{}, errors.New(got.Error)
			case got.ID == o.ID:
				return got, nil
			}
		case <-ctx.Done():
			return reply{}, context.Cause(ctx)
		}
	}
}

func (r *running) write(o order) error {
	line, err := json.Marshal(o)
	if err != nil {
		return err
	}
	_, err = r.in.Write(append(line, '\n'))
	return err
}

// listen passes replies on until the child's output ends, and then reaps it. What is no reply is a library's chatter.
func (r *running) listen() {
	defer close(r.replies)
	lines := bufio.NewReader(r.out)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break
		}
		var got reply
		if json.Unmarshal(line, &got) != nil {
			continue
		}
		select {
		case r.replies <- got:
		case <-r.ended:
		}
	}
	err := r.cmd.Wait()
	select {
	case <-r.ended:
	default:
		r.log.Warn("letters: renderer ended by itself", "error", err)
		r.kill()
	}
}

// kill may come twice, and from anywhere.
func (r *running) kill() {
	r.end.Do(func() {
		close(r.ended)
		_ = r.in.Close()
		_ = r.cmd.Process.Kill() // it may be gone already
	})
}

func (r *running) isGone() bool {
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}

// complaints logs what the child writes to its error output, a line at a time and the first lines only: a stack trace
// is useful, a flood is not.
type complaints struct {
	log   *slog.Logger
	lines int
}

func (c *complaints) Write(p []byte) (int, error) {
	for line := range bytes.Lines(p) {
		if c.lines++; c.lines <= 20 {
			c.log.Warn("letters: renderer says", "line", strings.TrimSpace(string(line)))
		}
	}
	return len(p), nil
}

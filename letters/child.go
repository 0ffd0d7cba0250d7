package letters

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"regexp"
	"strings"
	"sync"

	"connex/casework"
)

// order is one line to the child, reply one line from it.
type order struct {
	ID        int               `json:"id"`
	Make      string            `json:"make"`
	Data      any               `json:"data,omitempty"`
	Standard  string            `json:"standard,omitempty"`
	Timestamp int64             `json:"timestamp,omitempty"`
	Fonts     []string          `json:"fonts,omitempty"`
	Templates map[string]string `json:"templates,omitempty"`
}

type reply struct {
	ID    int    `json:"id"`
	File  string `json:"file"`
	Fault string `json:"fault"`
	Error string `json:"error"`
}

// child is the Node process that knows Typst and Word. One letter at a time uses it; whatever goes wrong with it, it
// is killed and the next letter gets a new one.
type child struct {
	node, home string
	log        *slog.Logger

	mu     sync.Mutex // guards what follows
	closed bool
	run    *running
}

func newChild(o Options) (*child, error) {
	if o.Node == "" {
		o.Node = "node"
	}
	node, err := exec.LookPath(o.Node)
	if err != nil {
		return nil, fmt.Errorf("no Node.js: install version 20 or newer (%w)", err)
	}
	home, err := findHome(o.Home)
	if err != nil {
		return nil, err
	}
	c := &child{node: node, home: home, log: o.Log}
	_, err = c.start()
	return c, err
}

// start returns the running child, a new one where there is none.
func (c *child) start() (*running, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil, errors.New("renderer is closed")
	}
	if c.run != nil && !c.run.isGone() {
		return c.run, nil
	}
	run, err := c.spawn()
	if err != nil {
		return nil, fmt.Errorf("start renderer: %w", err)
	}
	c.run = run
	return run, nil
}

func (c *child) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	if c.run != nil {
		c.run.kill()
	}
}

// ask sends one order and waits for its reply. A child that dies, stalls or talks nonsense is done away with.
func (c *child) ask(ctx context.Context, o order) ([]byte, error) {
	run, err := c.start()
	if err != nil {
		return nil, err
	}
	got, err := run.exchange(ctx, o)
	if err != nil {
		run.kill()
		return nil, fmt.Errorf("renderer: %w", err)
	}
	if got.Fault != "" {
		return nil, faultOf(got.Fault)
	}
	file, err := base64.StdEncoding.DecodeString(got.File)
	if err != nil || len(file) == 0 {
		run.kill()
		return nil, fmt.Errorf("renderer answered without a file (%v)", err)
	}
	return file, nil
}

var glyphless = regexp.MustCompile(`the text "((?:[^"\\]|\\.)*)" could not be displayed`)

// faultOf words what the compiler said for the person who has to change the text.
func faultOf(said string) *Fault {
	said = strings.ReplaceAll(said, "`", "")
	var missing []string
	for _, found := range glyphless.FindAllStringSubmatch(said, -1) {
		missing = append(missing, found[1])
	}
	if len(missing) == 0 {
		return &Fault{Why: casework.Say("refusal.letter.other", "Said", said)}
	}
	characters := strings.Join(missing, "")
	return &Fault{Why: casework.Say("refusal.letter.no-font", "Characters", characters), Characters: characters}
}

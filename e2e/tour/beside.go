package tour

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
)

// Beside is an api beside those of a running system, so that what goes wrong there troubles nobody else: it has limits of
// its own, its line to the database can be cut, and it may only read there, as from a server that has become a standby.
type Beside struct {
	Base string // where its pages are

	program *exec.Cmd
	line    *toxiproxy.Proxy
}

// readOnly is what PostgreSQL calls it. An address of a database that says it itself decides.
const readOnly = "default_transaction_read_only"

// OpenBeside starts one, by what a system says of itself; environ is what it needs besides.
func OpenBeside(ctx context.Context, program, database string, environ ...string) (*Beside, error) {
	address, err := url.Parse(database)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	listen := listener.Addr().String()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	b := &Beside{Base: "http://" + listen, line: toxiproxy.NewProxy(server, "database", "127.0.0.1:0", address.Host)}
	if err := errors.Join(listener.Close(), b.line.Start()); err != nil {
		return nil, err
	}
	query := address.Query()
	if !query.Has(readOnly) {
		query.Set(readOnly, "on")
	}
	address.Host, address.RawQuery = b.line.Listen, query.Encode()
	b.program = exec.Command(program)
	b.program.Env = append(environ, "DATABASE_URL="+address.String(), "LISTEN_ADDR="+listen, "PATH="+os.Getenv("PATH"))
	b.program.Stderr = os.Stderr
	if err := b.program.Start(); err != nil {
		return nil, err
	}
	return b, b.ready(ctx)
}

// ready waits until it answers: it tells nobody when that is.
func (b *Beside) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	for ; ; time.Sleep(20 * time.Millisecond) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, b.Base+"/healthz", nil)
		if err != nil {
			return err
		}
		answer, err := http.DefaultClient.Do(request)
		if err == nil {
			return answer.Body.Close()
		}
		if ctx.Err() != nil {
			return fmt.Errorf("the api beside does not answer: %w", err)
		}
	}
}

// Cut breaks its line to the database, until it is mended.
func (b *Beside) Cut() (mend func() error) {
	b.line.Stop()
	return b.line.Start
}

// Close ends it.
func (b *Beside) Close() error {
	err := b.program.Process.Kill()
	_ = b.program.Wait() // it was killed
	b.line.Stop()
	return err
}

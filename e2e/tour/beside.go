package tour

import (
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

// OpenBeside starts one, by what a system says of itself; environ is what it needs besides.
func OpenBeside(program, database string, environ ...string) (*Beside, error) {
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
	query.Set("default_transaction_read_only", "on")
	address.Host, address.RawQuery = b.line.Listen, query.Encode()
	b.program = exec.Command(program)
	b.program.Env = append(environ, "DATABASE_URL="+address.String(), "LISTEN_ADDR="+listen, "PATH="+os.Getenv("PATH"))
	b.program.Stderr = os.Stderr
	if err := b.program.Start(); err != nil {
		return nil, err
	}
	return b, b.ready()
}

func (b *Beside) ready() error {
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		answer, err := http.Get(b.Base + "/healthz") //nolint:noctx // it answers at once or not at all
		if err == nil {
			return answer.Body.Close()
		}
		if time.Since(begun) > 20*time.Second {
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

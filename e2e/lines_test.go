package e2e

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"
)

// cable is how the programs of a system reach a server: it can be slow, silent or cut.
type cable struct {
	t     testing.TB
	proxy *toxiproxy.Proxy
}

// lineTo lays a line to the server at an address.
func lineTo(t testing.TB, name, address string) cable {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	l := cable{t, toxiproxy.NewProxy(server, name, "127.0.0.1:0", address)}
	l.must(l.proxy.Start())
	t.Cleanup(l.proxy.Stop)
	return l
}

func (l cable) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

// slow lets every answer come later, until it is well again.
func (l cable) slow(by time.Duration) (well func()) {
	return l.ails("latency", fmt.Sprintf(`{"latency": %d}`, by.Milliseconds()))
}

// silent swallows what is sent either way, while both ends hold the line for good.
func (l cable) silent() (well func()) { return l.ails("timeout", `{"timeout": 0}`) }

func (l cable) ails(of, how string) (well func()) {
	l.t.Helper()
	for _, stream := range []string{"upstream", "downstream"} {
		_, err := l.proxy.Toxics.AddToxicJson(strings.NewReader(fmt.Sprintf(`{"name": %q, "type": %q, "stream": %q, "attributes": %s}`, of+stream, of, stream, how)))
		l.must(err)
	}
	return func() { l.proxy.Toxics.ResetToxics(context.Background()) }
}

// cut breaks the line for a while, in which nobody gets through. To sleep for it is the fault itself: nothing is waited for.
func (l cable) cut() {
	l.t.Helper()
	l.proxy.Stop()
	time.Sleep(2 * time.Second)
	l.must(l.proxy.Start())
}

// farSystem is a system of its own whose programs reach the servers of the first one over lines: it has a namespace and a
// database there that nobody else uses.
func farSystem(t testing.TB) (far *system, temporal, database cable) {
	t.Helper()
	near := theSystem(t)
	near.newNamespace(t, "far")
	address, err := url.Parse(near.database)
	if err != nil {
		t.Fatal(err)
	}
	near.newDatabase(t, "far")
	temporal, database = lineTo(t, "temporal", near.temporal), lineTo(t, "database", address.Host)
	address.Host, address.Path = database.proxy.Listen, "/far"
	far, err = bringUp("TEMPORAL_ADDRESS="+temporal.proxy.Listen, "TEMPORAL_NAMESPACE=far", "DATABASE_URL="+address.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { far.stop(t.Failed()) })
	if err := far.ready(); err != nil {
		t.Fatal(err)
	}
	return far, temporal, database
}

func (s *system) newDatabase(t testing.TB, name string) {
	t.Helper()
	db, err := sql.Open("postgres", s.database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
}

// newNamespace is there once the server has read it again.
func (s *system) newNamespace(t testing.TB, name string) {
	t.Helper()
	c, err := client.NewNamespaceClient(client.Options{HostPort: s.temporal})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Register(t.Context(), &workflowservice.RegisterNamespaceRequest{Namespace: name, WorkflowExecutionRetentionPeriod: durationpb.New(24 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	console := s.console(t)
	waitFor(t, time.Minute, "the namespace to be there", func() (struct{}, bool) {
		_, err := console.OperatorService().ListSearchAttributes(t.Context(), &operatorservice.ListSearchAttributesRequest{Namespace: name})
		return struct{}{}, err == nil
	})
}

// Lines to the servers lag, fall silent and are cut while requests travel. Nobody is told that something went wrong as long
// as it is Temporal's: each person gets 200 or 202. Each decision takes effect once, and nothing has to be started again.
func TestLinesLagAndAreCutWhileRequestsTravel(t *testing.T) {
	inTurn(t)
	s, temporal, database := farSystem(t)
	worker, api := s.processOf(t, theWorker), s.processOf(t, theAPI)
	held := s.requestUpTo(t, "withdrawn", "assess-eligibility") // and somebody who decides while nothing else gets on
	travelling, arrive := s.underway(t, 2, "withdrawn")
	travelling.decide(t, 2)

	well := temporal.slow(time.Second)
	travelling.decide(t, 2)
	well()
	well = temporal.silent()
	decided := make(chan error, 1)
	go func() { decided <- held.do(t.Context(), held.Steps[0]) }()
	waitFor(t, time.Minute, "somebody to be told to look again later", func() (int, bool) { n := held.book.waits(); return n, n > 0 })
	well()
	temporal.cut()
	travelling.decide(t, 2)
	if n := travelling.doubts() + held.book.doubts(); n > 0 {
		t.Errorf("%d answers were neither yes nor no", n)
	}

	well = database.slow(50 * time.Millisecond)
	travelling.decide(t, 1)
	well()
	database.cut()
	arrive()
	if err := <-decided; err != nil {
		t.Error(err)
	}
	trail, err := s.trailOf(t.Context(), held.number)
	if err = errors.Join(err, held.book.compare(trail)); err != nil {
		t.Error(err)
	}
	s.isBack(t)
	if s.processOf(t, theWorker) != worker || s.processOf(t, theAPI) != api {
		t.Error("a program had to be started again")
	}
	t.Logf("%d decisions, %d of them told to look again later", travelling.decisions()+held.book.decisions(), travelling.waits()+held.book.waits())
}

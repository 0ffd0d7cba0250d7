package store

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/lib/pq"
)

// preparing makes connections that prepare each statement once and keep it, since PostgreSQL took longer to parse and plan
// ours than to run them: half of its processor time for a decision. Statements without parameters (BEGIN, COMMIT) go as
// they are. It needs connections of our own: a pooler between us and the server must keep sessions, as for LISTEN.
type preparing struct{ driver.Connector }

// session is what the driver's connections can do.
type session interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.QueryerContext
	driver.ExecerContext
	driver.NamedValueChecker
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	made, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &prepared{session: made.(session), kept: map[string]statement{}}, nil
}

type statement interface {
	driver.Stmt
	driver.StmtQueryContext
	driver.StmtExecContext
}

// prepared is one connection; database/sql sees to it that nobody else uses it meanwhile.
type prepared struct {
	session
	kept map[string]statement
}

// mostKept bounds what one connection makes the server remember. Our texts are far fewer, but lists of rows make some.
const mostKept = 300

func (p *prepared) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := p.statement(ctx, query, len(args))
	if err != nil {
		return nil, err
	}
	if s == nil {
		return p.session.QueryContext(ctx, query, args)
	}
	rows, err := s.QueryContext(ctx, args)
	return rows, p.stale(err)
}

func (p *prepared) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := p.statement(ctx, query, len(args))
	if err != nil {
		return nil, err
	}
	if s == nil {
		return p.session.ExecContext(ctx, query, args)
	}
	result, err := s.ExecContext(ctx, args)
	return result, p.stale(err)
}

// statement is the kept one, made now if need be; nil where none is wanted.
func (p *prepared) statement(ctx context.Context, query string, args int) (statement, error) {
	if s, there := p.kept[query]; there || args == 0 || len(p.kept) >= mostKept {
		return s, nil
	}
	made, err := p.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	p.kept[query] = made.(statement)
	return p.kept[query], nil
}

// stale gives a connection up whose plan the server will not run again: a migration changed what it returns. Nothing was
// done, so database/sql may try another connection by itself, and at last a new one.
func (*prepared) stale(err error) error {
	if fault := new(pq.Error); errors.As(err, &fault) && fault.Routine == "RevalidateCachedQuery" {
		return driver.ErrBadConn
	}
	return err
}

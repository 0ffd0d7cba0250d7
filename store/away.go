package store

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"

	"github.com/lib/pq"
)

// Away tells whether an error means that the database cannot be reached or takes nobody now, rather than that something
// is wrong with what it was asked.
func Away(err error) bool {
	var (
		line  *net.OpError
		fault *pq.Error
	)
	switch {
	case errors.As(err, &fault):
		class := fault.Code.Class()
		return class == "08" || class == "57" && fault.Code != "57014" || fault.Code == "53300" // no connection; it stops or starts, no mere time-out; too many
	case errors.As(err, &line):
		return true
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// Unkeepable tells whether an error means that a text holds what no text of the database can: NUL, above all.
func Unkeepable(err error) bool {
	var fault *pq.Error
	return errors.As(err, &fault) && fault.Code == "22021"
}

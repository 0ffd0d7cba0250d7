// Package settings is the one list of what the environment says to our programs, and how they read it. What Temporal's
// own variables (TEMPORAL_API_KEY, TEMPORAL_TLS, …) say is read by its envconfig.
package settings

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Program is one that reads the environment.
type Program string

// The programs; Tests are none, but read it too.
const (
	API     Program = "api"
	Worker  Program = "worker"
	Starter Program = "starter"
	Local   Program = "local"
	Tests   Program = "tests"
)

// Variable is one of the environment, with who reads it and what holds for them where it is empty.
type Variable struct {
	Name   string
	Secret bool // it stands in no example and in no log
	Read   map[Program]Empty
}

// Empty is what holds for a program where a variable is empty.
type Empty struct {
	Default string // nothing: the program does without, or settles it itself
	Wrong   bool   // it cannot start
}

var (
	needed = Empty{Wrong: true}
	open   = Empty{}
)

func or(value string) Empty { return Empty{Default: value} }

// Variables are all there are.
var Variables = []Variable{
	{Name: "DATABASE_URL", Secret: true, Read: map[Program]Empty{API: needed, Worker: needed, Local: open}},
	{Name: "TEMPORAL_ADDRESS", Read: map[Program]Empty{API: or("localhost:7233"), Worker: or("localhost:7233"), Local: open}},
	{Name: "TEMPORAL_NAMESPACE", Read: map[Program]Empty{API: or("default"), Worker: or("default"), Local: or("default")}},
	{Name: "SMTP_ADDR", Read: map[Program]Empty{Worker: needed, Local: open}},
	{Name: "LISTEN_ADDR", Read: map[Program]Empty{API: or("127.0.0.1:8080"), Local: open}},
	{Name: "PUBLIC_URL", Read: map[Program]Empty{API: open, Worker: or("http://127.0.0.1:8080"), Local: open}},
	{Name: "DAY", Read: map[Program]Empty{API: or("24h"), Local: or("24h")}},
	{Name: "CONNEX_SECRET", Secret: true, Read: map[Program]Empty{API: needed, Worker: needed, Local: open}},
	{Name: "CONNEX_HISTORY_KEYS", Secret: true, Read: map[Program]Empty{API: open, Worker: open, Local: open}},
	{Name: "CONNEX_MAIL_TOKEN", Secret: true, Read: map[Program]Empty{API: open}},
	{Name: "CONNEX_IMAP_ADDR", Read: map[Program]Empty{API: open}},
	{Name: "CONNEX_IMAP_USER", Read: map[Program]Empty{API: open}},
	{Name: "CONNEX_IMAP_PASSWORD", Secret: true, Read: map[Program]Empty{API: open}},
	{Name: "CONNEX_IMAP_FOLDER", Read: map[Program]Empty{API: or("INBOX")}},
	{Name: "CONNEX_IMAP_EVERY", Read: map[Program]Empty{API: or("1m")}},
	{Name: "CONNEX_PROXIES", Read: map[Program]Empty{API: open}},
	{Name: "CONNEX_CONSOLE_URL", Read: map[Program]Empty{API: open, Local: open}},
	{Name: "CONNEX_DATA", Read: map[Program]Empty{Local: or("data")}},
	{Name: "CONNEX_SAMPLES", Read: map[Program]Empty{Local: or("1")}},
	{Name: "STARTER_PASSWORD", Secret: true, Read: map[Program]Empty{Starter: or("connex")}},
	{Name: "TEST_DATABASE_URL", Secret: true, Read: map[Program]Empty{Tests: open}},
}

const family = "CONNEX_"

// Read fills a program's struct, whose fields name their variables in env tags, and names all that is wrong at once. An
// empty variable is one that is not set: `make run DAY=` means the default.
func Read(p Program, environ []string, into any) error {
	if err := known(p, reflect.TypeOf(into).Elem()); err != nil {
		return err
	}
	set := env.ToMap(environ)
	wrong := []error{Check(environ)}
	for _, v := range Variables {
		empty, reads := v.Read[p]
		if !reads || set[v.Name] != "" {
			continue
		}
		if empty.Wrong {
			wrong = append(wrong, fmt.Errorf("%s is not set; %s needs it", v.Name, p))
		}
		delete(set, v.Name)
		if empty.Default != "" {
			set[v.Name] = empty.Default
		}
	}
	if err := env.ParseWithOptions(into, env.Options{Environment: set}); err != nil {
		wrong = append(wrong, fmt.Errorf("the settings are wrong: %w", err))
	}
	return errors.Join(wrong...)
}

// Check tells which variables of our family are none: a misspelt one must not pass for a setting. Those of another
// program are fine, since one environment often serves all.
func Check(environ []string) error {
	var wrong []error
	for name, value := range env.ToMap(environ) {
		if value != "" && strings.HasPrefix(name, family) && !slices.Contains(ours(), name) {
			wrong = append(wrong, fmt.Errorf("%s is no setting; there are %s", name, strings.Join(ours(), ", ")))
		}
	}
	return errors.Join(wrong...)
}

// ours are the names that begin with CONNEX_.
func ours() (names []string) {
	for _, v := range Variables {
		if strings.HasPrefix(v.Name, family) {
			names = append(names, v.Name)
		}
	}
	return names
}

// known holds a program's struct against the list.
func known(p Program, t reflect.Type) error {
	for i := range t.NumField() {
		name := t.Field(i).Tag.Get("env")
		if !slices.ContainsFunc(Variables, func(v Variable) bool { _, reads := v.Read[p]; return reads && v.Name == name }) {
			return fmt.Errorf("the list of settings does not say that %s reads %q", p, name)
		}
	}
	return nil
}

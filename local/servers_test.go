package main

import (
	"context"
	"database/sql"
	"net"
	"net/smtp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
)

// TestServers brings the three servers up twice on one folder: what the first system kept, the second has.
func TestServers(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	first := servers(t, data)
	execute(t, first.Database, `CREATE TABLE kept (it text)`)
	if err := smtp.SendMail(first.SMTP, nil, "a@connex.test", []string{"b@connex.test"}, []byte("Subject: kept\r\n\r\nit\r\n")); err != nil {
		t.Fatal(err)
	}
	first.stop()
	first.folder.close()
	for _, addr := range []string{host(first.Database), first.Temporal, first.SMTP} {
		if c, err := net.Dial("tcp", addr); err == nil {
			_ = c.Close()
			t.Errorf("something still listens on %s after all was stopped", addr)
		}
	}

	second := servers(t, data)
	defer second.folder.close()
	defer second.stop()
	execute(t, second.Database, `DROP TABLE kept`)
	if mails, err := os.ReadDir(second.folder.file("mail")); err != nil || len(mails) == 0 {
		t.Errorf("the second start finds %d mails, %v, want the one of the first", len(mails), err)
	}
	checkNamespace(t, second)
	checkShortRuns(t, second)
	if !slices.Contains(second.environment(nil), "CONNEX_CONSOLE_URL="+second.Console) || get(t.Context(), second.Console) != nil {
		t.Errorf("the programs are not told of the console, or %q is none", second.Console)
	}
}

// notStarted is a system of which nothing runs yet.
func notStarted(t *testing.T, data string) *system {
	t.Helper()
	settings, err := readSettings([]string{"CONNEX_DATA=" + data, "DAY=1s"})
	if err != nil {
		t.Fatal(err)
	}
	root, err := projectRoot()
	if err != nil {
		t.Fatal(err)
	}
	s := newSystem(settings, aFolder(t, data), root)
	s.console.out = t.Output()
	return s
}

func servers(t *testing.T, data string) *system {
	t.Helper()
	s := notStarted(t, data)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := together(ctx, s.startTemporal, s.startMail, s.startDatabase); err != nil {
		s.stop()
		t.Fatal(err)
	}
	return s
}

func checkNamespace(t *testing.T, s *system) {
	t.Helper()
	c, err := client.Dial(s.ownServer())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	n, err := c.WorkflowService().DescribeNamespace(t.Context(), &workflowservice.DescribeNamespaceRequest{Namespace: s.Namespace})
	if err != nil || n.Config.WorkflowExecutionRetentionTtl.AsDuration() != retention {
		t.Errorf("what has ended is shown for %v (%v), want %s", n.GetConfig().GetWorkflowExecutionRetentionTtl(), err, retention)
	}
	known, err := c.OperatorService().ListSearchAttributes(t.Context(), &operatorservice.ListSearchAttributesRequest{Namespace: s.Namespace})
	for _, attribute := range searchAttributes {
		name, _, _ := strings.Cut(attribute, "=")
		if _, there := known.GetCustomAttributes()[name]; !there {
			t.Errorf("the console cannot find cases by %s (%v)", name, err)
		}
	}
}

func execute(t *testing.T, url, statement string) {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Errorf("%s: %v", statement, err)
	}
}

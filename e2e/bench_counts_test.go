package e2e

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/google/uuid"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"connex/casework"
)

// counter counts what a deed costs beside time. PostgreSQL says what statements it got in its log (log_statement = all,
// only while we count), Temporal what calls it got by its own metrics, and how long histories are.
type counter struct {
	*system
	temporal client.Client
	floor    *floor // its connection to the database serves
	metrics  string // the address of Temporal's
}

// cost is what a deed cost, or several.
type cost struct {
	events     int64          // of the workflows that were named
	mails      []int64        // events of the workflows that deliver them
	statements map[string]int // by program
	calls      map[string]int // by name
	processor  map[string]int // milliseconds, by program
	took       time.Duration
}

func newCounter(b *testing.B, s *system, temporal client.Client, f *floor) *counter {
	b.Helper()
	log, err := os.ReadFile(filepath.Join(s.folder, "data", "logs", "Temporal.log"))
	if err != nil {
		b.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^Metrics: +(\S+)`).FindSubmatch(log)
	if found == nil {
		b.Fatal("Temporal does not say where its metrics are")
	}
	return &counter{system: s, temporal: temporal, floor: f, metrics: string(found[1])}
}

// of counts what do causes, and what goes on meanwhile anyway. The histories are those of these workflows.
func (c *counter) of(b *testing.B, workflows []string, do func()) (k cost) {
	b.Helper()
	events := c.events(b, workflows)
	c.logStatements(b, "all")
	time.Sleep(metricsLag)
	calls, processor, mark := c.calls(b), c.processor(b), c.mark(b)
	begun := time.Now()
	do()
	time.Sleep(metricsLag) // what is visible is not yet in the history, nor in the metrics
	k.took = time.Since(begun)
	k.processor = minus(c.processor(b), processor)
	k.statements = c.statements(b, mark, c.mark(b))
	k.calls = minus(c.calls(b), calls)
	k.events = c.events(b, workflows) - events
	k.mails = c.runs(b, fmt.Sprintf("WorkflowType = %q AND StartTime >= %q", casework.DeliverWorkflow, begun.UTC().Format(time.RFC3339Nano)))
	c.logStatements(b, "none")
	return k
}

// metricsLag: Temporal brings its metrics up to date every second.
const metricsLag = 2 * time.Second

// idle is what a second costs in which nobody does anything.
func (c *counter) idle(b *testing.B, within time.Duration) cost {
	return c.of(b, nil, func() { time.Sleep(within) })
}

// less is the cost without what goes on anyway.
func (k cost) less(idle cost) cost {
	share := k.took.Seconds() / idle.took.Seconds()
	for _, counts := range [][2]map[string]int{{k.statements, idle.statements}, {k.calls, idle.calls}, {k.processor, idle.processor}} {
		anyway := map[string]int{}
		for name, n := range counts[1] {
			anyway[name] = int(math.Round(float64(n) * share))
		}
		maps.Copy(counts[0], minus(counts[0], anyway))
	}
	return k
}

func minus(from, less map[string]int) map[string]int {
	rest := map[string]int{}
	for name, n := range from {
		rest[name] = max(0, n-less[name])
	}
	return rest
}

func sum(of map[string]int) (n int) {
	for _, each := range of {
		n += each
	}
	return n
}

// logStatements: the log names the program first.
func (c *counter) logStatements(b *testing.B, which string) {
	b.Helper()
	for _, statement := range []string{`ALTER SYSTEM SET log_line_prefix = '[%a] '`, `ALTER SYSTEM SET log_statement = '` + which + `'`, `SELECT pg_reload_conf()`} {
		if _, err := c.floor.db.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	time.Sleep(200 * time.Millisecond) // each session reads it before its next statement
}

// mark is a statement to find again.
func (c *counter) mark(b *testing.B) (mark string) {
	b.Helper()
	mark = uuid.NewString()
	if _, err := c.floor.db.ExecContext(b.Context(), `SELECT '`+mark+`'`); err != nil {
		b.Fatal(err)
	}
	return mark
}

var logged = regexp.MustCompile(`(?m)^\[([^]]*)\] LOG:  (?:statement|execute [^:]*): `)

// statements are those between two marks, by the program that sent them.
func (c *counter) statements(b *testing.B, from, to string) map[string]int {
	b.Helper()
	text := waitFor(b, 10*time.Second, "the log of PostgreSQL", func() ([]byte, bool) {
		log, err := os.ReadFile(filepath.Join(c.folder, "data", "logs", "PostgreSQL.log"))
		if err != nil {
			b.Fatal(err)
		}
		return log, bytes.Contains(log, []byte(to))
	})
	_, text, _ = bytes.Cut(text, []byte(from))
	text, _, _ = bytes.Cut(text, []byte(to))
	found := map[string]int{}
	for _, program := range logged.FindAllSubmatch(text, -1) {
		found[string(program[1])]++
	}
	found["floor"] -= 1 // the second mark
	return found
}

// calls are those of our namespace that reached Temporal's front, by name.
func (c *counter) calls(b *testing.B) map[string]int {
	b.Helper()
	response, err := http.Get(c.metrics)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(response.Body)
	if err != nil {
		b.Fatal(err)
	}
	found := map[string]int{}
	for _, m := range families["service_requests"].GetMetric() {
		label := labels(m)
		if label["service_name"] == "frontend" && label["namespace"] == c.namespace {
			found[label["operation"]] += int(m.GetCounter().GetValue())
		}
	}
	return found
}

func labels(m *dto.Metric) map[string]string {
	found := map[string]string{}
	for _, pair := range m.GetLabel() {
		found[pair.GetName()] = pair.GetValue()
	}
	return found
}

// events are those in all runs of these workflows.
func (c *counter) events(b *testing.B, workflows []string) (n int64) {
	b.Helper()
	for _, id := range workflows {
		for _, run := range c.runs(b, fmt.Sprintf("WorkflowId = %q", id)) {
			n += run
		}
	}
	return n
}

// runs are the lengths of the histories of all runs that a query finds.
func (c *counter) runs(b *testing.B, query string) (lengths []int64) {
	b.Helper()
	var after []byte
	for {
		page, err := c.temporal.ListWorkflow(b.Context(), &workflowservice.ListWorkflowExecutionsRequest{Query: query, NextPageToken: after})
		if err != nil {
			b.Fatal(err)
		}
		for _, run := range page.GetExecutions() {
			lengths = append(lengths, c.length(b.Context(), run.GetExecution().GetWorkflowId(), run.GetExecution().GetRunId()))
		}
		if after = page.GetNextPageToken(); len(after) == 0 {
			return lengths
		}
	}
}

func (c *counter) length(ctx context.Context, id, run string) int64 {
	described, err := c.temporal.DescribeWorkflowExecution(ctx, id, run)
	if err != nil {
		return 0 // it went in between
	}
	return described.GetWorkflowExecutionInfo().GetHistoryLength()
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const right = `"channel":"email","contactEmail":"a@b.example","summary":"Help."`

// TestWrongRowsAreNamedByLineAndField reads files as people write them.
func TestWrongRowsAreNamedByLineAndField(t *testing.T) {
	for name, tt := range map[string]struct {
		file, content string
		want          []string // in this order; empty: all is right
		rows          int
	}{
		"a list":                 {"a.json", "[{\"reference\":\"1\"," + right + "},\n{\"reference\":\"2\"," + right + "}]", nil, 2},
		"one alone":              {"a.json", `{"reference":"1",` + right + `}`, nil, 1},
		"with a byte-order mark": {"a.json", "\uFEFF" + `{"reference":"1",` + right + `}`, nil, 1},
		"no reference":           {"a.json", "[\n{" + right + "}]", []string{"a.json:2: reference: Please give"}, 0},
		"twice":                  {"a.json", "[{\"reference\":\"1\"," + right + "},\n{\n\"reference\":\"1\"," + right + "}]", []string{"a.json:3: reference: This reference stands"}, 0},
		"an unknown country":     {"a.json", "{\"reference\":\"1\",\n\"country\":\"ZZ\"," + right + "}", []string{"a.json:2: country: Please choose one"}, 0},
		"an unknown field":       {"a.json", "{\"reference\":\"1\",\n\n\"colour\":\"red\"," + right + "}", []string{"a.json:3: colour: This field is not part"}, 0},
		"broken":                 {"a.json", "[{\"reference\":\"1\",\n\"channel\" \"email\"}]", []string{"a.json:2: "}, 0},
		"cut":                    {"a.json", "[{\"reference\":\"1\"," + right + "}", []string{"a.json:1: it ends too early"}, 0},
		"something behind":       {"a.json", "{\"reference\":\"1\"," + right + "}\n{}", []string{"a.json:2: something follows"}, 0},
		"numbers in a list":      {"a.json", "[1]", []string{"a.json:1: a request must be an object"}, 0},
		"nothing":                {"a.json", "[]", []string{"a.json: it has no requests"}, 0},
		"a map":                  {"a.yaml", "reference: r\ncountry: NO\nchannel: email\ncontactPhone: 0049 30\nsummary: Help\nrenegotiation: true\n", nil, 1},
		"documents":              {"a.yml", "reference: 1\nchannel: email\ncontactPhone: '1'\nsummary: x\n---\n- reference: 2\n  channel: web\n  contactPhone: '1'\n  summary: y\n", nil, 2},
		"no way to answer":       {"a.yaml", "- reference: r\n  channel: email\n  summary: Help\n", []string{"a.yaml:1: contactEmail: Please give"}, 0},
		"a field twice":          {"a.yaml", "reference: r\nchannel: email\nchannel: web\n", []string{"a.yaml:3: channel stands twice"}, 0},
		"not YAML":               {"a.yaml", "reference: r\n  x: [", []string{"a.yaml:2: "}, 0},
		"commas":                 {"a.csv", "reference,channel,contactEmail,renegotiation,summary\n1,email,a@b.example,no,\"two\nlines\"\n2,web,a@b.example,,x\n", nil, 2},
		"semicolons":             {"a.csv", "reference;channel;contactEmail;summary\n1;email;a@b.example;Help, please\n", nil, 1},
		"three cells wrong": {"a.csv", "reference,channel,contactEmail,renegotiation,summary\n1,email,a@b.example,perhaps,x\n2,pigeon,nobody,,x\n",
			[]string{"a.csv:2: renegotiation: This must be yes or no", "a.csv:3: c", "a.csv:3: c"}, 0},
		"too many cells":           {"a.csv", "reference,channel\n1,email,x\n", []string{"a.csv:2: wrong number of fields"}, 0},
		"a column twice":           {"a.csv", "reference,channel,summary,summary\n1,email,x,y\n", []string{"a.csv:1: summary stands twice"}, 0},
		"lines without a cell":     {"a.csv", "reference;channel;contactEmail;summary\n1;email;a@b.example;x\n;;;\n ; ;;\n", nil, 1},
		"a field of JSON twice":    {"a.json", "{\"reference\":\"1\",\n\"channel\":\"web\"," + right + "}", []string{"a.json:2: channel stands twice"}, 0},
		"another encoding":         {"a.csv", "reference,channel,contactEmail,summary\n1,email,a@b.example,x\n2,email,a@b.example,Minist\xe8re\n", []string{"a.csv:3: this is not UTF-8"}, 0},
		"JSON in another encoding": {"a.json", "{\"reference\":\"1\",\n\"institution\":\"Minist\xe8re\"," + right + "}", []string{"a.json:2: this is not UTF-8"}, 0},
		"as UTF-16":                {"a.csv", "\xff\xfer\x00e\x00", []string{"a.csv:1: this is not UTF-8"}, 0},
		"no document at all":       {"a.yaml", "--- # nothing\n", []string{"a.yaml:2: a request must be a map"}, 0},
		"columns without a name":   {"a.csv", "reference;channel;contactEmail;summary;;\n1;email;a@b.example;x;;\n", nil, 1},
		"an empty table":           {"a.csv", "", []string{"a.csv: it is empty"}, 0},
		"another format":           {"a.txt", "", []string{"a.txt: only .json"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), tt.file)
			if err := os.WriteFile(path, []byte(tt.content), 0o600); err != nil {
				t.Fatal(err)
			}
			rows, faults := readFile(path)
			if len(faults) != len(tt.want) || len(faults) == 0 && len(rows) != tt.rows {
				t.Fatalf("%d rows, faults %v", len(rows), faults)
			}
			for i, f := range faults {
				if got := strings.TrimPrefix(f.String(), filepath.Dir(path)+"/"); !strings.HasPrefix(got, tt.want[i]) {
					t.Errorf("fault %q, want %q", got, tt.want[i])
				}
			}
		})
	}
}

func TestTheFilesToBeginWithAreRight(t *testing.T) {
	files, err := filepath.Glob("requests/*.*")
	if err != nil || len(files) != 3 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		if rows, faults := readFile(name); len(faults) > 0 || len(rows) == 0 {
			t.Error(name, faults)
		}
	}
}

// registry plays the API: it starts each key once, and is unwell now and then.
type registry struct {
	mu      sync.Mutex
	started map[string]string
	unwell  int
}

func (r *registry) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.unwell++; r.unwell%3 == 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	if q.URL.Path == "/api/v1/session" {
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "x"})
		return
	}
	if cookie, err := q.Cookie("session"); err != nil || cookie.Value != "x" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	key := q.Header.Get("Idempotency-Key")
	if r.started[key] == "" {
		r.started[key] = "CNX-2026-000" + string(rune('1'+len(r.started)))
	}
	w.WriteHeader(http.StatusCreated)
	_ = json.NewEncoder(w).Encode(map[string]string{"caseNumber": r.started[key]})
}

func TestImportStartsEachReferenceOnce(t *testing.T) {
	r := &registry{started: map[string]string{}}
	server := httptest.NewServer(r)
	defer server.Close()
	for range 2 {
		c, err := signIn(context.Background(), server.URL, "officer@connex.test", "connex")
		if err != nil {
			t.Fatal(err)
		}
		files, wrong := readAll([]string{"requests/first-contacts.json", "requests/first-contacts.csv"}, &bytes.Buffer{})
		if wrong > 0 {
			t.Fatal(wrong)
		}
		var told bytes.Buffer
		if err := startAll(context.Background(), c, append(files[0], files[1]...), &told); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(told.String(), "4 of 4 requests are there.") || !strings.Contains(told.String(), "demo-2026-005") {
			t.Error(told.String())
		}
	}
	if len(r.started) != 4 {
		t.Errorf("started %d", len(r.started))
	}
}

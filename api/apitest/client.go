package apitest

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"

	"github.com/google/uuid"

	"connex/casework"
)

// Client is one person's program.
type Client struct {
	h      *House
	http   http.Client
	prefix string // of a personal link
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Raw    []byte
	JSON   map[string]any
}

// Stranger is somebody who is not signed in.
func (h *House) Stranger() *Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return &Client{h: h, http: http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// As is somebody of the staff, signed in.
func (h *House) As(name string) *Client {
	h.t.Helper()
	c, p := h.Stranger(), h.Account(name)
	if a := c.Post("/api/v1/session", map[string]any{"email": p.Email, "password": Password}); a.Status != http.StatusOK {
		h.t.Fatalf("%s cannot sign in: %d %s", name, a.Status, a.Raw)
	}
	return c
}

// By is the holder of a personal link.
func (h *House) By(token string) *Client {
	c := h.Stranger()
	c.prefix = "/api/v1/p/" + token
	return c
}

// Token is the personal link's.
func (c *Client) Token() string { return strings.TrimPrefix(c.prefix, "/api/v1/p/") }

// Get asks.
func (c *Client) Get(path string, headers ...string) Answer {
	c.h.t.Helper()
	return c.Do(http.MethodGet, path, nil, headers...)
}

// Post sends a value as JSON.
func (c *Client) Post(path string, body any, headers ...string) Answer {
	c.h.t.Helper()
	return c.Do(http.MethodPost, path, body, headers...)
}

// Do sends a value as JSON, or a string as it is; headers are names and values in turn.
func (c *Client) Do(method, path string, body any, headers ...string) Answer {
	c.h.t.Helper()
	var raw []byte
	switch b := body.(type) {
	case nil:
	case string:
		raw = []byte(b)
	default:
		var err error
		if raw, err = json.Marshal(b); err != nil {
			c.h.t.Fatal(err)
		}
	}
	if body != nil {
		headers = append([]string{"Content-Type", "application/json"}, headers...)
	}
	return c.send(method, path, raw, headers...)
}

func (c *Client) send(method, path string, raw []byte, headers ...string) Answer {
	c.h.t.Helper()
	request, err := http.NewRequest(method, c.h.URL+path, bytes.NewReader(raw))
	if err != nil {
		c.h.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := c.http.Do(request)
	if err != nil {
		c.h.t.Fatal(err)
	}
	defer response.Body.Close()
	a := Answer{Status: response.StatusCode, Header: response.Header}
	if a.Raw, err = io.ReadAll(response.Body); err != nil {
		c.h.t.Fatal(err)
	}
	if method != http.MethodHead && strings.HasSuffix(strings.Split(response.Header.Get("Content-Type"), ";")[0], "json") {
		if err := json.Unmarshal(a.Raw, &a.JSON); err != nil {
			c.h.t.Errorf("%s %s: %v", method, path, err)
		}
	}
	c.h.contract.hold(c.h.t, request, raw, a)
	return a
}

// Complete completes a task with a new key, or with the one given.
func (c *Client) Complete(task casework.TaskID, form map[string]any, headers ...string) Answer {
	c.h.t.Helper()
	headers = append([]string{"Idempotency-Key", uuid.NewString()}, headers...)
	prefix := c.prefix
	if prefix == "" {
		prefix = "/api/v1"
	}
	return c.Post(prefix+"/tasks/"+string(task)+"/complete", map[string]any{"form": form}, headers...)
}

// Upload sends a file.
func (c *Client) Upload(path, name string, body []byte, texts map[string]string) Answer {
	c.h.t.Helper()
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	for field, text := range texts {
		_ = parts.WriteField(field, text) // a buffer takes everything
	}
	file, err := parts.CreateFormFile("file", name)
	if err != nil {
		c.h.t.Fatal(err)
	}
	_, _ = file.Write(body)
	_ = parts.Close()
	return c.send(http.MethodPost, c.prefix+path, form.Bytes(), "Content-Type", parts.FormDataContentType())
}

// Link asks within the personal link.
func (c *Client) Link(path string) Answer {
	c.h.t.Helper()
	return c.Get(c.prefix + path)
}

// Field is the sentence about a field in a problem.
func (a Answer) Field(name string) string {
	fields, _ := a.JSON["fields"].(map[string]any)
	sentence, _ := fields[name].(string)
	return sentence
}

// Text is a text of the answer.
func (a Answer) Text(name string) string {
	text, _ := a.JSON[name].(string)
	return text
}

// Items are a list's.
func (a Answer) Items() []map[string]any {
	var items []map[string]any
	list, _ := a.JSON["items"].([]any)
	for _, item := range list {
		if object, is := item.(map[string]any); is {
			items = append(items, object)
		}
	}
	return items
}

// Log is what the house wrote down.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *Log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

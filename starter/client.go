package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strings"
	"time"

	"github.com/sethvargo/go-retry"
)

// client talks to one API as one person: somebody signed in, or the holder of a personal link.
type client struct {
	base   string // https://casework.example
	prefix string // /api/v1, or /api/v1/p/<token>
	name   string
	http   *http.Client
}

func newClient(base, prefix, name string) *client {
	jar, _ := cookiejar.New(nil) // it has no options that could be wrong
	return &client{base: strings.TrimRight(base, "/"), prefix: prefix, name: name,
		http: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
}

// signIn opens a session.
func signIn(ctx context.Context, base, email, password string) (*client, error) {
	c := newClient(base, "/api/v1", email)
	if err := c.post(ctx, "/session", "", map[string]string{"email": email, "password": password}, nil); err != nil {
		return nil, fmt.Errorf("sign in as %s: %w", email, err)
	}
	return c, nil
}

// problem is an answer that is not the one that was hoped for.
type problem struct {
	Status int               `json:"status"`
	Type   string            `json:"type"`
	Title  string            `json:"title"`
	Detail string            `json:"detail"`
	Fields map[string]string `json:"fields"`
}

func (p *problem) Error() string {
	text := fmt.Sprintf("%d %s", p.Status, cmp.Or(p.Detail, p.Title, http.StatusText(p.Status)))
	var names []string
	for name := range p.Fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		text += "; " + name + ": " + p.Fields[name]
	}
	return text
}

func statusOf(err error) int {
	var p *problem
	if errors.As(err, &p) {
		return p.Status
	}
	return 0
}

func (c *client) get(ctx context.Context, path string, into any) error {
	return c.send(ctx, call{method: http.MethodGet, path: path}, into)
}

// post sends a body under an idempotency key, so that it may be sent again until there is an answer.
func (c *client) post(ctx context.Context, path, key string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return c.send(ctx, call{method: http.MethodPost, path: path, body: raw, mediaType: "application/json", key: key}, into)
}

// call is one request; the same again is the same.
type call struct {
	method, path string
	body         []byte
	mediaType    string
	key, code    string
}

// send tries for a while where the other end is away, busy or asks for patience.
func (c *client) send(ctx context.Context, a call, into any) error {
	backoff := retry.WithMaxDuration(2*time.Minute, retry.WithCappedDuration(5*time.Second, retry.NewExponential(200*time.Millisecond)))
	return retry.Do(ctx, backoff, func(ctx context.Context) error {
		err := c.once(ctx, a, into)
		if status := statusOf(err); status == http.StatusTooManyRequests || status >= 500 {
			return retry.RetryableError(err)
		}
		return err
	})
}

func (c *client) once(ctx context.Context, a call, into any) error {
	request, err := http.NewRequestWithContext(ctx, a.method, c.base+c.prefix+a.path, bytes.NewReader(a.body))
	if err != nil {
		return err
	}
	for name, value := range map[string]string{"Accept": "application/json", "Content-Type": a.mediaType,
		"Idempotency-Key": a.key, "Confirmation-Code": a.code} {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	response, err := c.http.Do(request)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return retry.RetryableError(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(response.Body, 16<<20))
	if err != nil {
		return retry.RetryableError(err)
	}
	return answer(response, raw, into)
}

func answer(response *http.Response, raw []byte, into any) error {
	if response.StatusCode >= 300 {
		p := &problem{}
		_ = json.Unmarshal(raw, p) // whoever answers in another way has a status at least
		p.Status = response.StatusCode
		return p
	}
	if into == nil || len(raw) == 0 {
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%s answered what cannot be read: %w", response.Request.URL.Path, err)
	}
	return nil
}

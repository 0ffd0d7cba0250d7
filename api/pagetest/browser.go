package pagetest

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// Browser is one person's, with their session.
type Browser struct {
	t      testing.TB
	home   string
	client *http.Client
}

// NewBrowser opens pages at an address.
func NewBrowser(t testing.TB, home string) *Browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Browser{t: t, home: home, client: &http.Client{Jar: jar}}
}

// Get opens a page, which must be sound.
func (b *Browser) Get(path string) *Page {
	b.t.Helper()
	answer, err := b.client.Get(b.home + path)
	return b.read(answer, err)
}

// Hears tells whether an open page's line says within this time that something changed.
func (b *Browser) Hears(line string, within time.Duration) bool {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), within)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, b.home+line, nil)
	b.must(err)
	answer, err := b.client.Do(request)
	b.must(err)
	defer answer.Body.Close()
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		if lines.Text() == "event: changed" {
			return true
		}
	}
	return false
}

// Leads fails where a link of the page leads into a page that has no such place.
func (b *Browser) Leads(p *Page) *Page {
	b.t.Helper()
	for _, a := range all(p.root, "a") {
		path, place, into := strings.Cut(attr(a, "href"), "#")
		if !into || place == "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
			continue
		}
		if there := b.Get(path); !slices.ContainsFunc(elements(there.root), func(n *html.Node) bool { return attr(n, "id") == place }) {
			b.t.Errorf("%s leads to %s#%s, which is not there", p.Path, path, place)
		}
	}
	return p
}

// File is something to upload.
type File struct{ Field, Name, Body string }

// Submit fills in the form of a page that is posted to an address ("": its first one) and sends it.
func (b *Browser) Submit(p *Page, action string, changes url.Values, files ...File) *Page {
	b.t.Helper()
	where, values := p.Form(action)
	if where == "" {
		b.t.Fatalf("%s has no form for %q:\n%s", p.Path, action, p.Text())
	}
	maps.Copy(values, changes)
	return b.Post(where, values, files...)
}

// Post sends a form as a browser does, and follows where it leads.
func (b *Browser) Post(path string, values url.Values, files ...File) *Page {
	b.t.Helper()
	if len(files) == 0 {
		answer, err := b.client.PostForm(b.home+path, values)
		return b.read(answer, err)
	}
	body, kind := b.inParts(values, files)
	answer, err := b.client.Post(b.home+path, kind, body)
	return b.read(answer, err)
}

func (b *Browser) inParts(values url.Values, files []File) (io.Reader, string) {
	b.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name, list := range values {
		for _, value := range list {
			b.must(parts.WriteField(name, value))
		}
	}
	for _, f := range files {
		part, err := parts.CreateFormFile(f.Field, f.Name)
		b.must(err)
		_, err = io.Copy(part, strings.NewReader(f.Body))
		b.must(err)
	}
	b.must(parts.Close())
	return &body, parts.FormDataContentType()
}

func (b *Browser) read(answer *http.Response, err error) *Page {
	b.t.Helper()
	b.must(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	b.must(err)
	p := Parse(b.t, strings.TrimSuffix(answer.Request.URL.RequestURI()+"#"+answer.Request.URL.EscapedFragment(), "#"), answer.StatusCode, string(body))
	p.Header = answer.Header
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		return p.Sound()
	}
	return p
}

func (b *Browser) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

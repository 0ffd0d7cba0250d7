package pagetest

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Weigh loads a page with all its parts as a browser does that has seen none of them, and says how many bytes went over
// the line, packed. A part that would come from elsewhere fails the test.
func Weigh(t testing.TB, home, path string) (bytes int) {
	t.Helper()
	body, bytes := load(t, home+path)
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range all(root, "link", "script", "img", "iframe", "source", "use") {
		part := attr(n, "src") + map[bool]string{true: attr(n, "href")}[n.Data == "link" || n.Data == "use"]
		part, _, _ = strings.Cut(part, "#")
		switch {
		case part == "":
		case !strings.HasPrefix(part, "/") || strings.HasPrefix(part, "//"):
			t.Errorf("%s loads %s from elsewhere", path, part)
		default:
			_, more := load(t, home+part)
			bytes += more
		}
	}
	return bytes
}

// load asks for something packed, which the client does not unpack by itself when one asks by hand.
func load(t testing.TB, address string) (text string, bytes int) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "gzip")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= http.StatusInternalServerError || answer.StatusCode == http.StatusNotFound {
		t.Fatalf("%s: %d, %v", address, answer.StatusCode, err)
	}
	if answer.Header.Get("Content-Encoding") != "gzip" {
		return string(raw), len(raw)
	}
	unpacked, err := gzip.NewReader(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return string(body), len(raw)
}

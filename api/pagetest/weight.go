package pagetest

import (
	"compress/gzip"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Weigh loads a page with all its parts as a browser does that has seen none of them, and says how many bytes went over
// the line, packed. A part that would come from elsewhere fails the test.
func Weigh(t testing.TB, client *http.Client, home, path string) (bytes int) {
	t.Helper()
	body, bytes, _ := load(t, client, home+path)
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{"": true} // a browser asks for each part once
	for parts := partsOf(root); len(parts) > 0; parts = parts[1:] {
		part, _, _ := strings.Cut(parts[0], "#")
		if seen[part] || strings.HasPrefix(part, "data:") {
			continue
		}
		seen[part] = true
		if !strings.HasPrefix(part, "/") || strings.HasPrefix(part, "//") {
			t.Errorf("%s loads %s from elsewhere", path, part)
			continue
		}
		text, more, status := load(t, client, home+part)
		if bytes += more; status != http.StatusOK {
			t.Errorf("%s asks for %s, which answers %d", path, part, status)
		}
		if strings.Contains(part, ".css") {
			parts = append(parts, inStyles(text)...)
		}
	}
	return bytes
}

// partsOf are the addresses of what a page is made of.
func partsOf(root *html.Node) (parts []string) {
	for _, n := range all(root, "link", "use", "image") {
		parts = append(parts, attr(n, "href"))
	}
	for _, n := range all(root, "script", "img", "iframe", "source", "embed", "object", "video", "audio", "track", "input") {
		parts = append(parts, attr(n, "src"), attr(n, "data"), attr(n, "poster"))
		for _, one := range strings.Split(attr(n, "srcset"), ",") {
			address, _, _ := strings.Cut(strings.TrimSpace(one), " ")
			parts = append(parts, address)
		}
	}
	for _, n := range all(root, "style") {
		parts = append(parts, inStyles(rawText(n))...)
	}
	return parts
}

var styleParts = regexp.MustCompile(`(?:url\(|@import )\s*["']?([^"')]+)`)

// inStyles are pictures, fonts and other styles.
func inStyles(css string) (parts []string) {
	for _, found := range styleParts.FindAllStringSubmatch(css, -1) {
		parts = append(parts, strings.TrimPrefix(found[1], "url("))
	}
	return parts
}

// load asks for something packed, which the client does not unpack by itself when one asks by hand.
func load(t testing.TB, client *http.Client, address string) (text string, bytes, status int) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "gzip")
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= http.StatusInternalServerError {
		t.Fatalf("%s: %d, %v", address, answer.StatusCode, err)
	}
	if answer.Header.Get("Content-Encoding") != "gzip" {
		return string(raw), len(raw), answer.StatusCode
	}
	unpacked, err := gzip.NewReader(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return string(body), len(raw), answer.StatusCode
}

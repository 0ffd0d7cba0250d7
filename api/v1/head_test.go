package v1_test

import (
	"net/http"
	"testing"

	"connex/api/apitest"
)

// HEAD is GET without the body: whoever watches the system asks that way, and so do scanners of links in mails.
func TestAskingForTheHeadAlone(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	officer := h.As("officer")
	for path, want := range map[string]int{
		"/healthz": http.StatusOK, "/api/v1/me": http.StatusOK,
		"/api/v1/requests/CNX-2026-9999": http.StatusNotFound, "/api/v1/p/nobody": http.StatusNotFound,
		"/api/v1/first-interests": http.StatusMethodNotAllowed,
	} {
		head := officer.Do(http.MethodHead, path, nil)
		if head.Status != want || len(head.Raw) > 0 {
			t.Errorf("HEAD %s: %d and %d bytes, want %d and none", path, head.Status, len(head.Raw), want)
		}
		if want == http.StatusMethodNotAllowed {
			continue
		}
		if get := officer.Get(path); head.Header.Get("Content-Type") != get.Header.Get("Content-Type") {
			t.Errorf("HEAD %s is %s, GET is %s", path, head.Header.Get("Content-Type"), get.Header.Get("Content-Type"))
		}
	}
}

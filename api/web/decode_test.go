package web_test

import (
	"net/http"
	"strings"
	"testing"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/encoding/protojson"

	"connex/api/apitest"
	"connex/api/web"
	"connex/codec"
	"connex/settings"

	"github.com/gin-gonic/gin"
)

const console = "http://console.test" // as the house has it

// Who reads in the console what Temporal keeps: a head, by the console's page or by none, and it is in the log.
func TestTheConsoleReadsWhatIsEncryptedForHeadsOnly(t *testing.T) {
	t.Parallel()
	sealed, err := codec.New(settings.Keys{make(settings.Key, settings.KeyLength)})
	if err != nil {
		t.Fatal(err)
	}
	h := apitest.New(t, func(r *gin.Engine, d web.Deps) {
		d.Codec = sealed
		web.RegisterDecoding(r, d)
	})
	var options client.Options
	sealed.Use(&options)
	kept, err := options.DataConverter.ToPayloads("not-eligible")
	if err != nil {
		t.Fatal(err)
	}
	asked, err := protojson.Marshal(kept)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		by     *apitest.Client
		origin string
		status int
	}{
		{"a stranger", h.Stranger(), console, http.StatusUnauthorized},
		{"a case officer", h.As("officer"), console, http.StatusForbidden},
		{"an administrator", h.As("admin"), console, http.StatusForbidden},
		{"a head by another page", h.As("head"), "http://evil.test", http.StatusForbidden},
		{"a head by the console", h.As("head"), console, http.StatusOK},
		{"a head's program", h.As("head"), "", http.StatusOK},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var headers []string
			if tt.origin != "" {
				headers = []string{"Origin", tt.origin, "Sec-Fetch-Site", "same-site"}
			}
			before := strings.Count(h.Log.String(), "was decrypted for the console")
			a := tt.by.Do(http.MethodPost, "/codec/decode", string(asked), headers...)
			read := &common.Payloads{}
			if a.Status == http.StatusOK && (protojson.Unmarshal(a.Raw, read) != nil || len(read.Payloads) != 1 || string(read.Payloads[0].Data) != `"not-eligible"`) {
				t.Errorf("it reads %s", a.Raw)
			}
			if logged := strings.Count(h.Log.String(), "was decrypted for the console") - before; a.Status != tt.status || (logged == 1) != (tt.status == http.StatusOK) {
				t.Errorf("%d, %d lines in the log, want %d", a.Status, logged, tt.status)
			}
			if may := a.Header.Get("Access-Control-Allow-Origin"); (may == console) != (tt.origin == console) || may == "*" {
				t.Errorf("the browser shows the answer to %q", may)
			}
		})
	}
	if a := h.Stranger().Do(http.MethodOptions, "/codec/decode", nil, "Origin", console, "Access-Control-Request-Method", "POST"); a.Status != http.StatusNoContent ||
		a.Header.Get("Access-Control-Allow-Credentials") != "true" || !strings.Contains(a.Header.Get("Access-Control-Allow-Headers"), "X-Namespace") {
		t.Errorf("the browser is told %d %v", a.Status, a.Header)
	}
	if a := h.As("head").Do(http.MethodPost, "/api/v1/session", "{}", "Origin", console, "Sec-Fetch-Site", "same-site"); a.Status != http.StatusForbidden {
		t.Errorf("the console's page may post elsewhere: %d", a.Status)
	}
}

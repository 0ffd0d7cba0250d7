package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
)

// Limits hold for where somebody is: a header says it only where a proxy of ours wrote it.
func TestWhereSomebodyIs(t *testing.T) {
	for name, tt := range map[string]struct {
		proxies     []string
		from, claim string
		is          string
	}{
		"nobody is believed":             {nil, "203.0.113.9", "198.51.100.7", "203.0.113.9"},
		"but our proxy":                  {[]string{"172.16.0.0/12"}, "172.18.0.1", "198.51.100.7", "198.51.100.7"},
		"and what it was told is no use": {[]string{"172.16.0.0/12"}, "172.18.0.1", "192.0.2.1, 198.51.100.7", "198.51.100.7"},
		"a stranger beside it":           {[]string{"172.16.0.0/12"}, "203.0.113.9", "198.51.100.7", "203.0.113.9"},
	} {
		t.Run(name, func(t *testing.T) {
			engine, err := NewEngine(Deps{Config: Config{Proxies: tt.proxies}})
			if err != nil {
				t.Fatal(err)
			}
			is := ""
			engine.Handlers = nil // the log is not what is looked at
			engine.GET("/", func(c *gin.Context) { is = c.ClientIP() })
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = tt.from + ":4711"
			r.Header.Set("X-Forwarded-For", tt.claim)
			r.Header.Set("X-Real-IP", "192.0.2.99")
			engine.ServeHTTP(httptest.NewRecorder(), r)
			if is != tt.is {
				t.Errorf("it is %s, want %s", is, tt.is)
			}
		})
	}
}

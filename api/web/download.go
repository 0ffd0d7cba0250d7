package web

import (
	"mime"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/store"
)

// SendFile gives a document out, to be kept and never to be run: a browser shows nothing of what somebody else sent.
func SendFile(c *gin.Context, d store.Document) {
	c.Header("Content-Disposition", disposition(d.Name))
	c.Header("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, d.MediaType, d.Body)
}

// disposition has the name twice: in ASCII for old programs, whole for all others.
func disposition(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
	whole := strings.TrimPrefix(mime.FormatMediaType("attachment", map[string]string{"filename": name}), "attachment; ")
	if plain == name || !strings.HasPrefix(whole, "filename*=") {
		return `attachment; filename="` + plain + `"`
	}
	return `attachment; filename="` + plain + `"; ` + whole
}

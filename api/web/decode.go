package web

import (
	"log/slog"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"
	"go.temporal.io/sdk/converter"

	"connex/casework"
)

// decodePath is what Temporal's web console asks to decrypt what it shows.
const decodePath = "/codec/decode"

// RegisterDecoding is for heads, who look at the console in the same browser: their session says who they are. The
// console stands at another address, so the browser asks us first whether its page may; no other page may.
func RegisterDecoding(r *gin.Engine, d Deps) {
	if d.Config.ConsoleURL == "" || d.Codec == nil {
		return
	}
	r.OPTIONS(decodePath, func(c *gin.Context) {
		d.letTheConsoleAsk(c)
		c.Status(http.StatusNoContent)
	})
	decoding := d.Handle(d.decode)
	r.POST(decodePath, func(c *gin.Context) {
		d.letTheConsoleAsk(c)
		decoding(c)
	})
}

// letTheConsoleAsk has the browser give our answer to the console's page.
func (d Deps) letTheConsoleAsk(c *gin.Context) {
	c.Header("Vary", "Origin")
	if origin := d.Config.consoleOrigin(); c.GetHeader("Origin") == origin {
		c.Header("Access-Control-Allow-Origin", origin)
		c.Header("Access-Control-Allow-Credentials", "true")
		c.Header("Access-Control-Allow-Methods", http.MethodPost)
		c.Header("Access-Control-Allow-Headers", "Content-Type, X-Namespace")
	}
}

func (c Config) consoleOrigin() string {
	u, err := url.Parse(c.ConsoleURL)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// decode shows whoever sees every case what Temporal keeps, and says so in the log.
func (d Deps) decode(c *gin.Context) error {
	p := PersonOf(c)
	switch origin := c.GetHeader("Origin"); {
	case origin != "" && origin != d.Config.consoleOrigin():
		return CrossOrigin()
	case p.ID == "":
		return SignedOut()
	}
	if err := Needs(p, casework.Head); err != nil {
		return err
	}
	d.Log.InfoContext(c.Request.Context(), "what Temporal keeps was decrypted for the console", slog.String("person", string(p.ID)),
		slog.Int64("bytes", c.Request.ContentLength))
	converter.NewPayloadCodecHTTPHandler(d.Codec).ServeHTTP(c.Writer, c.Request)
	return nil
}

package web

import (
	"net/http"

	"github.com/klauspost/compress/gzhttp"
)

// zipped packs what is text and worth it: ministries read our pages over slow lines. Jitter hides how well a page packs,
// which would otherwise tell something of what it holds. Files and the stream of events go out as they are.
var zipped = func() func(http.Handler) http.HandlerFunc {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.RandomJitter(32, 0, false),
		gzhttp.ContentTypes([]string{"text/html", "text/css", "text/javascript", "image/svg+xml", "application/json"}))
	if err != nil {
		panic(err) // the options are ours
	}
	return wrap
}()

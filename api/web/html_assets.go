package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"
)

// Assets are styles, scripts and icons. What comes from npm is copied by `make generate` and checked in, so that building
// needs no npm. Our own styles and scripts stand in a file per subject; a browser gets each kind as one, joined in the
// order of their names.
//
//go:generate cp ../../node_modules/@picocss/pico/css/pico.blue.min.css assets/pico.css
//go:generate node icons.mjs
//go:embed assets
var assets embed.FS

type asset struct {
	body          []byte
	media, digest string
}

// Guests read over slow lines: they get the files that their pages need and no others.
var (
	guestStyles  = []string{"assets/css/00-tokens.css", "assets/css/10-frame.css", "assets/css/20-type.css", "assets/css/30-parts.css", "assets/css/40-forms.css", "assets/css/45-guest.css", "assets/css/58-live.css", "assets/css/90-print.css"}
	guestScripts = []string{"assets/js/10-page.js", "assets/js/20-live.js"}
)

var served = func() map[string]asset {
	all := map[string]asset{}
	for name, parts := range map[string][]string{"connex.css": filesIn("assets/css"), "connex.js": filesIn("assets/js"), "guest.css": guestStyles, "guest.js": guestScripts} {
		all[name] = made(name, joined(parts))
	}
	for _, name := range filesIn("assets") {
		all[path.Base(name)] = made(name, read(name))
	}
	return all
}()

func made(name string, body []byte) asset {
	sum := sha256.Sum256(body)
	return asset{body, mime.TypeByExtension(path.Ext(name)), hex.EncodeToString(sum[:6])}
}

// joined are files, one after the other.
func joined(names []string) []byte {
	var whole bytes.Buffer
	for _, name := range names {
		whole.Write(read(name))
		whole.WriteByte('\n')
	}
	return whole.Bytes()
}

func filesIn(folder string) (names []string) {
	entries, err := fs.ReadDir(assets, folder)
	if err != nil {
		panic(err) // they are embedded
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			names = append(names, path.Join(folder, entry.Name()))
		}
	}
	return names
}

func read(name string) []byte {
	body, err := fs.ReadFile(assets, name)
	if err != nil {
		panic(err)
	}
	return body
}

// AssetURL names an asset together with its content, so that browsers may keep it for good.
func AssetURL(name string) string { return "/assets/" + name + "?v=" + served[name].digest }

// icon is one of assets/icons.svg. It says nothing to a screen reader: a word always stands beside it.
func icon(name string) template.HTML {
	return template.HTML(`<svg class="icon" aria-hidden="true" focusable="false"><use href="` +
		template.HTMLEscapeString(AssetURL("icons.svg")+"#"+name) + `"></use></svg>`)
}

// Icons are the names of those that there are.
func Icons() (names []string) {
	for _, match := range regexp.MustCompile(`<symbol id="([a-z-]+)"`).FindAllSubmatch(read("assets/icons.svg"), -1) {
		names = append(names, string(match[1]))
	}
	return names
}

// isAsset tells whether one of them is served at this path.
func isAsset(path string) bool {
	name, below := strings.CutPrefix(path, "/assets/")
	_, there := served[name]
	return below && there
}

// Assets serves them.
func Assets(r gin.IRoutes) {
	r.GET("/assets/:name", func(c *gin.Context) {
		a, there := served[c.Param("name")]
		if !there {
			c.AbortWithStatus(http.StatusNotFound)
			return
		}
		if c.Query("v") == a.digest {
			c.Header("Cache-Control", "public, max-age=31536000, immutable")
		}
		c.Data(http.StatusOK, a.media, a.body)
	})
}

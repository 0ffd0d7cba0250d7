package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"

	"github.com/gin-gonic/gin"
)

// Assets are styles and scripts. What comes from npm is copied by `make generate` and checked in, so that building needs
// no npm.
//
//go:generate cp ../../node_modules/@picocss/pico/css/pico.blue.min.css assets/pico.css
//go:embed assets
var assets embed.FS

type asset struct {
	body          []byte
	media, digest string
}

var served = func() map[string]asset {
	all := map[string]asset{}
	entries, err := fs.ReadDir(assets, "assets")
	if err != nil {
		panic(err)
	}
	for _, entry := range entries {
		body, err := fs.ReadFile(assets, "assets/"+entry.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(body)
		all[entry.Name()] = asset{body, mime.TypeByExtension(path.Ext(entry.Name())), hex.EncodeToString(sum[:6])}
	}
	return all
}()

// AssetURL names an asset together with its content, so that browsers may keep it for good.
func AssetURL(name string) string { return "/assets/" + name + "?v=" + served[name].digest }

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

package web_test

import (
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/gin-gonic/gin"

	"connex/api/web"
)

func aRoom(files map[string]string) fstest.MapFS {
	room := fstest.MapFS{}
	for name, text := range files {
		room["templates/"+name+".html"] = &fstest.MapFile{Data: []byte(text)}
	}
	return room
}

// The pages of a room have their parts in common, and each what is its own, also where many are drawn at once.
func TestPagesOfARoomAreDrawnAtOnce(t *testing.T) {
	pages := web.NewPages(aRoom(map[string]string{
		"_parts": `{{define "shared"}}<b>{{.}}</b>{{end}}`,
		"one":    `{{define "main"}}<h1>One</h1>{{template "shared" .}}{{end}}`,
		"two":    `{{define "main"}}<h1>Two</h1><script>const it = {{.}}</script>{{template "own" .}}{{end}}{{define "own"}}<i title="{{.}}">own</i>{{end}}`,
	}), "guest")
	wants := map[string]string{"one": `<h1>One</h1><b>&lt;a&gt; &#34;</b>`,
		"two": `<h1>Two</h1><script>const it = "\u003ca\u003e \""</script><i title="&lt;a&gt; &#34;">own</i>`}
	var all sync.WaitGroup
	for range 20 {
		for name, want := range wants {
			all.Go(func() {
				answer := httptest.NewRecorder()
				c, _ := gin.CreateTestContext(answer)
				c.Request = httptest.NewRequest("GET", "/", nil)
				if err := pages.Show(c, 200, name, web.View{Title: name, Body: `<a> "`}); err != nil || !strings.Contains(answer.Body.String(), want) {
					t.Errorf("%s: %v\n%s", name, err, answer.Body)
				}
			})
		}
	}
	all.Wait()
}

func TestAPartIsDefinedOnce(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("two pages define the same part")
		}
	}()
	web.NewPages(aRoom(map[string]string{"one": `{{define "main"}}1{{end}}{{define "own"}}1{{end}}`, "two": `{{define "main"}}2{{end}}{{define "own"}}2{{end}}`}), "guest")
}

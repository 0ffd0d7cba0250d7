package web_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/store"
)

func aRoom(files map[string]string) fstest.MapFS {
	room := fstest.MapFS{}
	for name, text := range files {
		room["templates/"+name+".html"] = &fstest.MapFile{Data: []byte(text)}
	}
	return room
}

// The pages of a room have their parts in common, each what is its own, and for each reader their way of writing, also where many
// are drawn at once.
func TestPagesOfARoomAreDrawnAtOnce(t *testing.T) {
	pages := web.NewPages(aRoom(map[string]string{
		"_parts": `{{define "shared"}}<b>{{.}}</b> {{number 1234.5}} {{day "2026-12-31"}}.{{end}}`,
		"one":    `{{define "main"}}<h1>One</h1>{{template "shared" .}}{{end}}`,
		"two":    `{{define "main"}}<h1>Two</h1><script>const it = {{.}}</script>{{template "own" .}} {{number 1234.5}}.{{end}}{{define "own"}}<i title="{{.}}">own</i>{{end}}`,
	}), "guest")
	one, two := `<h1>One</h1><b>&lt;a&gt; &#34;</b> `, `<h1>Two</h1><script>const it = "\u003ca\u003e \""</script><i title="&lt;a&gt; &#34;">own</i> `
	wants := map[string]map[string]string{
		"en-GB": {"one": one + "1,234.5 31 December 2026.", "two": two + "1,234.5."},
		"de":    {"one": one + "1.234,5 31.12.2026.", "two": two + "1.234,5."},
	}
	var all sync.WaitGroup
	for range 20 {
		for writing, pagesOf := range wants {
			for name, want := range pagesOf {
				all.Go(func() {
					if got, err := shownTo(writing, pages, name); err != nil || !strings.Contains(got, want) {
						t.Errorf("%s as %s: %v\n%s", name, writing, err, got)
					}
				})
			}
		}
	}
	all.Wait()
}

// shownTo is a page for a reader who writes so.
func shownTo(writing string, pages *web.Pages, name string) (string, error) {
	answer := httptest.NewRecorder()
	c, _ := gin.CreateTestContext(answer)
	c.Request = httptest.NewRequest("GET", "/", nil)
	c.Set("connex.person", store.Person{Prefers: store.Preferences{Writing: writing}})
	err := pages.Show(c, 200, name, web.View{Title: name, Body: `<a> "`})
	return answer.Body.String(), err
}

func TestAPartIsDefinedOnce(t *testing.T) {
	defer func() {
		if why := fmt.Sprint(recover()); !strings.Contains(why, "two defines own a second time") {
			t.Errorf("two pages define the same part: %s", why)
		}
	}()
	web.NewPages(aRoom(map[string]string{"one": `{{define "main"}}1{{end}}{{define "own"}}1{{end}}`, "two": `{{define "main"}}2{{end}}{{define "own"}}2{{end}}`}), "guest")
}

package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"connex/casework"
	"connex/store"
)

// What one form brings together has its end; of strangers no file is kept; what is typed comes back either way.
func TestFilesThatAreTooMuchTogetherAreLeftOut(t *testing.T) {
	part := strings.Repeat("x", 24<<20)
	for name, tt := range map[string]struct {
		by   casework.PersonID
		kept int
		said string
	}{
		"somebody":   {"ana", 4, "invalid.too-much-at-once"},
		"a stranger": {"", 0, "invalid.too-much-at-once"},
	} {
		t.Run(name, func(t *testing.T) {
			var body bytes.Buffer
			form := multipart.NewWriter(&body)
			for range 5 {
				file, _ := form.CreateFormFile("films", "film.txt")
				_, _ = file.Write([]byte(part)) // a buffer takes all
			}
			_ = form.WriteField("answer", "In the films.")
			_ = form.Close()
			c, _ := gin.CreateTestContext(httptest.NewRecorder())
			c.Request = httptest.NewRequest(http.MethodPost, "/", &body)
			c.Request.Header.Set("Content-Type", form.FormDataContentType())
			setPerson(c, store.Person{ID: tt.by})
			post, err := ReadPost(c)
			if err != nil || len(post.Files["films"]) != tt.kept || post.Wrong["films"].ID != tt.said || post.Refuses() != 413 || post.Values.Get("answer") != "In the films." {
				t.Errorf("%d files are kept, %v, %d, %v, %v", len(post.Files["films"]), post.Wrong, post.Refuses(), post.Values, err)
			}
		})
	}
}

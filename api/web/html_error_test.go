package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"

	"connex/api/apitest"
	"connex/api/pagetest"
	"connex/api/web"
)

func TestEveryErrorHasItsPage(t *testing.T) {
	for _, status := range []int{401, 403, 404, 405, 409, 410, 413, 415, 422, 428, 429, 500, 503} {
		answer := httptest.NewRecorder()
		c, _ := gin.CreateTestContext(answer)
		c.Request = httptest.NewRequest("GET", "/", nil)
		web.ErrorPage(c, status, "Because "+evil)
		pagetest.Parse(t, "an error", answer.Code, answer.Body.String()).Answers(status).Sound().Says("Because " + evil)
	}
}

func TestAnAddressThatMakesNoSenseHasAPageToo(t *testing.T) {
	h := apitest.New(t)
	for path, kind := range map[string]string{"/requests/%00": "text/html; charset=utf-8", "/api/v1/requests/%00": "application/problem+json"} {
		answer, err := http.Get(h.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		if got := answer.Header.Get("Content-Type"); answer.StatusCode != 404 || got != kind {
			t.Errorf("%s answers %d as %s, want 404 as %s", path, answer.StatusCode, got, kind)
		}
	}
}

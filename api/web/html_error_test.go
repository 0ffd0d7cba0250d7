package web_test

import (
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"

	"connex/api/pagetest"
	"connex/api/web"
)

func TestEveryErrorHasItsPage(t *testing.T) {
	for _, status := range []int{401, 403, 404, 405, 409, 410, 413, 415, 422, 428, 429, 500, 503} {
		answer := httptest.NewRecorder()
		c, _ := gin.CreateTestContext(answer)
		c.Request = httptest.NewRequest("GET", "/", nil)
		web.ErrorPage(c, status, "Because "+evil, "REF-1")
		pagetest.Parse(t, "an error", answer.Code, answer.Body.String()).Answers(status).Sound().Says("Because "+evil, "Reference: REF-1")
	}
}

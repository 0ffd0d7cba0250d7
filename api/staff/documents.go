package staff

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
)

// addDocument keeps a file with a case that its sender may see.
func (s room) addDocument(c *gin.Context) error {
	n := casework.CaseNumber(c.Param("case"))
	role, err := s.MayAdd(c, n)
	if err != nil {
		return err
	}
	post, err := web.ReadPost(c)
	if err != nil {
		return err
	}
	if len(post.Files["file"]) == 0 {
		again := upload{Key: post.Values.Get("_key"), Title: post.Values.Get("title"), Fault: web.Words(c).Say(post.FileFault())}
		return s.showRequest(c, post.Refuses(), cameBack{paper: again})
	}
	if _, err := s.Keep(c, n, role, post, post.Values.Get("_key")); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/requests/"+string(n)+"#documents")
	return nil
}

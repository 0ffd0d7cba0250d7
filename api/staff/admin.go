package staff

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

type adminPage struct {
	Accounts []store.Account
	FewHeads bool
}

// admin lists the accounts.
func (s room) admin(c *gin.Context) error {
	if err := web.Needs(web.PersonOf(c), casework.Administrator); err != nil {
		return err
	}
	accounts, err := s.Store.Accounts(c.Request.Context())
	if err != nil {
		return err
	}
	heads := 0
	for _, a := range accounts {
		if a.Active && (store.Person{Roles: a.Roles}).Has(casework.Head) {
			heads++
		}
	}
	return s.show(c, http.StatusOK, "admin", web.Words(c).T("page.admin.title"), "admin", adminPage{accounts, heads < 2})
}

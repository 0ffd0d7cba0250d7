package v1

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

type userJSON struct {
	ID    casework.PersonID `json:"id"`
	Name  string            `json:"name"`
	Email string            `json:"email"`
	Roles []casework.Role   `json:"roles"`
}

func userOf(p store.Person) userJSON {
	return userJSON{ID: p.ID, Name: p.Name, Email: p.Email, Roles: list(p.Roles)}
}

func (s server) signIn(c *gin.Context) error {
	var body struct {
		Email    string `json:"email"`
		Password string `json:"password"`
	}
	if err := web.ReadJSON(c, &body); err != nil {
		return err
	}
	p, err := s.SignIn(c, body.Email, body.Password)
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, gin.H{"user": userOf(p)})
	return nil
}

func (s server) signOut(c *gin.Context) error {
	if err := s.SignOut(c); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}

func (s server) me(c *gin.Context) error {
	user := userOf(web.PersonOf(c))
	c.JSON(http.StatusOK, gin.H{"user": user, "roles": user.Roles})
	return nil
}

package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/casework"
	"connex/store"
)

const personKey = "connex.person"

func setPerson(c *gin.Context, p store.Person) { c.Set(personKey, p) }

// PersonOf is who asks: of the staff, or the holder of the personal link. Its ID is empty for somebody unknown.
func PersonOf(c *gin.Context) store.Person {
	p, _ := c.Value(personKey).(store.Person)
	return p
}

const formerKey = "connex.former-link"

// FormerLink is the link by which somebody came, where it is good no more.
func FormerLink(c *gin.Context) store.Link {
	l, _ := c.Value(formerKey).(store.Link)
	return l
}

// Token is the personal link's, for the addresses in that link's own page and for nothing else.
func Token(c *gin.Context) string { return c.Param("token") }

// Needs refuses whoever has none of these roles.
func Needs(p store.Person, roles ...casework.Role) error {
	if !p.Has(roles...) {
		return Forbidden(casework.Say("problem.forbidden.roles"))
	}
	return nil
}

// askToSignIn sends people to the page for it, and back afterwards; programs are told. Whose session ended while they
// filled a form in keeps what they typed.
func (d Deps) askToSignIn(c *gin.Context) error {
	if forPrograms(c.Request) {
		return SignedOut()
	}
	if c.Request.Method == http.MethodPost && d.SignInAgain != nil {
		post, err := ReadPost(c)
		if err != nil {
			return err
		}
		return d.SignInAgain(c, post.Values)
	}
	next := "/"
	if c.Request.Method == http.MethodGet {
		next = c.Request.URL.RequestURI()
	}
	c.Redirect(http.StatusSeeOther, "/login?next="+url.QueryEscape(next))
	return nil
}

// SafeNext is where to go on after signing in: a path of ours, never another site.
func SafeNext(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.Contains(next, `\`) {
		return "/"
	}
	return next
}

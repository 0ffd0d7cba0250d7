package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
)

// InterestPage is the form of a first interest, whoever writes it down. Its key stands in the page's address, so that the
// browser's way back leads to the same page with the same key, from which nothing is sent twice.
type InterestPage struct {
	Filling
	Key     string
	Status  int
	Before  casework.CaseNumber // what its reader started from this page already
	Under   string              // the key of that
	Changed bool                // something was, and something else is sent now
	Waits   string              // why it has to wait a moment; empty where it does not
	Number  casework.CaseNumber // what is started now; then nothing is shown here
}

// AskInterest opens the page; what its address says of the request is filled in. There is none where the address has no
// key yet: it leads to one that has.
func (d Deps) AskInterest(c *gin.Context, by store.Person, form casework.Form) (*InterestPage, error) {
	asked := c.Request.URL.Query()
	key := asked.Get("form")
	if uuid.Validate(key) != nil {
		asked.Set("form", NewKey())
		c.Redirect(http.StatusSeeOther, c.Request.URL.Path+"?"+asked.Encode())
		return nil, nil
	}
	before, err := d.Store.StartedBy(c.Request.Context(), by.ID, key)
	page := InterestPage{Filling: Filling{Form: form, Typed: ReadForm(Words(c), form, asked, nil), Words: Words(c)}, Key: key, Status: http.StatusOK,
		Before: before, Under: key}
	return &page, err
}

// SendInterest gives a posted form its number, once for the page's key; or the form comes back with what was typed. What
// f has among its values already is not asked for. Of strangers it counts what they start, and nothing that comes back to be
// mended.
func (d Deps) SendInterest(c *gin.Context, f dispatch.FirstInterest, form casework.Form) (InterestPage, error) {
	post, err := ReadPost(c)
	if err != nil {
		return InterestPage{}, err
	}
	f.Key = post.Values.Get("_key")
	if uuid.Validate(f.Key) != nil {
		f.Key = NewKey() // any other text would be everybody's
	}
	page := InterestPage{Filling: Filling{Form: form, Typed: ReadForm(Words(c), form, post.Values, nil), Words: Words(c)}, Key: f.Key, Under: f.Key}
	maps.Copy(page.Typed, f.Values)
	f.Values = page.Typed
	if page.Before, err = d.Store.StartedBy(c.Request.Context(), f.Person.ID, f.Key); err != nil {
		return page, err
	}
	counts := f.Person.ID == "" && page.Before == ""
	if enough := d.Limits.StartedEnough(c.ClientIP()); counts && enough != nil {
		page.Status, page.Waits = http.StatusTooManyRequests, HeldBack(c, enough)
		return page, nil
	}
	var wrong *casework.FormError
	page.Number, err = d.Dispatch.Start(c.Request.Context(), f)
	switch {
	case errors.As(err, &wrong):
		page.Status, page.Wrong, page.Before, err = http.StatusUnprocessableEntity, wrong.Fields, "", nil
	case errors.Is(err, store.ErrKeyReused):
		page.Status, page.Changed, page.Key, err = http.StatusConflict, true, keyAfter(f.Key, post.Values), nil
	case err == nil && counts:
		_ = d.Limits.FirstInterest(c.ClientIP()) // whether the next one may
	}
	return page, err
}

// keyAfter is that of what is typed anew on a page whose key is spent. Loading the answer again makes no other one.
func keyAfter(key string, typed url.Values) string {
	return uuid.NewSHA1(uuid.MustParse(key), []byte(typed.Encode())).String()
}

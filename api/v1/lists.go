package v1

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

const (
	usualPage = 50
	mostItems = 200
)

// pageJSON is a piece of a list, and where the next one begins.
type pageJSON[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next"`
}

func pageOf[T any](items []T, next string) pageJSON[T] {
	return pageJSON[T]{Items: list(items), Next: orNull(next)}
}

// following is what a program is told whose after is no next of this list: the first page would be taken for another.
func following[R any](page store.Page[R], err error) (store.Page[R], error) {
	if err == nil && page.Anew {
		err = web.Invalid(casework.Faults{"after": casework.Say("invalid.no-page")})
	}
	return page, err
}

// listed answers with the page that is asked for, each item as it is shown.
func listed[R, T any](c *gin.Context, read func(limit int, after string) (store.Page[R], error), show func(R) T) error {
	most, err := limit(c)
	if err != nil {
		return err
	}
	page, err := following(read(most, c.Query("after")))
	if err != nil {
		return err
	}
	items := make([]T, len(page.Items))
	for i, found := range page.Items {
		items[i] = show(found)
	}
	c.JSON(http.StatusOK, pageOf(items, page.Next))
	return nil
}

// limit is how many items are wanted: never more than we give at once.
func limit(c *gin.Context) (int, error) {
	text := c.Query("limit")
	if text == "" {
		return usualPage, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, web.Invalid(casework.Faults{"limit": casework.Say("invalid.wrong-type")})
	}
	return min(n, mostItems), nil
}

// flag is a true or false of the query, nil where it does not say.
func flag(c *gin.Context, name string) (*bool, error) {
	text, there := c.GetQuery(name)
	if !there || text == "" {
		return nil, nil
	}
	value, err := strconv.ParseBool(text)
	if err != nil {
		return nil, web.Invalid(casework.Faults{name: casework.Say("invalid.wrong-type")})
	}
	return &value, nil
}

func isSet(flag *bool) bool { return flag != nil && *flag }

// list shows an empty list as one, never as null.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

func orNull[T comparable](value T) *T {
	var none T
	if value == none {
		return nil
	}
	return &value
}

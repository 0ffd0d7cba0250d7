package v1

import (
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

// shownAs is a page of what was read, each as it is shown.
func shownAs[R, T any](page store.Page[R], show func(R) T) pageJSON[T] {
	items := make([]T, len(page.Items))
	for i, read := range page.Items {
		items[i] = show(read)
	}
	return pageOf(items, page.Next)
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

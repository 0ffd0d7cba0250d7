package words

import (
	"slices"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"connex/casework"
)

type alphabet struct {
	of   *i18n.Localizer // one a language
	list string
}

// alphabets are kept, since to compare words as a language does is slow: values of a list, in order.
var alphabets sync.Map

// Sorted are the values of a controlled list, by their words as this language's alphabet has them.
func (w *Words) Sorted(list string) []string {
	key := alphabet{w.localizer, list}
	if kept, found := alphabets.Load(key); found {
		return slices.Clone(kept.([]string))
	}
	labels := map[string]string{}
	values := casework.ListValues(list)
	for _, value := range values {
		labels[value] = w.T("option." + value)
	}
	order := w.Order()
	slices.SortStableFunc(values, func(a, b string) int { return order(labels[a], labels[b]) })
	alphabets.Store(key, slices.Clone(values))
	return values
}

// Order compares words as this language's alphabet has them. It serves one caller at a time.
func (w *Words) Order() func(a, b string) int {
	return collate.New(language.Make(w.lang)).CompareString
}

// asRead puts options in the order in which somebody looks for them: countries by the alphabet, all else as their list has it.
func (w *Words) asRead(options []casework.Option) {
	if len(options) == 0 || !casework.InList(casework.Countries, options[0].Value) {
		return
	}
	place := map[string]int{}
	for i, value := range w.Sorted(casework.Countries) {
		place[value] = i
	}
	slices.SortStableFunc(options, func(a, b casework.Option) int { return place[a.Value] - place[b.Value] })
}

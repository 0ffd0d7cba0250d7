package staff

import (
	_ "embed" // the world
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"connex/casework"
	"connex/store"
	"connex/words"
)

//go:generate node world.mjs
//go:embed world.json
var worldFile []byte

// mapPart is the world with the countries that have requests, and the same as a list.
type mapPart struct {
	Width, Height int
	Land          string // the outlines of all countries without one
	Countries     []mapCountry
	NoCountry     int // requests whose country is not known yet
	Legend        []string
}

type mapCountry struct {
	Name, Href string
	Count      int
	Shade      string // how dark: few, some, many, most
	Here       bool   // it is the one that is filtered
	shape
}

// shape is a country on the map: an outline, or a point where it is too small to be pressed; or both.
type shape struct {
	Outline string `json:"outline"`
	X       *int   `json:"x"`
	Y       *int   `json:"y"`
}

type world struct {
	Width, Height int
	Countries     []struct {
		Number, Name string // ISO 3166 numeric, and what the data call it
		shape
	}
}

// theWorld has the shapes by our code for a country; those that have none of ours are under their name.
var theWorld = sync.OnceValues(func() (world, map[string]shape) {
	var w world
	if err := json.Unmarshal(worldFile, &w); err != nil {
		panic(err) // it is embedded
	}
	shapes := map[string]shape{}
	for _, c := range w.Countries {
		shapes[codeOf(c.Number, c.Name)] = c.shape
	}
	return w, shapes
})

// codeOf is a country's code. Kosovo has no number.
func codeOf(number, name string) string {
	if name == "Kosovo" {
		return "XK"
	}
	var n int
	for _, digit := range number {
		n = n*10 + int(digit-'0')
	}
	if region, err := language.EncodeM49(n); err == nil && n > 0 {
		return region.String()
	}
	return name
}

// mapOf counts by country what all other filters let through: a country leads to its requests among those.
func mapOf(w *words.Words, l look, counts store.PortfolioCounts) *mapPart {
	drawn, shapes := theWorld()
	part := &mapPart{Width: drawn.Width, Height: drawn.Height, NoCountry: counts.By["country"][""], Legend: []string{"few", "some", "many", "most"}}
	for _, code := range w.Sorted(casework.Countries) {
		if n := counts.By["country"][code]; n > 0 {
			part.Countries = append(part.Countries, mapCountry{Name: w.T("option." + code), Href: l.at("/requests", "view", "", "country", code), Count: n,
				Shade: shadeOf(n), Here: l.filter.Country == code, shape: shapes[code]})
		}
	}
	slices.SortStableFunc(part.Countries, func(a, b mapCountry) int { return b.Count - a.Count })
	var land strings.Builder
	for _, c := range drawn.Countries {
		if counts.By["country"][codeOf(c.Number, c.Name)] == 0 {
			land.WriteString(c.Outline)
		}
	}
	part.Land = land.String()
	return part
}

func shadeOf(n int) string {
	switch {
	case n >= 10:
		return "most"
	case n >= 5:
		return "many"
	case n >= 2:
		return "some"
	}
	return "few"
}

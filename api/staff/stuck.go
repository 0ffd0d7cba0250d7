package staff

import (
	"maps"
	"slices"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// stuckLine is a request that stands still, as the head reads it.
type stuckLine struct {
	CaseNumber casework.CaseNumber
	Sentences  []string
}

// stuckCases are for the head, to whom all of them matter.
func (s room) stuckCases(c *gin.Context) (lines []stuckLine, err error) {
	list, err := s.Store.StuckFor(c.Request.Context(), web.PersonOf(c))
	if err != nil {
		return nil, err
	}
	byCase := map[casework.CaseNumber][]store.Stuck{}
	for _, found := range list {
		byCase[found.CaseNumber] = append(byCase[found.CaseNumber], found)
	}
	for _, n := range slices.Sorted(maps.Keys(byCase)) {
		lines = append(lines, stuckLine{n, sentences(web.Words(c), byCase[n])})
	}
	return lines, nil
}

// sentences say what does not go on by itself, each trouble once.
func sentences(w *words.Words, list []store.Stuck) (said []string) {
	told := map[store.Trouble]bool{}
	for _, found := range list {
		if !told[found.What] {
			told[found.What] = true
			said = append(said, w.T("page.stuck."+string(found.What), "Since", w.Instant(found.Since)))
		}
	}
	return said
}

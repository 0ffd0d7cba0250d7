package v1

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/words"
)

type matchJSON struct {
	Expert  casework.ExpertProfile `json:"expert"`
	Score   int                    `json:"score"`
	Named   bool                   `json:"named"` // the government asked for them
	Reasons []reasonJSON           `json:"reasons"`
}

type reasonJSON struct {
	Key     string   `json:"key"`
	Text    string   `json:"text"`
	Values  []string `json:"values"`
	Against bool     `json:"against"`
}

// expertMatches ranks the roster for a request. It proposes; the case officer chooses.
func (s server) expertMatches(c *gin.Context) error {
	ctx, p := c.Request.Context(), web.PersonOf(c)
	r, err := s.Store.Request(ctx, p, casework.CaseNumber(c.Param("case")))
	if err != nil {
		return err
	}
	if err := web.Needs(p, casework.CaseOfficer); err != nil {
		return err
	}
	most, err := limit(c)
	if err != nil {
		return err
	}
	page, err := following(s.Store.ExpertMatches(ctx, p, r, most, c.Query("after")))
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, pageOf(matchesOf(web.Words(c), page.Items), page.Next))
	return nil
}

func matchesOf(w *words.Words, found []casework.Matched) []matchJSON {
	matches := make([]matchJSON, len(found))
	for i, m := range found {
		matches[i] = matchJSON{Expert: m.Expert, Score: m.Score, Named: m.Named, Reasons: []reasonJSON{}}
		for _, reason := range m.Reasons {
			matches[i].Reasons = append(matches[i].Reasons, reasonJSON{Key: reason.Key, Text: w.MatchReason(reason), Values: list(reason.Values), Against: reason.Against})
		}
	}
	return matches
}

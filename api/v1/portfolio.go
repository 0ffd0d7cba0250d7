package v1

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// portfolioJSON are the figures behind the dashboard, and the rows that they count.
type portfolioJSON struct {
	From     *string         `json:"from"`
	To       *string         `json:"to"`
	Total    int             `json:"total"`
	Open     int             `json:"open"`
	ByPhase  map[string]int  `json:"byPhase"` // of the open ones
	ByEnding map[string]int  `json:"byEnding"`
	BySector map[string]int  `json:"bySector"`
	ByRegion map[string]int  `json:"byRegion"`
	Requests []reportRowJSON `json:"requests"`
}

type reportRowJSON struct {
	CaseNumber       casework.CaseNumber `json:"caseNumber"`
	Phase            casework.Phase      `json:"phase"`
	Ending           *casework.Ending    `json:"ending"`
	Country          *string             `json:"country"`
	Institution      *string             `json:"institution"`
	Sector           *string             `json:"sector"`
	Resource         *string             `json:"resource"`
	NegotiationStage *string             `json:"negotiationStage"`
	Channel          string              `json:"channel"`
	Officer          *string             `json:"officer"`
	Risk             *casework.Rating    `json:"risk"`
	Decision         *string             `json:"decision"`
	OpenedAt         time.Time           `json:"openedAt"`
	SubmittedAt      *time.Time          `json:"submittedAt"`
	DecidedAt        *time.Time          `json:"decidedAt"`
	ExchangedAt      *time.Time          `json:"exchangedAt"`
	EndedAt          *time.Time          `json:"endedAt"`
	Activities       int                 `json:"activities"`
	Evaluated        int                 `json:"evaluated"`
	DaysSpent        float64             `json:"daysSpent"`
	AverageScore     *float64            `json:"averageScore"`
}

func (s server) portfolio(c *gin.Context) error {
	rows, err := s.reportRows(c)
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, figuresOf(rows, c.Query("from"), c.Query("to")))
	return nil
}

// reportRows are the requests of the period that this person may see.
func (s server) reportRows(c *gin.Context) ([]store.ReportRow, error) {
	wrong := casework.Faults{}
	for _, name := range []string{"from", "to"} {
		if day := c.Query(name); day != "" && casework.StartOf(day).IsZero() {
			wrong[name] = casework.Say("invalid.no-date")
		}
	}
	if len(wrong) > 0 {
		return nil, web.Invalid(wrong)
	}
	return s.Store.PortfolioReport(c.Request.Context(), web.PersonOf(c), c.Query("from"), c.Query("to"))
}

func figuresOf(rows []store.ReportRow, from, to string) portfolioJSON {
	j := portfolioJSON{From: orNull(from), To: orNull(to), Total: len(rows), ByPhase: map[string]int{}, ByEnding: map[string]int{},
		BySector: map[string]int{}, ByRegion: map[string]int{}, Requests: []reportRowJSON{}}
	for _, row := range rows {
		if row.Ending == "" {
			j.Open++
			j.ByPhase[string(row.Phase)]++
		} else {
			j.ByEnding[string(row.Ending)]++
		}
		country, _ := casework.CountryByCode(row.Country)
		count(j.BySector, row.Sector)
		count(j.ByRegion, country.Region)
		j.Requests = append(j.Requests, reportRowOf(row))
	}
	return j
}

func count(counts map[string]int, of string) {
	if of != "" {
		counts[of]++
	}
}

func reportRowOf(r store.ReportRow) reportRowJSON {
	return reportRowJSON{CaseNumber: r.CaseNumber, Phase: r.Phase, Ending: orNull(r.Ending), Country: orNull(r.Country), Institution: orNull(r.Institution),
		Sector: orNull(r.Sector), Resource: orNull(r.Resource), NegotiationStage: orNull(r.Stage), Channel: r.Channel, Officer: orNull(r.OfficerName),
		Risk: orNull(r.Risk), Decision: orNull(r.Decision), OpenedAt: r.OpenedAt.UTC(), SubmittedAt: instant(r.SubmittedAt), DecidedAt: instant(r.DecidedAt),
		ExchangedAt: instant(r.ExchangedAt), EndedAt: instant(r.EndedAt), Activities: r.Activities, Evaluated: r.Evaluated, DaysSpent: r.DaysSpent,
		AverageScore: r.AverageScore}
}

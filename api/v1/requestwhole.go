package v1

import (
	"time"

	"connex/casework"
	"connex/store"
	"connex/words"
)

type decisionJSON struct {
	Result     casework.Result `json:"result"`
	Round      int             `json:"round"`
	Conditions []string        `json:"conditions"`
}

type planJSON struct {
	Suggestions    string   `json:"suggestions"`
	Experts        []string `json:"experts"`
	Activities     any      `json:"activities"`
	ScopingMission bool     `json:"scopingMission"`
}

// partiesJSON are those of the agreement: who receives support, and who gives it.
type partiesJSON struct {
	Recipient recipientJSON `json:"recipient"`
	Provider  string        `json:"provider"`
	Agreed    bool          `json:"agreed"` // the letters were exchanged
}

type recipientJSON struct {
	Institution     string `json:"institution"`
	Country         string `json:"country"`
	Signatory       string `json:"signatory"`
	SignatoryOffice string `json:"signatoryOffice"`
	ContactName     string `json:"contactName"`
	ContactEmail    string `json:"contactEmail"`
	ContactPhone    string `json:"contactPhone"`
}

type namedJSON struct {
	ID   casework.PersonID `json:"id"`
	Name string            `json:"name"`
}

// headJSON is what a list says of a request, and its whole as well.
type headJSON struct {
	CaseNumber  casework.CaseNumber `json:"caseNumber"`
	Phase       casework.Phase      `json:"phase"`
	Ending      *casework.Ending    `json:"ending"`
	Suspended   bool                `json:"suspended"`
	Country     *string             `json:"country"`
	Institution *string             `json:"institution"`
	Sector      *string             `json:"sector"`
	Resource    *string             `json:"resource"`
}

type requestJSON struct {
	headJSON
	NegotiationStage *string          `json:"negotiationStage"`
	NegotiationStep  *string          `json:"negotiationStep"`
	Renegotiation    bool             `json:"renegotiation"`
	Language         string           `json:"language"`
	Channel          string           `json:"channel"`
	Summary          string           `json:"summary"`
	Scope            string           `json:"scope"`
	Disciplines      []string         `json:"disciplines"`
	NeededFrom       *string          `json:"neededFrom"`
	NeededUntil      *string          `json:"neededUntil"`
	OpenedAt         time.Time        `json:"openedAt"`
	EndedAt          *time.Time       `json:"endedAt"`
	Officer          *officerJSON     `json:"officer"`
	Clock            clockJSON        `json:"clock"`
	OpenTasks        []taskJSON       `json:"openTasks"`
	StandingTasks    []taskJSON       `json:"standingTasks"`
	Documents        []documentJSON   `json:"documents"`
	Mails            []mailJSON       `json:"mails"`
	ReceivedMails    []receivedJSON   `json:"receivedMails"`
	Parties          partiesJSON      `json:"parties"`
	Risks            risksJSON        `json:"risks"`
	Decision         *decisionJSON    `json:"decision"`
	Plan             *planJSON        `json:"plan"`
	Activities       []activityJSON   `json:"activities"`
	Experts          []namedJSON      `json:"experts"` // whom plan, proposal and activities name
	Evaluations      []evaluationJSON `json:"evaluations"`
	Next             nextJSON         `json:"next"`
}

func requestOf(w *words.Words, v store.RequestView) requestJSON {
	j := requestJSON{headJSON: headJSON{CaseNumber: v.CaseNumber, Phase: v.Phase, Ending: orNull(v.Ending), Suspended: v.Suspended}, Clock: clockOf(v.Request),
		OpenTasks: tasksOf(w, v.Open), StandingTasks: tasksOf(w, v.Standing), Documents: documentsOf(v.Documents), Mails: mailsOf(v.Mails),
		ReceivedMails: receivedOf(v.Inbound), Parties: partiesOf(v.Request, v.Provider), Risks: risksOf(v), Activities: activitiesOf(v.Activities),
		Experts: []namedJSON{}, Evaluations: evaluationsOf(v.Evaluations), Next: nextOf(v.Next)}
	j.know(v.Request)
	if a := v.OfficerAccount; a != nil {
		j.Officer = &officerJSON{ID: a.ID, Name: a.Name, Email: a.Email}
	}
	if v.Decision != nil {
		j.Decision = &decisionJSON{Result: v.Decision.Result, Round: v.Decision.Round, Conditions: list(v.Conditions)}
	}
	if v.Plan != nil {
		f := v.Plan.Form
		j.Plan = &planJSON{Suggestions: f.String("suggestions"), Experts: list(f.Strings("experts")), Activities: f["activities"], ScopingMission: f.Bool("scopingMission")}
	}
	for _, e := range v.Experts {
		j.Experts = append(j.Experts, namedJSON{ID: e.ID, Name: e.Name})
	}
	return j
}

// know fills in the facts.
func (j *requestJSON) know(r store.Request) {
	j.Country, j.Institution, j.Sector, j.Resource = orNull(r.Country), orNull(r.Institution), orNull(r.Sector), orNull(r.Resource)
	j.NegotiationStage, j.NegotiationStep, j.Renegotiation = orNull(r.NegotiationStage), orNull(r.NegotiationStep), r.Renegotiation
	j.Language, j.Channel, j.Summary, j.Scope = r.Language, r.Channel, r.Summary, r.Scope
	j.Disciplines, j.NeededFrom, j.NeededUntil = list([]string(r.Disciplines)), orNull(r.NeededFrom), orNull(r.NeededUntil)
	j.OpenedAt, j.EndedAt = r.OpenedAt.UTC(), instant(r.EndedAt)
}

func partiesOf(r store.Request, provider string) partiesJSON {
	return partiesJSON{Recipient: recipientJSON{Institution: r.Institution, Country: r.Country, Signatory: r.Signatory, SignatoryOffice: r.SignatoryOffice,
		ContactName: r.ContactName, ContactEmail: r.ContactEmail, ContactPhone: r.ContactPhone}, Provider: provider, Agreed: r.Agreed}
}

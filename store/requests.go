package store

import (
	"encoding/json"
	"time"

	"connex/casework"
)

// Request is a request's row: where it stands, and what is known of it. Times are the case's unless they say Real.
type Request struct {
	CaseNumber casework.CaseNumber `db:"case_number"`
	Phase      casework.Phase      `db:"phase"`
	Ending     casework.Ending     `db:"ending"`
	Suspended  bool                `db:"suspended"`
	Withdrawn  bool                `db:"withdrawn"`
	Agreed     bool                `db:"agreed"`
	Officer    casework.PersonID   `db:"officer"`
	Risk       casework.Rating     `db:"risk"`

	Country          string       `db:"country"`
	Institution      string       `db:"institution"`
	Sector           string       `db:"sector"`
	Resource         string       `db:"resource"`
	NegotiationStage string       `db:"negotiation_stage"`
	NegotiationStep  string       `db:"negotiation_step"`
	Renegotiation    bool         `db:"renegotiation"`
	Language         string       `db:"language"`
	Channel          string       `db:"channel"`
	Summary          string       `db:"summary"`
	ContactName      string       `db:"contact_name"`
	ContactEmail     string       `db:"contact_email"`
	ContactPhone     string       `db:"contact_phone"`
	Scope            string       `db:"scope"`
	Disciplines      List[string] `db:"disciplines"`
	NeededFrom       string       `db:"needed_from"` // YYYY-MM-DD or empty, as all dates
	NeededUntil      string       `db:"needed_until"`
	LetterDocument   string       `db:"letter_document"`
	LetterDate       string       `db:"letter_date"`
	Signatory        string       `db:"signatory"`
	SignatoryOffice  string       `db:"signatory_office"`
	Background       string       `db:"background"`
	ProposedExpert   string       `db:"proposed_expert"`

	CalendarStart   time.Time     `db:"calendar_start"`
	DayLength       time.Duration `db:"day_length"`
	OpenedAt        time.Time     `db:"opened_at"`
	OpenedRealAt    time.Time     `db:"opened_real_at"`
	PhaseEnteredAt  time.Time     `db:"phase_entered_at"`
	SuspendedRealAt *time.Time    `db:"suspended_real_at"`
	EndedAt         *time.Time    `db:"ended_at"`
	EndedRealAt     *time.Time    `db:"ended_real_at"`

	Decision   *casework.BoardWord     `db:"-"`
	PlanAction casework.ActionID       `db:"plan_action"`
	Screening  json.RawMessage         `db:"-"` // Screening, as it was written
	Next       casework.Next           `db:"-"`
	Conflicts  List[casework.PersonID] `db:"conflicts"`
	Recused    List[casework.PersonID] `db:"recused"`
	TrailSeq   int64                   `db:"trail_seq"`
	TrailHash  string                  `db:"trail_hash"`
}

// Calendar is the case's own.
func (r Request) Calendar() casework.Calendar {
	return casework.Calendar{Start: r.CalendarStart.UTC(), DayLength: r.DayLength}
}

// Open tells whether the request goes on.
func (r Request) Open() bool { return r.Ending == "" }

// requestRow is a Request as the driver reads it.
type requestRow struct {
	Request
	DecisionJSON  jsonColumn `db:"decision"`
	ScreeningJSON jsonColumn `db:"screening"`
	NextJSON      jsonColumn `db:"next"`
}

func (row requestRow) request() (Request, error) {
	r := row.Request
	r.Screening = json.RawMessage(row.ScreeningJSON)
	if err := row.NextJSON.into(&r.Next); err != nil {
		return r, err
	}
	return r, row.DecisionJSON.into(&r.Decision)
}

// requestColumns of requests r.
const requestColumns = `r.case_number, r.phase, r.ending, r.suspended, r.withdrawn, r.agreed, r.officer, r.risk,
	r.country, r.institution, r.sector, r.resource, r.negotiation_stage, r.negotiation_step, r.renegotiation, r.language,
	r.channel, r.summary, r.contact_name, r.contact_email, r.contact_phone, r.scope, r.disciplines,
	COALESCE(r.needed_from::text, '') AS needed_from, COALESCE(r.needed_until::text, '') AS needed_until,
	COALESCE(r.letter_document::text, '') AS letter_document, COALESCE(r.letter_date::text, '') AS letter_date,
	r.signatory, r.signatory_office, r.background, r.proposed_expert,
	r.calendar_start, r.day_length, r.opened_at, r.opened_real_at, r.phase_entered_at, r.suspended_real_at, r.ended_at,
	r.ended_real_at, r.decision, COALESCE(r.plan_action::text, '') AS plan_action, r.screening, r.next, r.conflicts, r.recused,
	r.trail_seq, r.trail_hash`

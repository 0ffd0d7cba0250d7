package store

import (
	"context"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// RequestView is a request with all that its page shows. Votes and drafts of letters are not in it.
type RequestView struct {
	Request
	OfficerAccount *Account // nil while nobody runs it
	Provider       string   // of the support: the Secretariat
	Today          string   // the case's date
	Open           []Task   // what waits, most urgent first
	Standing       []Task
	Documents      []Document
	Mails          []Mail
	Inbound        []InboundMail
	Checks         []Action // the newest of each due-diligence check
	Conclusion     *Action
	Conditions     []string // of the due diligence and the votes in favour, merged
	Plan           *Action  // whose form is the agreed plan
	Proposal       *Action  // the newest, agreed to or not
	Activities     []Activity
	Evaluations    []Action
	Interests      []Interest
	Experts        []Expert // everybody whom plan, proposal, activities and interests name
}

// Activity is a support activity's row.
type Activity struct {
	CaseNumber  casework.CaseNumber     `db:"case_number" json:"case_number"`
	Number      int                     `db:"number" json:"number"`
	State       casework.ActivityState  `db:"state" json:"state"`
	Title       string                  `db:"title" json:"title"`
	Form        string                  `db:"form" json:"form"`
	Stage       string                  `db:"stage" json:"stage"`
	Experts     List[casework.PersonID] `db:"experts" json:"experts"`
	Start       string                  `db:"start_date" json:"start_date"`
	End         string                  `db:"end_date" json:"end_date"`
	Deliverable string                  `db:"deliverable" json:"deliverable"`
	CheckInDays int                     `db:"check_in_every_days" json:"check_in_every_days"`
	BeganAt     *time.Time              `db:"began_at" json:"began_at"`
	EndedAt     *time.Time              `db:"ended_at" json:"ended_at"`

	// The newest check-in: its outcome, who said so, when, and the whole form.
	LastCheckIn *Action           `db:"-" json:"-"`
	CheckInID   casework.ActionID `db:"check_in_action" json:"check_in_action"`
}

// Interest is where an expert's interests stand in a request.
type Interest struct {
	Expert casework.PersonID `db:"expert"`
	State  string            `db:"state"`
	Action casework.ActionID `db:"action_id"`
	At     time.Time         `db:"at"`
}

// visibleRequest is the row of a request that the reader may see.
func visibleRequest(ctx context.Context, q sqlx.QueryerContext, p Person, n casework.CaseNumber) (Request, error) {
	var row requestRow
	err := sqlx.GetContext(ctx, q, &row, `SELECT `+requestColumns+` FROM visible_to($1) v JOIN requests r USING (case_number) WHERE r.case_number = $2`,
		p.reader(), n)
	if err != nil {
		return Request{}, found(err)
	}
	return row.request()
}

// Request is a request's row, for whoever may see it.
func (s *Store) Request(ctx context.Context, p Person, n casework.CaseNumber) (Request, error) {
	return visibleRequest(ctx, s.db, p, n)
}

// RequestOf is a request's row whoever reads it: for workers, never for a page.
func (s *Store) RequestOf(ctx context.Context, n casework.CaseNumber) (Request, error) {
	var row requestRow
	if err := s.db.GetContext(ctx, &row, `SELECT `+requestColumns+` FROM requests r WHERE r.case_number = $1`, n); err != nil {
		return Request{}, found(err)
	}
	return row.request()
}

// RequestView is the whole request for a member of staff, as it was at one moment.
func (s *Store) RequestView(ctx context.Context, p Person, n casework.CaseNumber) (v RequestView, err error) {
	if p.Link != nil {
		return v, ErrNotFound // a guest's page is another one: see Request, Tasks and Documents
	}
	err = s.reading(ctx, func(tx *sqlx.Tx) error { return v.read(ctx, tx, p, n) })
	return v, err
}

func (v *RequestView) read(ctx context.Context, tx *sqlx.Tx, p Person, n casework.CaseNumber) (err error) {
	if v.Request, err = visibleRequest(ctx, tx, p, n); err != nil {
		return err
	}
	v.Today = casework.DateOf(v.Calendar().Process(time.Now()))
	parts := []func(context.Context, *sqlx.Tx, Person) error{v.readOfficer, v.readProvider, v.readTasks, v.readPapers, v.readDecisions, v.readSupport}
	for _, part := range parts {
		if err := part(ctx, tx, p); err != nil {
			return err
		}
	}
	return nil
}

func (v *RequestView) readProvider(ctx context.Context, tx *sqlx.Tx, _ Person) error {
	settings, err := settingsIn(ctx, tx)
	v.Provider = settings.Letterhead().Name
	return err
}

func (v *RequestView) readOfficer(ctx context.Context, tx *sqlx.Tx, _ Person) error {
	if v.Officer == "" {
		return nil
	}
	var a Account
	err := found(tx.GetContext(ctx, &a, `SELECT `+accountColumns+` FROM accounts WHERE id = $1`, v.Officer))
	if err == nil {
		v.OfficerAccount = &a
	}
	return err
}

func (v *RequestView) readTasks(ctx context.Context, tx *sqlx.Tx, p Person) error {
	var rows []taskRow
	err := tx.SelectContext(ctx, &rows, selectTasks+` WHERE t.case_number = $3 AND t.status = 'open' ORDER BY t.due_at NULLS LAST, t.opened_at, t.id`,
		p.reader(), p.ID, v.CaseNumber)
	if err != nil {
		return err
	}
	tasks, err := tasksOf(rows, p.ID)
	for _, t := range tasks {
		if t.Standing {
			v.Standing = append(v.Standing, t)
		} else {
			v.Open = append(v.Open, t)
		}
	}
	return err
}

func (v *RequestView) readPapers(ctx context.Context, tx *sqlx.Tx, p Person) error {
	err := tx.SelectContext(ctx, &v.Documents, `SELECT `+documentColumns+visibleDocuments+` AND d.case_number = $4 ORDER BY d.added_at, d.id`,
		p.reader(), p.ID, "", v.CaseNumber)
	if err != nil {
		return err
	}
	if err := tx.SelectContext(ctx, &v.Mails, `SELECT `+mailColumns+` FROM mails m WHERE m.case_number = $1 ORDER BY m.queued_at, m.seq`, v.CaseNumber); err != nil {
		return err
	}
	return tx.SelectContext(ctx, &v.Inbound, `SELECT `+inboundColumns+` FROM inbound_mails i WHERE i.case_number = $1 ORDER BY i.received_at, i.id`, v.CaseNumber)
}

// readDecisions finds what the page quotes: never votes, which the trail shows to whom it may.
func (v *RequestView) readDecisions(ctx context.Context, tx *sqlx.Tx, _ Person) error {
	kinds := append([]casework.TaskKind{casework.ConcludeDueDiligence, casework.ProposeSupport, casework.ReviseSupport, casework.WriteEvaluation,
		casework.ClosingEvaluation}, casework.Checks...)
	var rows []actionRow
	err := tx.SelectContext(ctx, &rows, `
		SELECT `+actionColumns+` FROM actions a WHERE a.case_number = $1 AND a.state = 'applied' AND a.kind = ANY ($2) ORDER BY a.settled_at, a.id`,
		v.CaseNumber, array(kinds))
	if err != nil {
		return err
	}
	actions, err := actionsOf(rows)
	newest := map[casework.TaskKind]Action{}
	for _, a := range actions {
		switch a.Kind {
		case casework.WriteEvaluation, casework.ClosingEvaluation:
			v.Evaluations = append(v.Evaluations, a)
		case casework.ConcludeDueDiligence:
			v.Conclusion = &a
		case casework.ProposeSupport:
			v.Proposal = &a
		case casework.ReviseSupport:
			if a.Outcome == casework.Change {
				v.Proposal = &a
			}
		}
		if a.ID == v.PlanAction {
			v.Plan = &a
		}
		newest[a.Kind] = a
	}
	for _, kind := range casework.Checks {
		if a, checked := newest[kind]; checked {
			v.Checks = append(v.Checks, a)
		}
	}
	if err != nil {
		return err
	}
	conditions, err := conditionsOf(ctx, tx, v.Request)
	for _, text := range conditions {
		v.Conditions = append(v.Conditions, text.(string))
	}
	return err
}

const activityColumns = `x.case_number, x.number, x.state, x.title, x.form, x.stage, x.experts, COALESCE(x.start_date::text, '') AS start_date,
	COALESCE(x.end_date::text, '') AS end_date, x.deliverable, x.check_in_every_days, x.began_at, x.ended_at,
	COALESCE(x.check_in_action::text, '') AS check_in_action`

func activitiesOf(ctx context.Context, q sqlx.QueryerContext, n casework.CaseNumber) (list []Activity, err error) {
	err = sqlx.SelectContext(ctx, q, &list, `SELECT `+activityColumns+` FROM activities x WHERE x.case_number = $1 ORDER BY x.number`, n)
	if err != nil || len(list) == 0 {
		return list, err
	}
	var ids []casework.ActionID
	for _, a := range list {
		ids = append(ids, a.CheckInID)
	}
	checkIns, err := actionsIn(ctx, q, n, ids)
	for i := range list {
		for _, c := range checkIns {
			if c.ID == list[i].CheckInID {
				list[i].LastCheckIn = &c
			}
		}
	}
	return list, err
}

func (v *RequestView) readSupport(ctx context.Context, tx *sqlx.Tx, _ Person) (err error) {
	if v.Activities, err = activitiesOf(ctx, tx, v.CaseNumber); err != nil {
		return err
	}
	err = tx.SelectContext(ctx, &v.Interests, `
		SELECT expert, state, COALESCE(action_id::text, '') AS action_id, at FROM interests WHERE case_number = $1 ORDER BY expert`, v.CaseNumber)
	if err != nil {
		return err
	}
	var named []casework.PersonID
	for _, a := range v.Activities {
		named = append(named, a.Experts...)
	}
	for _, i := range v.Interests {
		named = append(named, i.Expert)
	}
	for _, a := range []*Action{v.Plan, v.Proposal} {
		if a != nil {
			named = append(named, namedIn([]Action{*a})...)
		}
	}
	v.Experts, err = expertsNamed(ctx, tx, named)
	return err
}

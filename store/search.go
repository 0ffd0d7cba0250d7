package store

import (
	"context"
	"strings"
	"time"

	"connex/casework"
)

// What a search looks for.
const (
	InRequests  = "requests"
	InPeople    = "people"
	InTasks     = "tasks"
	InDocuments = "documents"
	InMails     = "mails"
)

// SearchKinds are all of them, in the order in which people look.
var SearchKinds = []string{InRequests, InPeople, InTasks, InDocuments, InMails}

// Search is what somebody looks for everywhere. Titles are what tasks of each kind are called for them.
type Search struct {
	Text   string
	Titles map[casework.TaskKind]string
	Limit  int // of each kind; one more is read, to know whether there are more
}

// Finder looks for the same words in several places.
type Finder struct {
	s      *Store
	p      Person
	search Search
	terms  []term
}

// Find reads what was typed. It finds nothing where there is no word in it: see Empty.
func (s *Store) Find(ctx context.Context, p Person, search Search) (Finder, error) {
	terms, err := s.terms(ctx, search.Text)
	return Finder{s, p, search, terms}, err
}

// Empty tells that nobody typed a word.
func (f Finder) Empty() bool { return len(f.terms) == 0 }

// joined are the terms as one tsquery.
func (f Finder) joined(operator string) string {
	parts := make([]string, len(f.terms))
	for i, t := range f.terms {
		parts[i] = "(" + t.Query + ")"
	}
	return strings.Join(parts, operator)
}

// Requests are those in which each word is found, newest first.
func (f Finder) Requests(ctx context.Context) ([]PortfolioLine, error) {
	page, err := portfolioPage(ctx, f.s.db, f.p, PortfolioFilter{Limit: f.search.Limit + 1}, f.terms)
	return page.Items, err
}

// Accounts are the colleagues of that name or address whose accounts are open.
func (f Finder) Accounts(ctx context.Context) (accounts []Account, err error) {
	err = f.s.db.SelectContext(ctx, &accounts, `SELECT `+accountColumns+` FROM accounts WHERE `+personWords+` @@ $1::tsquery AND active ORDER BY name, id LIMIT $2`,
		f.joined(" & "), f.search.Limit+1)
	return accounts, err
}

// Experts are those on the roster of that name or address. Who may read the roster is the caller's to know.
func (f Finder) Experts(ctx context.Context) (experts []Recipient, err error) {
	err = f.s.db.SelectContext(ctx, &experts, `SELECT 'expert' AS role, id, name, email FROM experts WHERE `+personWords+` @@ $1::tsquery ORDER BY name, id LIMIT $2`,
		f.joined(" & "), f.search.Limit+1)
	return experts, err
}

// Contact is somebody in a government, in the request that they stand in.
type Contact struct {
	CaseNumber  casework.CaseNumber `db:"case_number"`
	Name        string              `db:"contact_name"`
	Email       string              `db:"contact_email"`
	Institution string              `db:"institution"`
}

// Contacts are those of requests that the reader may see. A single word is theirs, of several the institution may have all
// but one. What fits is found by the indexes alone, and first: the planner expects far fewer, and would fold the words of
// each request anew.
func (f Finder) Contacts(ctx context.Context) (contacts []Contact, err error) {
	err = f.s.db.SelectContext(ctx, &contacts, `
		WITH fitting AS MATERIALIZED (
			SELECT case_number FROM requests WHERE `+officeWords+` @@ $2::tsquery
			INTERSECT SELECT case_number FROM requests WHERE `+contactWords+` @@ $3::tsquery)
		SELECT r.case_number, r.contact_name, r.contact_email, r.institution
		FROM   visible_to($1) v JOIN requests r USING (case_number) JOIN fitting USING (case_number)
		ORDER  BY r.opened_real_at DESC, r.case_number LIMIT $4`, f.p.reader(), f.joined(" & "), f.joined(" | "), f.search.Limit+1)
	return contacts, err
}

// foundIn begins a statement about things that belong to cases: what own has finds a word itself ($2, $3), or else the
// thing's case does; one word at least must be its own. What fits is in fitting, by ID, with its case and its place in the
// order. A single word must be its own.
func foundIn(own string) string {
	return `WITH term AS (SELECT query, countries, n FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS typed(query, countries, n)),
		own AS MATERIALIZED (` + own + `),
		inside AS MATERIALIZED (SELECT DISTINCT term.n, hit.case_number FROM term CROSS JOIN LATERAL (` + casesWith + `) hit WHERE cardinality($2::text[]) > 1),
		fitting AS MATERIALIZED (
			SELECT id, case_number, place FROM (
				SELECT n, id, case_number, place FROM own
				UNION SELECT i.n, o.id, o.case_number, o.place FROM inside i JOIN own o USING (case_number)) found
			GROUP BY id, case_number, place HAVING count(*) = cardinality($2::text[])) `
}

// Documents are files by title and name, newest first.
func (f Finder) Documents(ctx context.Context) (documents []Document, err error) {
	err = f.s.db.SelectContext(ctx, &documents, foundIn(`SELECT term.n, id, case_number, real_at AS place FROM term JOIN documents ON `+documentWords+` @@ term.query::tsquery`)+`
		SELECT `+documentColumns+strings.NewReplacer("$2", "$4", "$3", "$5").Replace(visibleDocuments)+` AND d.id IN (SELECT id FROM fitting)
		ORDER BY d.real_at DESC, d.id LIMIT $6`, f.p.reader(), queries(f.terms), countriesOf(f.terms), f.p.ID, linkRole(f.p), f.search.Limit+1)
	return documents, err
}

// Tasks are those that wait, by what they are called and whom they wait for, what is due first first.
func (f Finder) Tasks(ctx context.Context) (tasks []DueTask, err error) {
	var kinds, titles List[string]
	for kind, title := range f.search.Titles {
		kinds, titles = append(kinds, string(kind)), append(titles, title)
	}
	const waits = `status = 'open' AND NOT standing`
	err = f.s.db.SelectContext(ctx, &tasks, foundIn(`
			SELECT term.n, t.id, t.case_number, t.due_real_at AS place
			FROM   (SELECT kind, search_words(title) AS words FROM unnest($4::text[], $5::text[]) AS called(kind, title)) k
			JOIN   term ON k.words @@ term.query::tsquery JOIN tasks t ON t.kind = k.kind WHERE `+waits+`
			UNION  ALL
			SELECT term.n, t.id, t.case_number, t.due_real_at
			FROM   term CROSS JOIN LATERAL (
				SELECT id FROM accounts WHERE `+personWords+` @@ term.query::tsquery
				UNION ALL SELECT id FROM experts WHERE `+personWords+` @@ term.query::tsquery) p
			JOIN   tasks t ON t.holder = p.id AND t.holder <> '' WHERE `+waits)+`
		SELECT t.id, t.case_number, r.country, t.kind, t.activity, t.role, COALESCE(t.due_at, 'epoch') AS due_at,
			`+mine("$7", "$8")+` AS mine,
			COALESCE(t.due_real_at < COALESCE(r.suspended_real_at, now()), false) AS overdue,
			COALESCE(h.name, e.name, CASE WHEN t.role = 'government' THEN r.contact_name END, '') AS holder_name
		FROM   visible_to($1) v JOIN requests r USING (case_number) JOIN tasks t USING (case_number) `+taskHolders+`
		WHERE  t.id IN (SELECT id FROM fitting) ORDER BY t.due_real_at NULLS LAST, t.id LIMIT $6`,
		f.p.reader(), queries(f.terms), countriesOf(f.terms), kinds, titles, f.search.Limit+1, idsOf(f.p), array(f.p.Roles))
	return tasks, err
}

// FoundMail is a mail of a case, or one that waits to be triaged: then it has no case number.
type FoundMail struct {
	ID         string              `db:"id"`
	CaseNumber casework.CaseNumber `db:"case_number"`
	Subject    string              `db:"subject"`
	Who        string              `db:"who"` // whom it went to, or who sent it
	Came       bool                `db:"came"`
	At         time.Time           `db:"at"`
}

// Mails are found by subject and by whom they went to or came from, newest first. Mail that is of no case yet is for those
// who triage.
func (f Finder) Mails(ctx context.Context) (mails []FoundMail, err error) {
	err = f.s.db.SelectContext(ctx, &mails, foundIn(`
			SELECT term.n, message_id AS id, case_number, queued_at AS place FROM term JOIN mails ON `+mailWords+` @@ term.query::tsquery
			UNION ALL SELECT term.n, id::text, case_number, received_at FROM term JOIN inbound_mails ON `+inboundWords+` @@ term.query::tsquery`)+`,
		shown AS MATERIALIZED (
			SELECT id FROM fitting WHERE case_number IN (SELECT case_number FROM visible_to($1)) OR case_number = '' AND $4
			ORDER BY place DESC, id LIMIT $5)
		SELECT message_id AS id, case_number, subject, COALESCE(NULLIF(to_name, ''), to_address) AS who, false AS came, queued_at AS at
		FROM   mails WHERE message_id IN (SELECT id FROM shown)
		UNION  ALL SELECT id::text, case_number, subject, COALESCE(NULLIF(from_name, ''), from_address), true, received_at
		FROM   inbound_mails WHERE id::text IN (SELECT id FROM shown)
		ORDER  BY at DESC, id`,
		f.p.reader(), queries(f.terms), countriesOf(f.terms), f.p.Link == nil && f.p.Has(casework.CaseOfficer), f.search.Limit+1)
	return mails, err
}

package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"connex/casework"
)

// DocumentKind says how a document came to be.
type DocumentKind string

// The kinds of documents.
const (
	Upload     DocumentKind = "upload"
	Letter     DocumentKind = "letter" // shown once it has gone out
	MailFile   DocumentKind = "mail"   // attached to a received mail
	Invitation DocumentKind = "invitation"
	Draft      DocumentKind = "draft" // of a letter, for whoever signs it
)

// Document is a file of a case. Body is filled only where one asks for the file itself.
type Document struct {
	ID         string              `db:"id"`
	CaseNumber casework.CaseNumber `db:"case_number"`
	Kind       DocumentKind        `db:"kind"`
	Title      string              `db:"title"`
	Name       string              `db:"name"`
	MediaType  string              `db:"media_type"`
	Size       int64               `db:"size"`
	SHA256     string              `db:"sha256"`
	AddedBy    casework.PersonID   `db:"added_by"`
	AddedName  string              `db:"added_name"`
	AddedRole  casework.Role       `db:"added_role"`
	AddedAt    time.Time           `db:"added_at"` // process time
	Body       []byte              `db:"body"`
}

// documentColumns of documents d, but for the body.
const documentColumns = `d.id, d.case_number, d.kind, d.title, d.name, d.media_type, d.size, d.sha256, d.added_by, d.added_name, d.added_role,
	d.added_at`

// NewDocument is a file to be kept. What its bytes are was found out from the bytes, by whoever took them.
type NewDocument struct {
	CaseNumber casework.CaseNumber
	Kind       DocumentKind
	Key        string // of what is made and not uploaded: the same key and bytes are the same document
	Title      string
	Name       string
	MediaType  string
	Body       []byte
	By         Person
	Role       casework.Role // in which it was added
}

// NoRoom: a guest has added to the request as much as can be kept.
type NoRoom struct{ Why casework.Sentence }

func (e *NoRoom) Error() string { return "no room for another file: " + e.Why.ID }

// AddDocument keeps a file and notes it in the trail, also in a case that has ended. A letter is not noted here: the
// transition that sends it does.
func (s *Store) AddDocument(ctx context.Context, n NewDocument) (d Document, err error) {
	err = s.InCase(ctx, n.CaseNumber, func(c *Tx) error {
		d, err = c.AddDocument(ctx, n)
		return err
	})
	return d, err
}

// AddDocument is the same within a transaction.
func (c *Tx) AddDocument(ctx context.Context, n NewDocument) (d Document, err error) {
	sum := sha256.Sum256(n.Body)
	hash := hex.EncodeToString(sum[:])
	if n.Key != "" {
		err := c.tx.GetContext(ctx, &d, `SELECT `+documentColumns+` FROM documents d WHERE d.case_number = $1 AND d.key = $2 AND d.sha256 = $3`,
			c.Request.CaseNumber, n.Key, hash)
		if !errors.Is(err, sql.ErrNoRows) {
			return d, err
		}
	}
	if err := c.roomFor(ctx, n); err != nil {
		return d, err
	}
	if n.Body == nil {
		n.Body = []byte{}
	}
	n.Title, n.Name = clean(n.Title), clean(n.Name)
	err = c.tx.GetContext(ctx, &d, `
		INSERT INTO documents AS d (case_number, kind, key, title, name, media_type, size, sha256, body, added_by, added_name, added_role, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		RETURNING `+documentColumns,
		c.Request.CaseNumber, n.Kind, n.Key, n.Title, n.Name, n.MediaType, len(n.Body), hash, n.Body, n.By.ID, n.By.Name, n.Role, clip(c.ProcessNow()))
	if err != nil {
		return d, fmt.Errorf("keep %s: %w", n.Name, err)
	}
	if n.Kind != Letter {
		c.Note(Entry{What: casework.TrailDocumentAdded, Outcome: string(n.Kind), Reason: n.Title, About: d.ID}.by(n.By, n.Role))
	}
	return d, nil
}

// roomFor is a *NoRoom where a guest may add no such file any more. The case is locked, so two at once are counted.
func (c *Tx) roomFor(ctx context.Context, n NewDocument) error {
	if n.By.Link == nil {
		return nil
	}
	var added casework.Added
	err := c.tx.GetContext(ctx, &added, `
		SELECT count(*) AS files, COALESCE(sum(size), 0) AS bytes FROM documents
		WHERE  case_number = $1 AND kind = 'upload' AND added_by = $2 AND added_role = $3`, c.Request.CaseNumber, n.By.ID, n.Role)
	if err != nil {
		return err
	}
	if why := added.NoRoomFor(int64(len(n.Body))); why.ID != "" {
		return &NoRoom{why}
	}
	return nil
}

// DocumentsByKey are the documents that were made under a key of this case, oldest first, without their bytes.
func (c *Tx) DocumentsByKey(ctx context.Context, key string) (list []Document, err error) {
	err = c.tx.SelectContext(ctx, &list, `SELECT `+documentColumns+` FROM documents d WHERE d.case_number = $1 AND d.key = $2 ORDER BY d.real_at, d.id`,
		c.Request.CaseNumber, key)
	return list, err
}

// visibleDocuments of reader $1, who is the person $2 in the role $3 of their link (” for staff): staff see what a case
// has, but letters only once they went out; guests what they added themselves and what was mailed to them.
const visibleDocuments = `
	FROM   visible_to($1) v JOIN documents d USING (case_number)
	WHERE  ($3 = '' AND (d.kind <> 'letter' OR EXISTS (SELECT FROM letters l WHERE l.document = d.id)
	            OR EXISTS (SELECT FROM mails m WHERE m.case_number = d.case_number AND d.id = ANY (m.attachments)))
	        OR $3 <> '' AND (d.added_by = $2 OR EXISTS (
	            SELECT FROM mails m WHERE m.case_number = d.case_number AND m.to_role = $3 AND m.to_person = $2 AND d.id = ANY (m.attachments)
	            AND m.state IN ('sending', 'sent'))))`

// Document is a file with its bytes, for whoever may see it.
func (s *Store) Document(ctx context.Context, p Person, id string) (d Document, err error) {
	err = s.db.GetContext(ctx, &d, `SELECT `+documentColumns+`, d.body `+visibleDocuments+`
		AND    d.id = $4 AND d.case_number = (SELECT case_number FROM documents WHERE id = $4)`,
		p.reader(), p.ID, linkRole(p), uuidOr(id))
	return d, found(err)
}

// Documents of a case that the reader may see, oldest first, without their bytes.
func (s *Store) Documents(ctx context.Context, p Person, n casework.CaseNumber) (list []Document, err error) {
	err = s.db.SelectContext(ctx, &list, `SELECT `+documentColumns+visibleDocuments+` AND d.case_number = $4 ORDER BY d.added_at, d.id`,
		p.reader(), p.ID, linkRole(p), n)
	return list, err
}

// DocumentOf is a file of a case whoever reads it: for letters, never for a page.
func (s *Store) DocumentOf(ctx context.Context, n casework.CaseNumber, id string) (d Document, err error) {
	err = s.db.GetContext(ctx, &d, `SELECT `+documentColumns+`, d.body FROM documents d WHERE d.case_number = $1 AND d.id = $2`, n, uuidOr(id))
	return d, found(err)
}

// DocumentsNamed are those of these that are files of the case and that the reader may see, without their bytes: nobody may
// name what is not there.
func (s *Store) DocumentsNamed(ctx context.Context, p Person, n casework.CaseNumber, ids []string) (there []Document, err error) {
	err = s.db.SelectContext(ctx, &there, `SELECT `+documentColumns+` `+visibleDocuments+` AND d.case_number = $4 AND d.id = ANY ($5::uuid[])`,
		p.reader(), p.ID, linkRole(p), n, uuids(ids))
	return there, err
}

package store

import (
	"slices"
	"time"

	"connex/casework"

	"github.com/google/uuid"
)

// Person is who reads or acts: somebody of the staff, or the holder of a personal link.
type Person struct {
	ID    casework.PersonID
	Name  string
	Email string
	Roles []casework.Role
	Link  *Link // nil for staff
	Round int   // of their sessions: one of an earlier round is over

	Prefers   Preferences         // of staff
	StandsFor []casework.PersonID // who are away now
}

// Link is a personal link, for one person and one request. Its token is not kept, only the token's SHA-256.
type Link struct {
	ID         string              `db:"id"`
	CaseNumber casework.CaseNumber `db:"case_number"`
	Role       casework.Role       `db:"role"`
	Person     casework.PersonID   `db:"person"`
	Name       string              `db:"name"`
	Email      string              `db:"email"`
	TokenHash  []byte              `db:"token_hash"`
	CreatedAt  time.Time           `db:"created_at"`
	ExpiresAt  *time.Time          `db:"expires_at"` // set when the case ends
	RevokedAt  *time.Time          `db:"revoked_at"`
}

// Has tells whether p has one of these roles.
func (p Person) Has(roles ...casework.Role) bool {
	return slices.ContainsFunc(roles, func(r casework.Role) bool { return slices.Contains(p.Roles, r) })
}

// reader is who visible_to asks about: the account, or the link.
func (p Person) reader() string {
	if p.Link != nil {
		return p.Link.ID
	}
	return string(p.ID)
}

// holder turns a link into the person who holds it.
func (l Link) holder() Person {
	return Person{ID: l.Person, Name: l.Name, Email: l.Email, Roles: []casework.Role{l.Role}, Link: &l}
}

// ContactID names somebody in a government: the same address in the same request is the same person, whatever link they
// use, and the name gives no address away.
func ContactID(n casework.CaseNumber, email string) casework.PersonID {
	return casework.PersonID(uuid.NewSHA1(uuid.NameSpaceURL, []byte("connex:"+string(n)+":"+lower(email))).String())
}

package store

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"connex/casework"
)

// Entry is a line of a case's audit trail. Each carries the hash of the one before, so that a change, a removal or a
// swap shows; the request's row has the newest hash, so that a cut tail shows as well.
type Entry struct {
	CaseNumber casework.CaseNumber `db:"case_number"`
	Seq        int64               `db:"seq"`         // 1, 2, 3 … without a gap
	At         time.Time           `db:"at"`          // process time
	RecordedAt time.Time           `db:"recorded_at"` // real time
	ActorRole  casework.Role       `db:"actor_role"`
	ActorID    casework.PersonID   `db:"actor_id"`
	ActorName  string              `db:"actor_name"`
	OnBehalf   bool                `db:"on_behalf"` // of the government
	What       string              `db:"what"`
	Task       casework.TaskID     `db:"task_id"`
	TaskKind   casework.TaskKind   `db:"task_kind"`
	Activity   int                 `db:"activity"`
	Outcome    string              `db:"outcome"`
	Reason     string              `db:"reason"`
	Person     casework.PersonID   `db:"person"` // whom it is about
	About      string              `db:"about"`  // a document, a mail, a letter: what else it is about
	Version    int                 `db:"version"`
	PrevHash   string              `db:"prev_hash"`
	Hash       string              `db:"hash"`
}

// InPlace tells whether a task was completed in the place of somebody who was away: Person, then.
func (e Entry) InPlace() bool {
	_, completes := casework.KindOf(casework.TaskKind(e.What))
	return completes && e.Person != ""
}

// How an entry's hash is made: from version 2 on with a key that is not in the database.
const (
	plainSeal = 1
	keyedSeal = 2
)

// sealed is what the hash is made of: one JSON object with its names in alphabetical order, no white space, and times in
// UTC to the microsecond. It never changes; another form would be another version.
type sealed struct {
	About      string `json:"about"`
	Activity   int    `json:"activity"`
	ActorID    string `json:"actorId"`
	ActorName  string `json:"actorName"`
	ActorRole  string `json:"actorRole"`
	At         string `json:"at"`
	CaseNumber string `json:"caseNumber"`
	OnBehalf   bool   `json:"onBehalf"`
	Outcome    string `json:"outcome"`
	Person     string `json:"person"`
	PrevHash   string `json:"prevHash"`
	Reason     string `json:"reason"`
	RecordedAt string `json:"recordedAt"`
	Seq        int64  `json:"seq"`
	Task       string `json:"task"`
	TaskKind   string `json:"taskKind"`
	Version    int    `json:"version"`
	What       string `json:"what"`
}

const sealedTime = "2006-01-02T15:04:05.000000Z"

// sealed is the entry as it is hashed.
func (e Entry) sealed() sealed {
	return sealed{About: e.About, Activity: e.Activity, ActorID: string(e.ActorID), ActorName: e.ActorName, ActorRole: string(e.ActorRole),
		At: e.At.UTC().Format(sealedTime), CaseNumber: string(e.CaseNumber), OnBehalf: e.OnBehalf, Outcome: e.Outcome, Person: string(e.Person),
		PrevHash: e.PrevHash, Reason: e.Reason, RecordedAt: e.RecordedAt.UTC().Format(sealedTime), Seq: e.Seq, Task: string(e.Task),
		TaskKind: string(e.TaskKind), Version: e.Version, What: e.What}
}

// line is an entry as it is written: what was hashed, and the hash.
type line struct {
	sealed
	Hash string `json:"hash"`
}

func linesOf(entries []Entry) []line {
	lines := make([]line, len(entries))
	for i, e := range entries {
		lines[i] = line{sealed: e.sealed(), Hash: e.Hash}
	}
	return lines
}

// Seal is the hash of an entry whose PrevHash is set.
func (e Entry) Seal(key []byte) string { return sealOf(e.sealed(), e.Version, key) }

// sealOf is the hash of something that is sealed. The key counts from version 2 on.
func sealOf(sealed any, version int, key []byte) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(sealed) // texts and numbers: it cannot fail
	json := bytes.TrimSuffix(text.Bytes(), []byte("\n"))
	if version == plainSeal {
		sum := sha256.Sum256(json)
		return hex.EncodeToString(sum[:])
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(json)
	return hex.EncodeToString(mac.Sum(nil))
}

// versionOf is how one seals with this key.
func versionOf(key []byte) int {
	if key == nil {
		return plainSeal
	}
	return keyedSeal
}

// chain numbers and seals entries after the one that stands last.
func chain(entries []Entry, seq int64, hash string, key []byte) []Entry {
	version := versionOf(key)
	for i := range entries {
		e := &entries[i]
		seq++
		e.Seq, e.Version, e.PrevHash = seq, version, hash
		e.At, e.RecordedAt = clip(e.At), clip(e.RecordedAt)
		e.Hash = e.Seal(key)
		hash = e.Hash
	}
	return entries
}

// Tampered says where a trail is not what was written.
type Tampered struct {
	CaseNumber casework.CaseNumber
	Seq        int64
	Why        string
}

func (t *Tampered) Error() string {
	return fmt.Sprintf("trail of %s, entry %d: %s", t.CaseNumber, t.Seq, t.Why)
}

// Verify checks a whole trail, oldest first, against the length and the hash that its request keeps. The error is a
// *Tampered. With a key, no plain entry may follow a keyed one: else a forger would go back to plain hashes.
func Verify(n casework.CaseNumber, entries []Entry, length int64, head string, key []byte) error {
	hash, version := "", 0
	for i, e := range entries {
		fault := func(why string) error { return &Tampered{CaseNumber: n, Seq: e.Seq, Why: why} }
		switch {
		case e.CaseNumber != n:
			return fault("it belongs to another case")
		case e.Seq != int64(i)+1:
			return fault("an entry before it is missing, or there twice")
		case e.PrevHash != hash:
			return fault("it does not follow the entry before it")
		case e.Version < version || e.Version > keyedSeal:
			return fault("it is sealed in another way than the entry before it")
		case e.Version == keyedSeal && key == nil:
			return fault("its seal cannot be checked without the key")
		case !hmac.Equal([]byte(e.Seal(key)), []byte(e.Hash)):
			return fault("it was changed")
		}
		hash, version = e.Hash, e.Version
	}
	if int64(len(entries)) != length || hash != head {
		return &Tampered{CaseNumber: n, Seq: length, Why: "the newest entries are missing"}
	}
	return nil
}

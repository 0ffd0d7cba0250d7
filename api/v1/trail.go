package v1

import (
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// entryJSON has all that the entry's hash is made of, so that others can verify it.
type entryJSON struct {
	Seq        int64             `json:"seq"`
	At         time.Time         `json:"at"`
	RecordedAt time.Time         `json:"recordedAt"`
	Actor      actorJSON         `json:"actor"`
	What       string            `json:"what"`
	Task       *casework.TaskID  `json:"task"`
	TaskKind   string            `json:"taskKind"`
	Activity   *int              `json:"activity"`
	Outcome    *string           `json:"outcome"`
	Reason     *string           `json:"reason"`
	Person     casework.PersonID `json:"person"`
	About      string            `json:"about"`
	Version    int               `json:"version"`
	Hash       string            `json:"hash"`
	PrevHash   string            `json:"prevHash"`
}

type actorJSON struct {
	Role     casework.Role     `json:"role"`
	Name     string            `json:"name"`
	ID       casework.PersonID `json:"id"`
	OnBehalf bool              `json:"onBehalf"` // of the government
}

func entryOf(e store.Entry) entryJSON {
	return entryJSON{Seq: e.Seq, At: e.At.UTC(), RecordedAt: e.RecordedAt.UTC(), What: e.What, Task: orNull(e.Task), TaskKind: string(e.TaskKind),
		Actor:    actorJSON{Role: e.ActorRole, Name: e.ActorName, ID: e.ActorID, OnBehalf: e.OnBehalf},
		Activity: orNull(e.Activity), Outcome: orNull(e.Outcome), Reason: orNull(e.Reason), Person: e.Person, About: e.About, Version: e.Version,
		Hash: e.Hash, PrevHash: e.PrevHash}
}

func (s server) trail(c *gin.Context) error {
	return listed(c, func(most int, after string) (store.Page[store.Entry], error) {
		return s.Store.Trail(c.Request.Context(), web.PersonOf(c), casework.CaseNumber(c.Param("case")), most, after)
	}, entryOf)
}

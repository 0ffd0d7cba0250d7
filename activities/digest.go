package activities

import (
	"context"
	"fmt"
	"time"

	"connex/casework"
	"connex/housemail"
	"connex/store"
)

// Herald writes the daily digests.
type Herald struct {
	Store     *store.Store
	PublicURL string
}

// PrepareDigests writes one for each who wants it and for whom something waits. One of a person and day is there once,
// however often this runs.
func (h *Herald) PrepareDigests(ctx context.Context, now time.Time) (written casework.Digests, err error) {
	day := casework.DigestDay(now)
	if day == "" {
		return written, nil
	}
	readers, err := h.Store.DigestReaders(ctx)
	if err != nil {
		return written, fmt.Errorf("who wants a digest: %w", err)
	}
	for _, reader := range readers {
		id, err := h.prepare(ctx, reader, day)
		if err != nil {
			return written, fmt.Errorf("digest of %s: %w", reader.ID, err)
		}
		if id != "" {
			written.Mails = append(written.Mails, id)
		}
	}
	return written, nil
}

func (h *Herald) prepare(ctx context.Context, reader store.Account, day string) (id string, err error) {
	waiting, err := h.Store.DigestOf(ctx, reader.ID)
	if err != nil || waiting.None() {
		return "", err
	}
	err = h.Store.InHouse(ctx, reader.Person(), func(house *store.House) error {
		ids, err := house.Queue(ctx, housemail.Writer{PublicURL: h.PublicURL}.Digest(reader, day, waiting))
		if err == nil {
			id = ids[0]
		}
		return err
	})
	return id, err
}

package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// ErrSettingsMoved: somebody changed the same settings since they were shown.
var ErrSettingsMoved = errors.New("these settings were changed meanwhile")

// Settings are those that hold now; what nobody has changed is as the process has it.
func (s *Store) Settings(ctx context.Context) (casework.Settings, error) {
	return settingsIn(ctx, s.db)
}

// Settings are those that hold now, asked for once in a transaction.
func (c *Tx) Settings(ctx context.Context) (casework.Settings, error) {
	if c.settings != nil {
		return c.settings, nil
	}
	var err error
	c.settings, err = settingsIn(ctx, c.tx)
	return c.settings, err
}

func settingsIn(ctx context.Context, q sqlx.QueryerContext) (casework.Settings, error) {
	var rows []struct {
		Name  casework.SettingName `db:"name"`
		Value string               `db:"value"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, `SELECT DISTINCT ON (name) name, value #>> '{}' AS value FROM settings ORDER BY name, seq DESC`)
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	settings := casework.Settings{}
	for _, row := range rows {
		settings[row.Name] = row.Value
	}
	return settings.Changed(), nil
}

// SettingsChange is what somebody does to a group of settings.
type SettingsChange struct {
	ID     string // of the form: sent twice it is one change
	By     Person
	Group  casework.SettingGroup
	Seen   string            // the sum of the group as it was shown
	To     casework.Settings // as they are to be; other groups' are left alone
	Reason string
}

// ChangeSettings changes what holds; what it was stays on record. ErrSettingsMoved where it was no longer what the
// person saw.
func (s *Store) ChangeSettings(ctx context.Context, c SettingsChange) error {
	return s.inTx(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('settings', 2))`); err != nil {
			return err
		}
		if before, err := changedBy(ctx, tx, c.ID); err != nil || before {
			return err
		}
		now, err := settingsIn(ctx, tx)
		switch {
		case err != nil:
			return err
		case now.SumOf(c.Group) != c.Seen:
			return ErrSettingsMoved
		}
		return s.writeSettings(ctx, tx, now, c)
	})
}

// SettingsChanged tells whether a form has been taken before.
func (s *Store) SettingsChanged(ctx context.Context, id string) (bool, error) {
	return changedBy(ctx, s.db, id)
}

func changedBy(ctx context.Context, q sqlx.QueryerContext, id string) (before bool, err error) {
	err = sqlx.GetContext(ctx, q, &before, `SELECT EXISTS (SELECT FROM settings WHERE change_id = $1)`, uuidOr(id))
	return before, err
}

func (s *Store) writeSettings(ctx context.Context, tx *sqlx.Tx, now casework.Settings, c SettingsChange) error {
	var last struct {
		Hash string    `db:"hash"`
		Now  time.Time `db:"now"`
	}
	err := tx.GetContext(ctx, &last, `SELECT COALESCE((SELECT hash FROM settings ORDER BY seq DESC LIMIT 1), '') AS hash, clock_timestamp() AS now`)
	if err != nil {
		return err
	}
	for _, setting := range casework.SettingsOf(c.Group) {
		change := SettingChange{Name: setting.Name, Was: now.Text(setting.Name), Is: c.To.Text(setting.Name), Reason: clean(c.Reason),
			ChangedBy: c.By.ID, ByName: c.By.Name, ChangedAt: clip(last.Now), ChangeID: uuidOr(c.ID), PrevHash: last.Hash}
		if change.Was == change.Is {
			continue
		}
		change = change.sealedWith(s.seal)
		_, err := tx.ExecContext(ctx, `
			INSERT INTO settings (name, value, was, changed_by, by_name, changed_at, reason, change_id, version, prev_hash, hash)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, change.Name, asJSON(change.Is), asJSON(change.Was), change.ChangedBy, change.ByName,
			change.ChangedAt, change.Reason, change.ChangeID, change.Version, change.PrevHash, change.Hash)
		if err != nil {
			return fmt.Errorf("setting %s: %w", change.Name, err)
		}
		last.Hash = change.Hash
	}
	return nil
}

// SettingChange is one line of the settings' history.
type SettingChange struct {
	Seq       int64                `db:"seq"`
	Name      casework.SettingName `db:"name"`
	Was       string               `db:"was"`
	Is        string               `db:"is"`
	Reason    string               `db:"reason"`
	ChangedBy casework.PersonID    `db:"changed_by"`
	ByName    string               `db:"by_name"`
	ChangedAt time.Time            `db:"changed_at"`
	ChangeID  string               `db:"change_id"`
	Version   int                  `db:"version"`
	PrevHash  string               `db:"prev_hash"`
	Hash      string               `db:"hash"`
}

const settingColumns = `seq, name, was #>> '{}' AS was, value #>> '{}' AS is, reason, changed_by, by_name, changed_at, change_id::text AS change_id,
	version, prev_hash, hash`

// SettingHistory is a piece of what was changed by whom and why, newest first.
func (s *Store) SettingHistory(ctx context.Context, asked int, after string) (Page[SettingChange], error) {
	before, _ := seqOf(after)
	most := limit(asked)
	var changes []SettingChange
	err := s.db.SelectContext(ctx, &changes, `
		SELECT `+settingColumns+` FROM settings WHERE version > 0 AND ($1 = 0 OR seq < $1) ORDER BY seq DESC LIMIT $2`, before, most+1)
	return pageOf(changes, most, func(c SettingChange) string { return cursor(strconv.FormatInt(c.Seq, 10)) }), err
}

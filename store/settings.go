package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"connex/casework"
)

// workflowSettings is the name under which the settings of the process stand.
const workflowSettings = "process"

// Settings are those of the process as they are now; what nobody has changed is as process.md has it.
func (s *Store) Settings(ctx context.Context) (casework.Settings, error) {
	settings := casework.DefaultSettings()
	err := s.Setting(ctx, workflowSettings, &settings)
	if err == ErrNotFound {
		err = nil
	}
	return settings, err
}

// ChangeSettings changes those of the process, from each request's next phase on.
func (s *Store) ChangeSettings(ctx context.Context, by Person, settings casework.Settings) error {
	return s.ChangeSetting(ctx, by, workflowSettings, settings)
}

// Setting reads any other setting into target; ErrNotFound where nobody has set it.
func (s *Store) Setting(ctx context.Context, name string, target any) error {
	var value jsonColumn
	err := s.db.GetContext(ctx, &value, `SELECT value FROM settings WHERE name = $1 ORDER BY seq DESC LIMIT 1`, name)
	if err != nil {
		return found(err)
	}
	if err := value.into(target); err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return nil
}

// ChangeSetting sets it; what it was stays on record.
func (s *Store) ChangeSetting(ctx context.Context, by Person, name string, value any) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO settings (name, value, changed_by) VALUES ($1, $2, $3)`, name, asJSON(value), by.ID)
	return err
}

// SettingChange is one value that a setting had.
type SettingChange struct {
	Name      string            `db:"name"`
	Value     json.RawMessage   `db:"value"`
	ChangedBy casework.PersonID `db:"changed_by"`
	ByName    string            `db:"by_name"`
	ChangedAt time.Time         `db:"changed_at"`
}

// SettingHistory is what was changed by whom, newest first.
func (s *Store) SettingHistory(ctx context.Context) (changes []SettingChange, err error) {
	err = s.db.SelectContext(ctx, &changes, `
		SELECT s.name, s.value, s.changed_by, COALESCE(a.name, '') AS by_name, s.changed_at
		FROM   settings s LEFT JOIN accounts a ON a.id = s.changed_by ORDER BY s.seq DESC LIMIT 200`)
	return changes, err
}

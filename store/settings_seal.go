package store

import (
	"context"
	"crypto/hmac"
	"fmt"
)

// sealedSetting is what the hash of a change is made of; like a line of a case's trail it never changes its form.
type sealedSetting struct {
	By       string `json:"by"`
	ByName   string `json:"byName"`
	At       string `json:"changedAt"`
	ID       string `json:"changeId"`
	Is       string `json:"is"`
	Name     string `json:"name"`
	PrevHash string `json:"prevHash"`
	Reason   string `json:"reason"`
	Version  int    `json:"version"`
	Was      string `json:"was"`
}

func (c SettingChange) seal(key []byte) string {
	return sealOf(sealedSetting{By: string(c.ChangedBy), ByName: c.ByName, At: c.ChangedAt.UTC().Format(sealedTime), ID: c.ChangeID, Is: c.Is,
		Name: string(c.Name), PrevHash: c.PrevHash, Reason: c.Reason, Version: c.Version, Was: c.Was}, c.Version, key)
}

// sealedWith is the change as it is written behind the one that stands last.
func (c SettingChange) sealedWith(key []byte) SettingChange {
	c.Version = versionOf(key)
	c.Hash = c.seal(key)
	return c
}

// SettingsTampered says which change of a setting is not what was written.
type SettingsTampered struct {
	Seq int64
	Why string
}

func (t *SettingsTampered) Error() string {
	return fmt.Sprintf("settings, change %d: %s", t.Seq, t.Why)
}

// CheckSettings verifies the history of the settings; a *SettingsTampered error says where it is not what was written.
// Nothing keeps the newest hash elsewhere, so that a cut tail does not show; the database refuses to cut it.
func (s *Store) CheckSettings(ctx context.Context) error {
	var changes []SettingChange
	err := s.db.SelectContext(ctx, &changes, `SELECT `+settingColumns+` FROM settings WHERE version > 0 ORDER BY seq`)
	if err != nil {
		return err
	}
	hash, version := "", 0
	for _, c := range changes {
		switch {
		case c.PrevHash != hash:
			return &SettingsTampered{c.Seq, "it does not follow the change before it"}
		case c.Version < version || c.Version > keyedSeal:
			return &SettingsTampered{c.Seq, "it is sealed in another way than the change before it"}
		case c.Version == keyedSeal && s.seal == nil:
			return &SettingsTampered{c.Seq, "its seal cannot be checked without the key"}
		case !hmac.Equal([]byte(c.seal(s.seal)), []byte(c.Hash)):
			return &SettingsTampered{c.Seq, "it was changed"}
		}
		hash, version = c.Hash, c.Version
	}
	return nil
}

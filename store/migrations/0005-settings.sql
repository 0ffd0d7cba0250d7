-- Whoever changes a setting says why, and the change can be traced: what it was, who changed it, sealed like a case's
-- trail. Rows from before have no seal and stay as they are.

ALTER TABLE settings
	ADD COLUMN change_id  uuid,                          -- of the form that was sent; sent twice it is one change
	ADD COLUMN was        jsonb,
	ADD COLUMN reason     text NOT NULL DEFAULT '',
	ADD COLUMN by_name    text NOT NULL DEFAULT '',      -- as it was then
	ADD COLUMN version    smallint NOT NULL DEFAULT 0,   -- 0: without a seal
	ADD COLUMN prev_hash  text NOT NULL DEFAULT '',
	ADD COLUMN hash       text NOT NULL DEFAULT '',
	ADD CONSTRAINT a_sealed_change_is_whole CHECK (version = 0 OR change_id IS NOT NULL AND was IS NOT NULL AND reason <> '' AND hash ~ '^[0-9a-f]{64}$');

CREATE UNIQUE INDEX settings_change_once ON settings (change_id, name);

CREATE TRIGGER settings_only_grow BEFORE UPDATE OR DELETE ON settings FOR EACH ROW EXECUTE FUNCTION trail_only_grows();
CREATE TRIGGER settings_are_never_emptied BEFORE TRUNCATE ON settings FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows();

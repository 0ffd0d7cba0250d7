-- What staff write on a case for each other, and whom they mention. A note decides nothing and is never changed: the trail
-- has its hash. And the real instant at which a task was opened, so that a page can tell what one transition caused; older
-- tasks have none.

CREATE TABLE notes (
	id          uuid PRIMARY KEY, -- from the page, so that a double click is one
	case_number text NOT NULL REFERENCES requests,
	author      text NOT NULL REFERENCES accounts,
	author_name text NOT NULL,
	author_role text NOT NULL,
	text        text NOT NULL,
	sha256      text NOT NULL,
	at          timestamptz NOT NULL,
	real_at     timestamptz NOT NULL,
	CONSTRAINT a_note_says_something CHECK (text ~ '\S' AND length(text) <= 10000),
	CONSTRAINT a_hash_is_the_texts CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'))
);
CREATE INDEX notes_by_case ON notes (case_number, real_at);

CREATE TABLE mentions (
	note    uuid NOT NULL REFERENCES notes,
	person  text NOT NULL REFERENCES accounts,
	read_at timestamptz,
	PRIMARY KEY (note, person)
);
CREATE INDEX mentions_unread ON mentions (person) WHERE read_at IS NULL;

CREATE FUNCTION notes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'a note stays as it was written: % is refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER notes_stay BEFORE UPDATE OR DELETE ON notes FOR EACH ROW EXECUTE FUNCTION notes_stay();

ALTER TABLE tasks ADD COLUMN opened_real_at timestamptz;

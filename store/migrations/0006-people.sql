-- People of the staff come by invitation, forget passwords, go on leave, read in their own way, and leave. Sessions end
-- with a new password, mails that belong to no case are kept like those that do, and what administrators change stays
-- on record. None of it is case content.

ALTER TABLE accounts
	ADD COLUMN session_round integer NOT NULL DEFAULT 0, -- a session of an earlier round is over
	ADD COLUMN signed_in_at  timestamptz,
	ADD COLUMN left_at       timestamptz,
	ADD COLUMN language      text NOT NULL DEFAULT 'en',
	ADD COLUMN writing       text NOT NULL DEFAULT 'en-GB', -- of dates and numbers
	ADD COLUMN time_zone     text NOT NULL DEFAULT 'Europe/Berlin',
	ADD COLUMN look          text NOT NULL DEFAULT '',      -- '': as the device has it
	ADD COLUMN mails         text NOT NULL DEFAULT 'at-once',
	ADD CONSTRAINT a_look_is_known CHECK (look IN ('', 'light', 'dark')),
	ADD CONSTRAINT mails_come_at_once_or_daily CHECK (mails IN ('at-once', 'daily')),
	ADD CONSTRAINT who_has_left_is_not_active CHECK (left_at IS NULL OR NOT active);

-- Links by mail with which somebody chooses a password; good once. Only the hash of a token is kept.
CREATE TABLE account_links (
	id         text PRIMARY KEY,
	account    text NOT NULL REFERENCES accounts,
	purpose    text NOT NULL,
	token_hash bytea NOT NULL UNIQUE,
	created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	expires_at timestamptz NOT NULL,
	used_at    timestamptz, -- or made useless by another that was used
	CONSTRAINT a_purpose_is_known CHECK (purpose IN ('invitation', 'password')),
	CONSTRAINT a_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX account_links_by_account ON account_links (account, purpose, created_at);

-- Mails to staff that belong to no case; as for mails, the links themselves are never stored.
CREATE TABLE house_mails (
	message_id text PRIMARY KEY,
	key        text NOT NULL CONSTRAINT one_house_mail_for_a_key UNIQUE,
	template   text NOT NULL,
	to_person  text NOT NULL,
	to_name    text NOT NULL,
	to_address text NOT NULL,
	subject    text NOT NULL,
	text       text NOT NULL, -- with {link} where that will stand
	link_id    text REFERENCES account_links,
	state      text NOT NULL DEFAULT 'queued',
	answer     text NOT NULL DEFAULT '',
	queued_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
	sending_at timestamptz,
	settled_at timestamptz,
	CONSTRAINT a_header_is_one_line CHECK (subject !~ '[\r\n]' AND to_address !~ '[\r\n]' AND message_id !~ '[\r\n]'),
	CONSTRAINT a_state_is_known CHECK (state IN ('queued', 'sending', 'sent', 'refused', 'cancelled')),
	CONSTRAINT what_is_settled_has_its_time CHECK ((state IN ('sent', 'refused', 'cancelled')) = (settled_at IS NOT NULL)),
	CONSTRAINT what_was_sent_was_handed_over CHECK (state NOT IN ('sending', 'sent') OR sending_at IS NOT NULL)
);
CREATE INDEX house_mails_unsent ON house_mails (queued_at) WHERE state IN ('queued', 'sending');
CREATE INDEX house_mails_by_person ON house_mails (to_person, queued_at);

-- What was changed about people, by whom and why. It only grows.
CREATE TABLE admin_trail (
	seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at         timestamptz NOT NULL DEFAULT clock_timestamp(),
	actor      text NOT NULL, -- an account; '': the command line
	actor_name text NOT NULL,
	what       text NOT NULL,
	about      text NOT NULL, -- the account that it is about
	about_name text NOT NULL,
	was        text NOT NULL,
	becomes    text NOT NULL,
	reason     text NOT NULL
);
CREATE INDEX admin_trail_by_account ON admin_trail (about, seq);
CREATE TRIGGER admin_trail_only_grows BEFORE UPDATE OR DELETE ON admin_trail FOR EACH ROW EXECUTE FUNCTION trail_only_grows();
CREATE TRIGGER admin_trail_is_never_emptied BEFORE TRUNCATE ON admin_trail FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows();

-- When somebody is away, in Berlin days of real time, and who stands in for them meanwhile.
CREATE TABLE absences (
	id         text PRIMARY KEY,
	account    text NOT NULL REFERENCES accounts,
	substitute text REFERENCES accounts, -- nobody: their tasks wait
	from_day   date NOT NULL,
	until_day  date NOT NULL, -- the last day away
	made_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
	ended_at   timestamptz,   -- taken back, or back sooner
	CONSTRAINT an_absence_begins_before_it_ends CHECK (from_day <= until_day),
	CONSTRAINT nobody_stands_in_for_themselves CHECK (substitute <> account)
);
CREATE INDEX absences_by_account ON absences (account) WHERE ended_at IS NULL;
CREATE INDEX absences_by_substitute ON absences (substitute) WHERE ended_at IS NULL;

-- For whom somebody may act at an instant.
CREATE FUNCTION stood_in_for(deputy text, at timestamptz) RETURNS SETOF text LANGUAGE sql STABLE ROWS 2 AS $$
	SELECT a.account FROM absences a
	WHERE  a.substitute = deputy AND a.made_at <= at AND (a.ended_at IS NULL OR a.ended_at > at)
	AND    (at AT TIME ZONE 'Europe/Berlin')::date BETWEEN a.from_day AND a.until_day
$$;

-- In whose place somebody did something; '': in their own.
ALTER TABLE actions ADD COLUMN stands_for text NOT NULL DEFAULT '';

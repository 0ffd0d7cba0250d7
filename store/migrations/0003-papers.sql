-- What is written and handed over: files, letters, mails both ways, personal links with their codes, drafts of forms;
-- and what a request leads to: support activities and the experts' interests.

CREATE TABLE documents (
	id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	case_number text NOT NULL REFERENCES requests,
	kind        text NOT NULL, -- upload, letter, mail, invitation
	key         text NOT NULL, -- of what is made and not uploaded: the same key and bytes are the same document
	title       text NOT NULL,
	name        text NOT NULL, -- of the file
	media_type  text NOT NULL,
	size        bigint NOT NULL,
	sha256      text NOT NULL,
	body        bytea NOT NULL,
	added_by    text NOT NULL,
	added_name  text NOT NULL,
	added_role  text NOT NULL,
	added_at    timestamptz NOT NULL,
	real_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
	CONSTRAINT a_kind_is_known CHECK (kind IN ('upload', 'letter', 'mail', 'invitation')),
	CONSTRAINT a_size_is_the_bodys CHECK (size = octet_length(body)),
	CONSTRAINT a_hash_is_the_bodys CHECK (sha256 = encode(sha256(body), 'hex'))
);
CREATE INDEX documents_by_case ON documents (case_number, added_at);
CREATE UNIQUE INDEX one_document_for_a_key ON documents (case_number, key, sha256) WHERE key <> '';

CREATE TABLE letters (
	case_number text NOT NULL REFERENCES requests,
	key         text NOT NULL,
	kind        text NOT NULL,
	document    uuid NOT NULL REFERENCES documents,
	actions     uuid[] NOT NULL DEFAULT '{}', -- whose forms hold its texts
	activity    integer NOT NULL DEFAULT 0,
	scan        boolean NOT NULL DEFAULT false,
	at          timestamptz NOT NULL,
	PRIMARY KEY (case_number, key)
);

CREATE FUNCTION approval_needs_the_board() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.kind = 'approval' AND NOT EXISTS (
		SELECT FROM requests WHERE case_number = NEW.case_number AND decision->>'result' = 'approved') THEN
		RAISE EXCEPTION 'no approval letter without a board decision in its favour'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_needs_the_board';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER approval_needs_the_board BEFORE INSERT OR UPDATE ON letters FOR EACH ROW EXECUTE FUNCTION approval_needs_the_board();

CREATE TABLE activities (
	case_number         text NOT NULL REFERENCES requests,
	number              integer NOT NULL CONSTRAINT activities_count_from_one CHECK (number > 0),
	state               text NOT NULL,
	title               text NOT NULL,
	form                text NOT NULL,
	stage               text NOT NULL,
	experts             text[] NOT NULL,
	start_date          date,
	end_date            date,
	deliverable         text NOT NULL,
	check_in_every_days integer NOT NULL DEFAULT 0,
	action_id           uuid REFERENCES actions, -- whose form has its texts
	check_in_action     uuid REFERENCES actions, -- the newest
	began_at            timestamptz,
	ended_at            timestamptz,
	PRIMARY KEY (case_number, number),
	CONSTRAINT a_state_is_known CHECK (state IN ('planned', 'running', 'ended', 'evaluated', 'cancelled')),
	CONSTRAINT what_runs_has_begun CHECK (state NOT IN ('running', 'ended', 'evaluated') OR began_at IS NOT NULL),
	CONSTRAINT an_end_has_its_time CHECK ((state IN ('ended', 'evaluated')) = (ended_at IS NOT NULL))
);

CREATE FUNCTION activity_needs_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM requests WHERE case_number = NEW.case_number AND agreed) THEN
		RAISE EXCEPTION 'no activity without the exchange of letters'
			USING ERRCODE = 'check_violation', CONSTRAINT = 'activity_needs_agreement';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER activity_needs_agreement BEFORE INSERT ON activities FOR EACH ROW EXECUTE FUNCTION activity_needs_agreement();

-- An expert's interests in one request.
CREATE TABLE interests (
	case_number text NOT NULL REFERENCES requests,
	expert      text NOT NULL REFERENCES experts,
	state       text NOT NULL,
	action_id   uuid REFERENCES actions, -- the newest: declared, accepted, replaced
	at          timestamptz NOT NULL,
	PRIMARY KEY (case_number, expert),
	CONSTRAINT a_state_is_known CHECK (state IN ('none', 'disclosed', 'accepted', 'replaced'))
);

-- A personal link is for one person and one request. Only the hash of its token is kept.
CREATE TABLE links (
	id          text PRIMARY KEY,
	case_number text NOT NULL,
	role        text NOT NULL,
	person      text NOT NULL,
	name        text NOT NULL,
	email       text NOT NULL,
	token_hash  bytea NOT NULL UNIQUE,
	created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
	expires_at  timestamptz, -- set when the case ends
	revoked_at  timestamptz,
	CONSTRAINT links_are_for_guests CHECK (role IN ('government', 'expert')),
	CONSTRAINT a_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX links_by_case ON links (case_number, role, person);

-- Codes by mail that confirm what weighs most; good once, and for so many tries.
CREATE TABLE codes (
	id         text PRIMARY KEY,
	link_id    text NOT NULL REFERENCES links,
	task_id    uuid NOT NULL REFERENCES tasks,
	code_hash  bytea NOT NULL,
	created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	expires_at timestamptz NOT NULL,
	used_at    timestamptz,
	tries      integer NOT NULL DEFAULT 0,
	CONSTRAINT a_hash_is_sha256 CHECK (octet_length(code_hash) = 32)
);
CREATE INDEX codes_by_link ON codes (link_id, task_id) WHERE used_at IS NULL;

CREATE TABLE mails (
	message_id  text PRIMARY KEY,
	case_number text NOT NULL REFERENCES requests,
	key         text NOT NULL,
	template    text NOT NULL,
	to_role     text NOT NULL,
	to_person   text NOT NULL,
	to_name     text NOT NULL,
	to_address  text NOT NULL,
	subject     text NOT NULL,
	text        text NOT NULL, -- with {link} and {code} where those will stand
	html        text NOT NULL,
	in_reply_to text NOT NULL,
	attachments uuid[] NOT NULL DEFAULT '{}',
	letter      text NOT NULL, -- key of the letter that it brings
	task_id     uuid REFERENCES tasks,
	link_id     text REFERENCES links,
	code_id     text REFERENCES codes,
	state       text NOT NULL DEFAULT 'queued',
	answer      text NOT NULL DEFAULT '', -- the mail server's, in full
	at          timestamptz NOT NULL,     -- process time at which it was queued
	queued_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
	sending_at  timestamptz,
	settled_at  timestamptz,
	seq         bigint GENERATED ALWAYS AS IDENTITY, -- the order in which they were queued
	CONSTRAINT one_mail_for_a_key UNIQUE (case_number, key, to_address),
	CONSTRAINT a_header_is_one_line CHECK (subject !~ '[\r\n]' AND to_address !~ '[\r\n]' AND message_id !~ '[\r\n]' AND in_reply_to !~ '[\r\n]'),
	CONSTRAINT a_state_is_known CHECK (state IN ('queued', 'sending', 'sent', 'refused', 'cancelled')),
	CONSTRAINT what_is_settled_has_its_time CHECK ((state IN ('sent', 'refused', 'cancelled')) = (settled_at IS NOT NULL)),
	CONSTRAINT what_was_sent_was_handed_over CHECK (state NOT IN ('sending', 'sent') OR sending_at IS NOT NULL)
);
CREATE INDEX mails_unsent ON mails (queued_at) WHERE state IN ('queued', 'sending');
CREATE INDEX mails_by_task ON mails (task_id) WHERE state = 'queued';

-- Received mail is filed whole and decides nothing. Message-IDs can be missing or forged: identity is ID and hash.
CREATE TABLE inbound_mails (
	id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	message_id     text NOT NULL,
	sha256         text NOT NULL,
	raw            bytea NOT NULL,
	from_address   text NOT NULL,
	from_name      text NOT NULL,
	subject        text NOT NULL,
	text           text NOT NULL,
	kind           text NOT NULL, -- mail, automatic reply, bounce …
	filed_as       text NOT NULL,
	case_number    text NOT NULL DEFAULT '',
	unknown_sender boolean NOT NULL,
	attachments    uuid[] NOT NULL DEFAULT '{}',
	received_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
	CONSTRAINT a_mail_is_filed_once UNIQUE (message_id, sha256),
	CONSTRAINT a_filing_is_known CHECK (filed_as IN ('case', 'first-interest', 'raw')),
	CONSTRAINT what_is_filed_to_a_case_has_it CHECK (filed_as <> 'case' OR case_number <> ''),
	CONSTRAINT a_hash_is_the_bodys CHECK (sha256 = encode(sha256(raw), 'hex'))
);
CREATE INDEX inbound_mails_by_case ON inbound_mails (case_number, received_at);

-- Half-filled forms: per person and task, and they may be incomplete.
CREATE TABLE drafts (
	task_id  uuid NOT NULL REFERENCES tasks,
	person   text NOT NULL,
	form     jsonb NOT NULL,
	saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (task_id, person)
);

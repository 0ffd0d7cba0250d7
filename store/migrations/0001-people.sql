-- Who works with the system: accounts of staff and their sessions, the roster of experts with their signatures of the
-- Code of Conduct, and the settings. None of it is case content, so an administrator may see it all.

CREATE TABLE accounts (
	id            text PRIMARY KEY DEFAULT gen_random_uuid()::text,
	email         text NOT NULL CONSTRAINT one_account_for_an_address UNIQUE,
	name          text NOT NULL,
	phone         text NOT NULL DEFAULT '', -- mails to governments name it
	password_hash text NOT NULL,
	roles         text[] NOT NULL,
	active        boolean NOT NULL DEFAULT true,
	created_at    timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT an_address_is_lower_case CHECK (email = lower(email) AND email LIKE '_%@_%'),
	CONSTRAINT roles_are_of_staff CHECK (roles <@ ARRAY['case_officer', 'reviewer', 'board_member', 'head', 'evaluator', 'auditor', 'admin'])
);

-- As the session library wants it.
CREATE TABLE sessions (
	token  text PRIMARY KEY,
	data   bytea NOT NULL,
	expiry timestamptz NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expiry);

CREATE TABLE experts (
	id          text PRIMARY KEY DEFAULT gen_random_uuid()::text,
	name        text NOT NULL CONSTRAINT an_expert_has_a_name CHECK (name <> ''),
	email       text NOT NULL CONSTRAINT one_expert_for_an_address UNIQUE,
	disciplines text[] NOT NULL DEFAULT '{}',
	languages   text[] NOT NULL DEFAULT '{}',
	countries   text[] NOT NULL DEFAULT '{}',
	commodities text[] NOT NULL DEFAULT '{}',
	available   boolean NOT NULL DEFAULT true,
	created_at  timestamptz NOT NULL DEFAULT now(),
	changed_at  timestamptz NOT NULL DEFAULT now(),
	CONSTRAINT an_address_is_lower_case CHECK (email = lower(email) AND email LIKE '_%@_%')
);

-- A signature belongs to the expert and serves every case; case and action say where it was given.
CREATE TABLE code_signatures (
	action_id   uuid PRIMARY KEY,
	expert      text NOT NULL REFERENCES experts,
	version     text NOT NULL,
	signed_at   timestamptz NOT NULL, -- real time
	name        text NOT NULL CONSTRAINT a_signature_has_a_name CHECK (name <> ''),
	sha256      text NOT NULL,        -- of the text that was shown
	case_number text NOT NULL
);
CREATE INDEX code_signatures_by_expert ON code_signatures (expert, signed_at DESC);

-- Every value that a setting ever had stays; the newest holds.
CREATE TABLE settings (
	seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name       text NOT NULL,
	value      jsonb NOT NULL,
	changed_by text NOT NULL,
	changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX settings_by_name ON settings (name, seq DESC);

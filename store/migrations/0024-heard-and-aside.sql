-- What was said to the head alone has no task, since everybody would see one: it stays on the page of heads until one of
-- them has heard it. And mail that is nobody's case, such as spam, is set aside, with who did so and why; nothing is deleted.

CREATE TABLE heard (
	action    uuid PRIMARY KEY REFERENCES actions,
	head      text NOT NULL REFERENCES accounts,
	head_name text NOT NULL,
	found     text NOT NULL, -- what they did about it
	at        timestamptz NOT NULL DEFAULT clock_timestamp(),
	CONSTRAINT who_has_heard_says_what_follows CHECK (found ~ '\S')
);

ALTER TABLE inbound_mails ADD COLUMN aside boolean NOT NULL DEFAULT false;
ALTER TABLE inbound_mails ADD CONSTRAINT what_is_aside_is_nobodys CHECK (NOT aside OR case_number = '');
CREATE INDEX inbound_mails_aside ON inbound_mails (received_at) WHERE aside;

CREATE TABLE mails_set_aside (
	seq     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	mail    uuid NOT NULL REFERENCES inbound_mails,
	aside   boolean NOT NULL, -- false: it was put back
	reason  text NOT NULL,
	by      text NOT NULL REFERENCES accounts,
	by_name text NOT NULL,
	at      timestamptz NOT NULL DEFAULT clock_timestamp(),
	CONSTRAINT who_sets_aside_says_why CHECK (NOT aside OR reason ~ '\S')
);
CREATE INDEX mails_set_aside_by_mail ON mails_set_aside (mail, seq);

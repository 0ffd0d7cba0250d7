-- The requests and what moves them: actions that people take, tasks that wait, transitions that were applied, and the
-- trail that remembers. Columns whose name ends in real_at hold real time where a column without it holds the case's;
-- texts are never null, '' says that there is none.

CREATE TABLE case_numbers (
	year integer PRIMARY KEY,
	last integer NOT NULL CONSTRAINT numbers_count_from_one CHECK (last > 0)
);

CREATE TABLE requests (
	case_number       text PRIMARY KEY CONSTRAINT a_case_number_looks_like_one CHECK (case_number ~ '^CNX-\d{4}-\d{4,}$'),
	phase             text NOT NULL DEFAULT 'first-interest',
	ending            text NOT NULL DEFAULT '',
	suspended         boolean NOT NULL DEFAULT false,
	withdrawn         boolean NOT NULL DEFAULT false,
	agreed            boolean NOT NULL DEFAULT false,
	officer           text NOT NULL DEFAULT '',
	risk              text NOT NULL DEFAULT '',

	-- facts, named like the fields of the forms
	country           text NOT NULL DEFAULT '',
	institution       text NOT NULL DEFAULT '',
	sector            text NOT NULL DEFAULT '',
	resource          text NOT NULL DEFAULT '',
	negotiation_stage text NOT NULL DEFAULT '',
	negotiation_step  text NOT NULL DEFAULT '',
	renegotiation     boolean NOT NULL DEFAULT false,
	language          text NOT NULL DEFAULT 'en',
	channel           text NOT NULL DEFAULT '',
	summary           text NOT NULL DEFAULT '',
	contact_name      text NOT NULL DEFAULT '',
	contact_email     text NOT NULL DEFAULT '',
	contact_phone     text NOT NULL DEFAULT '',
	scope             text NOT NULL DEFAULT '',
	disciplines       text[] NOT NULL DEFAULT '{}',
	needed_from       date,
	needed_until      date,
	letter_document   uuid,
	letter_date       date,
	signatory         text NOT NULL DEFAULT '',
	signatory_office  text NOT NULL DEFAULT '',
	background        text NOT NULL DEFAULT '',
	proposed_expert   text NOT NULL DEFAULT '',

	calendar_start    timestamptz NOT NULL,
	day_length        bigint NOT NULL CONSTRAINT a_day_lasts CHECK (day_length > 0), -- nanoseconds
	opened_at         timestamptz NOT NULL,
	opened_real_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
	phase_entered_at  timestamptz NOT NULL,
	suspended_real_at timestamptz,
	ended_at          timestamptz,
	ended_real_at     timestamptz,

	decision          jsonb, -- the board's: casework.BoardWord
	plan_action       uuid,  -- whose form is the agreed plan
	screening         jsonb, -- the hints of country data as they were
	next              jsonb NOT NULL DEFAULT '{}',
	conflicts         text[] NOT NULL DEFAULT '{}', -- who may no longer act here
	recused           text[] NOT NULL DEFAULT '{}', -- who may no longer see it
	trail_seq         bigint NOT NULL DEFAULT 0,
	trail_hash        text NOT NULL DEFAULT '',

	CONSTRAINT a_phase_is_known CHECK (phase IN ('first-interest', 'formal-request', 'due-diligence', 'governance-decision',
		'agreement', 'support-design', 'scoping-mission', 'implementation', 'closing')),
	CONSTRAINT an_ending_is_known CHECK (ending IN ('', 'closed', 'declined', 'not-eligible', 'withdrawn', 'lapsed', 'answered',
		'referred', 'not-pursued', 'void')),
	CONSTRAINT an_end_has_its_time CHECK ((ending <> '') = (ended_at IS NOT NULL) AND (ending <> '') = (ended_real_at IS NOT NULL)),
	CONSTRAINT a_suspension_has_its_time CHECK (suspended = (suspended_real_at IS NOT NULL)),
	CONSTRAINT letters_are_exchanged_after_approval CHECK (NOT agreed OR COALESCE(decision->>'result', '') = 'approved')
);
CREATE INDEX requests_by_age ON requests (opened_real_at DESC, case_number DESC);
CREATE INDEX requests_by_officer ON requests (officer) WHERE ending = '';

-- What a person did once. The ID comes from the page, so that a double click is one row. A first interest has its row
-- before there is a request, hence no reference to one.
CREATE TABLE actions (
	id              uuid PRIMARY KEY,
	case_number     text NOT NULL,
	task_id         uuid,
	workflow_id     text NOT NULL,
	kind            text NOT NULL,
	outcome         text NOT NULL,
	actor           text NOT NULL,
	actor_name      text NOT NULL,
	role            text NOT NULL,
	link_id         text NOT NULL DEFAULT '', -- through which somebody without an account acted
	on_behalf       boolean NOT NULL DEFAULT false,
	form            jsonb NOT NULL,
	carried         jsonb NOT NULL DEFAULT '{}',
	start           jsonb, -- of a first interest: the input of the workflow
	body_hash       bytea NOT NULL,
	state           text NOT NULL DEFAULT 'pending',
	rule            text NOT NULL DEFAULT '',
	reason          text NOT NULL DEFAULT '',
	created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
	settled_at      timestamptz,
	next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	attempts        integer NOT NULL DEFAULT 0,
	CONSTRAINT a_state_is_known CHECK (state IN ('pending', 'applied', 'refused')),
	CONSTRAINT what_is_settled_has_its_time CHECK ((state <> 'pending') = (settled_at IS NOT NULL)),
	CONSTRAINT a_refusal_has_its_rule CHECK ((state = 'refused') = (rule <> '')),
	CONSTRAINT a_start_has_its_input CHECK ((kind = 'request-started') = (start IS NOT NULL)),
	CONSTRAINT a_decision_has_its_task CHECK ((kind = 'request-started') = (task_id IS NULL))
);
CREATE UNIQUE INDEX one_decision_for_a_task ON actions (task_id)
	WHERE state = 'applied' AND kind NOT IN ('reassign', 'take', 'give-back');
CREATE INDEX actions_pending ON actions (case_number, created_at, id) WHERE state = 'pending';
CREATE INDEX actions_by_case ON actions (case_number, kind, created_at) WHERE state = 'applied';

CREATE TABLE tasks (
	id               uuid PRIMARY KEY,
	case_number      text NOT NULL REFERENCES requests,
	workflow_id      text NOT NULL,
	key              text NOT NULL,
	kind             text NOT NULL,
	activity         integer NOT NULL DEFAULT 0, -- 0: of the request itself
	role             text NOT NULL,
	holder           text NOT NULL DEFAULT '',   -- '': anyone who has the role
	taken            boolean NOT NULL DEFAULT false,
	subject          text NOT NULL DEFAULT '',
	standing         boolean NOT NULL DEFAULT false,
	outcomes         text[] NOT NULL DEFAULT '{}',
	about            uuid[] NOT NULL DEFAULT '{}',
	status           text NOT NULL DEFAULT 'open',
	opened_at        timestamptz NOT NULL,
	due_at           timestamptz,
	due_real_at      timestamptz,
	next_strike_at   timestamptz,
	clock            jsonb NOT NULL,
	closed_at        timestamptz,
	closed_real_at   timestamptz,
	completed_action uuid REFERENCES actions,
	completed_by     text NOT NULL DEFAULT '',
	CONSTRAINT a_status_is_known CHECK (status IN ('open', 'done', 'cancelled', 'given-up')),
	CONSTRAINT what_is_closed_has_its_time CHECK ((status <> 'open') = (closed_at IS NOT NULL)),
	CONSTRAINT what_is_done_has_its_action CHECK ((status = 'done') = (completed_action IS NOT NULL)),
	CONSTRAINT due_in_both_times CHECK ((due_at IS NULL) = (due_real_at IS NULL)),
	CONSTRAINT standing_tasks_are_never_due CHECK (NOT standing OR due_at IS NULL)
);
CREATE UNIQUE INDEX one_open_vote_for_a_member ON tasks (case_number, holder) WHERE kind = 'cast-vote' AND status = 'open';
CREATE UNIQUE INDEX one_vote_in_a_round ON tasks (case_number, holder, opened_at) WHERE kind = 'cast-vote' AND status = 'done';
CREATE INDEX tasks_open ON tasks (due_real_at, id) WHERE status = 'open';
CREATE INDEX tasks_by_case ON tasks (case_number, status);
CREATE INDEX tasks_by_holder ON tasks (holder) WHERE status = 'open' AND holder <> '';

-- What was applied, with the answer that a repetition gets.
CREATE TABLE transitions (
	id          text PRIMARY KEY,
	case_number text NOT NULL,
	answer      jsonb NOT NULL,
	recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE trail (
	case_number text NOT NULL REFERENCES requests,
	seq         bigint NOT NULL CONSTRAINT entries_count_from_one CHECK (seq > 0),
	at          timestamptz NOT NULL,
	recorded_at timestamptz NOT NULL,
	actor_role  text NOT NULL,
	actor_id    text NOT NULL,
	actor_name  text NOT NULL,
	on_behalf   boolean NOT NULL,
	what        text NOT NULL,
	task_id     text NOT NULL,
	task_kind   text NOT NULL,
	activity    integer NOT NULL,
	outcome     text NOT NULL,
	reason      text NOT NULL,
	person      text NOT NULL,
	about       text NOT NULL, -- a document, a mail, a letter: what else it is about
	version     smallint NOT NULL,
	prev_hash   text NOT NULL,
	hash        text NOT NULL CONSTRAINT a_hash_looks_like_one CHECK (hash ~ '^[0-9a-f]{64}$'),
	PRIMARY KEY (case_number, seq)
);

CREATE FUNCTION trail_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the trail only grows: % is refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER trail_only_grows BEFORE UPDATE OR DELETE ON trail FOR EACH ROW EXECUTE FUNCTION trail_only_grows();
CREATE TRIGGER trail_is_never_emptied BEFORE TRUNCATE ON trail FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows();

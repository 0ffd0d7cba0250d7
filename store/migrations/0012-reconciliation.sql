-- Workflows that must run for an open request and do not, or fail, or say something else than our rows: what only a
-- comparison with Temporal finds. One api process compares at a time; the others leave it alone until the next round.

CREATE TABLE reconciliation (
	only_one  boolean PRIMARY KEY DEFAULT true CONSTRAINT there_is_only_one CHECK (only_one),
	begun_at  timestamptz NOT NULL DEFAULT '-infinity',
	ended_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
	after     text NOT NULL DEFAULT '' -- the workflow that was asked last for its overview
);
INSERT INTO reconciliation DEFAULT VALUES;

CREATE TABLE stuck_workflows (
	workflow_id text PRIMARY KEY,
	case_number text NOT NULL REFERENCES requests,
	what        text NOT NULL,
	since       timestamptz NOT NULL DEFAULT clock_timestamp(),
	CONSTRAINT what_is_known CHECK (what IN ('no-workflow', 'failing', 'differs'))
);
CREATE INDEX stuck_workflows_by_case ON stuck_workflows (case_number);

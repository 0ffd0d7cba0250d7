-- Whoever was answered that what they did is on its way, and of whom it is refused afterwards, is told by mail, once. Of what was
-- refused before nobody is told any more.

ALTER TABLE actions ADD COLUMN refusal_told_at timestamptz; -- NULL: not refused, or not told yet
UPDATE actions SET refusal_told_at = settled_at WHERE state = 'refused';
CREATE INDEX actions_refused_untold ON actions (settled_at) WHERE state = 'refused' AND refusal_told_at IS NULL;
CREATE INDEX actions_refused ON actions (case_number, actor) WHERE state = 'refused';

-- Whoever sends a form that needs a code twice, such as by a double click without scripts, asks once: by the form's key, or
-- where a code was mailed before by what its page carries for the next one. One asking has one code that is good.

ALTER TABLE codes ADD COLUMN asking uuid; -- NULL for codes of old, and where another code took its place
CREATE UNIQUE INDEX one_code_for_an_asking ON codes (link_id, task_id, asking);

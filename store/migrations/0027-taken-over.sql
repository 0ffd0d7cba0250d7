-- A form may begin with what was written in another case. A draft knows what was taken over into it last and what had stood
-- there, so that its writer can take that back; it goes with the draft.

ALTER TABLE drafts ADD COLUMN taken jsonb; -- NULL: nothing

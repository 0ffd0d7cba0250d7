-- A letter is rendered when it is drafted, so that whoever signs it reads it first as it will go out: a document of the
-- case that is no letter yet.
ALTER TABLE documents DROP CONSTRAINT a_kind_is_known;
ALTER TABLE documents ADD CONSTRAINT a_kind_is_known CHECK (kind IN ('upload', 'letter', 'mail', 'invitation', 'draft'));

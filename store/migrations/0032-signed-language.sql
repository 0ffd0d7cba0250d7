-- A signature of the Code says in which language its text was read. All that was signed until now was the English one, and so
-- is what a program that does not know the column yet writes down.

ALTER TABLE code_signatures ADD COLUMN language text NOT NULL DEFAULT 'en' CONSTRAINT a_signature_was_read_in_a_language CHECK (language <> '');

-- The first visit of each role is led through, also of one that is given later: a visit knows with which roles it was made.

ALTER TABLE visits
	ADD COLUMN roles text[] NOT NULL DEFAULT '{}', -- with which somebody has been here
	ADD COLUMN met   text[] NOT NULL DEFAULT '{}'; -- those of them with which they were before this visit

UPDATE visits v SET roles = a.roles, met = CASE WHEN v.last_at IS NULL THEN '{}' ELSE a.roles END FROM accounts a WHERE a.id = v.person;

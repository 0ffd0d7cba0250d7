-- Each page begins with who is signed in: a session says whose it is where PostgreSQL can read it, so that it and the
-- account are one statement. Sessions from before say it only within their data.

ALTER TABLE sessions ADD COLUMN account text NOT NULL DEFAULT '';

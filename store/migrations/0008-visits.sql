-- The inbox says what happened since somebody was last here. A visit lasts while its pages are opened within half an hour
-- of each other; what came before it is the last one.

CREATE TABLE visits (
	person      text PRIMARY KEY REFERENCES accounts,
	seen_at     timestamptz NOT NULL DEFAULT now(),
	last_at     timestamptz, -- when the visit before this one ended; null: this is the first
	CONSTRAINT visits_follow_each_other CHECK (last_at <= seen_at)
);

CREATE INDEX trail_by_time ON trail (recorded_at);

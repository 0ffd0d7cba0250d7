-- The weekly figures read when each request entered its phases: one entry of the trail in twelve.

CREATE INDEX trail_phases ON trail (case_number, seq) INCLUDE (outcome, at) WHERE what = 'phase-entered';

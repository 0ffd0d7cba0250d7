-- Pages that read of all requests stay quick with a thousand of them; what was measured stands in docs/benchmarks.md.

-- Who may see what is said as a condition on one table. As a union it could only be read whole: lists joined each of their
-- rows to all requests, and an inbox took a tenth of a second.
CREATE OR REPLACE FUNCTION visible_to(reader text) RETURNS TABLE (case_number text) LANGUAGE sql STABLE ROWS 1000 AS $$
	SELECT r.case_number
	FROM   requests r
	WHERE  NOT reader = ANY (r.recused) AND (
		SELECT a.active AND a.roles && ARRAY['case_officer', 'reviewer', 'board_member', 'head', 'evaluator', 'auditor'] FROM accounts a WHERE a.id = reader)
	OR     r.case_number = (
		SELECT l.case_number FROM links l WHERE l.id = reader AND l.revoked_at IS NULL AND (l.expires_at IS NULL OR l.expires_at > now()))
$$;

-- The report of all requests reads three dates of each.
CREATE INDEX trail_milestones ON trail (case_number, what, at) WHERE what IN ('submit-request-letter', 'round-decided', 'letters-exchanged');

-- Clocks that are late are looked for among those that run.
CREATE INDEX tasks_ticking ON tasks (case_number) WHERE status = 'open' AND next_strike_at IS NOT NULL;

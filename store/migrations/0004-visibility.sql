-- Who may see which request, in one place that every read joins. Who is not in here cannot tell that a request exists:
-- an administrator who is nothing else, whoever is recused, and a personal link on any request but its own.

CREATE FUNCTION visible_to(reader text) RETURNS TABLE (case_number text) LANGUAGE sql STABLE ROWS 1000 AS $$
	SELECT r.case_number
	FROM   accounts a, requests r
	WHERE  a.id = reader AND a.active
	AND    a.roles && ARRAY['case_officer', 'reviewer', 'board_member', 'head', 'evaluator', 'auditor']
	AND    NOT reader = ANY (r.recused)
	UNION ALL
	SELECT l.case_number
	FROM   links l
	WHERE  l.id = reader AND l.revoked_at IS NULL AND (l.expires_at IS NULL OR l.expires_at > now())
$$;

-- The morning page and the search stay quick with a thousand requests; what was measured stands in docs/benchmarks.md.

-- Most open tasks are standing ones, that nobody waits for: lists of what waits need not read them.
CREATE INDEX tasks_waiting ON tasks (case_number) WHERE status = 'open' AND NOT standing;

-- What was said to heads alone stands in answers of two kinds; without this all decisions of all requests were read for it.
CREATE INDEX actions_by_kind ON actions (kind, created_at) WHERE state = 'applied';

-- People in governments by name and address, and with their institution. Each of them was folded anew for every search.
CREATE INDEX contacts_searched ON requests USING gin (search_words(contact_name || ' ' || contact_email));
CREATE INDEX offices_searched ON requests USING gin (search_words(contact_name || ' ' || contact_email || ' ' || institution));

-- The portfolio can be searched by words in any script, people keep views of it and the columns that they like, and
-- follow what is due in a calendar of their own.
--
-- Search uses what every server has: neither unaccent nor pg_trgm is there on all. What is searched is indexed as an
-- expression, so that no code can forget to keep it up to date. The functions name each other at the time at which they
-- are made (RETURN, not a string), since an index may be rebuilt with another search path.

-- folded is a text as it is searched: small letters without accents, the words apart by one space. Marks that belong to
-- the letter (Devanagari, Thai) stay; those that are left out in writing (accents, Arabic vowels, Hebrew points) go. The
-- Arabic letters that people type for each other are one. Scripts that put no space between words have each character
-- as a word: then a part of a name is found like a whole one.
CREATE FUNCTION folded(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
RETURN trim(regexp_replace(regexp_replace(
	normalize(regexp_replace(
		translate(
			replace(replace(replace(replace(lower(normalize(given, NFKD)), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
			'øđðħıłŧəىةک', 'oddhiltaيهك'),
		'[\u0300-\u036F\u0483-\u0487\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06EDʿʾ]', '', 'g'), NFKC),
	'([\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u2E80-\u2FDF\u3005-\u3007\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF])', ' \1 ', 'g'),
	'[\u0001-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00BF\u00D7\u00F7\u055A-\u055F\u0589\u02BC\u05BE\u05C0\u05C3\u05C6\u060C\u061B\u061F\u066A-\u066D\u06D4\u0964\u0965\u1361-\u1368\u17D4-\u17DA\u2000-\u206F\u2190-\u2BFF\u3000-\u3004\u3008-\u303F\u30FB]+', ' ', 'g'));

-- search_words are the words of a text, each at its place. One that is longer than any word is cut.
CREATE FUNCTION search_words(given text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000
RETURN (
	SELECT COALESCE(string_agg('''' || left(word, 100) || ''':' || LEAST(n, 16383), ' '), '')::tsvector
	FROM   regexp_split_to_table(folded(given), ' +') WITH ORDINALITY AS split(word, n)
	WHERE  word <> '');

-- search_query finds what begins with a typed word; one that folding takes apart (2026-0007, d'Ivoire) must be found in
-- one piece. NULL for what holds no word.
CREATE FUNCTION search_query(typed text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000
RETURN (
	SELECT (string_agg('''' || left(word, 100) || '''', ' <-> ' ORDER BY n) || ':*')::tsquery
	FROM   regexp_split_to_table(folded(typed), ' +') WITH ORDINALITY AS split(word, n)
	WHERE  word <> '');

-- What is searched. The code repeats these expressions word for word, and a test sees that the indexes are used.
CREATE INDEX requests_searched ON requests USING gin (search_words(case_number || ' ' || institution || ' ' || contact_name || ' ' || contact_email
	|| ' ' || signatory || ' ' || signatory_office || ' ' || proposed_expert || ' ' || resource || ' ' || left(summary, 20000) || ' ' || left(scope, 20000)));
CREATE INDEX accounts_searched ON accounts USING gin (search_words(name || ' ' || email));
CREATE INDEX experts_searched ON experts USING gin (search_words(name || ' ' || email));
CREATE INDEX documents_searched ON documents USING gin (search_words(title || ' ' || name));
CREATE INDEX mails_searched ON mails USING gin (search_words(subject || ' ' || to_name || ' ' || to_address));
CREATE INDEX inbound_mails_searched ON inbound_mails USING gin (search_words(left(subject, 2000) || ' ' || left(from_name, 500) || ' ' || from_address));
CREATE INDEX requests_by_country ON requests (country);
CREATE INDEX activities_by_expert ON activities USING gin (experts);
CREATE INDEX interests_by_expert ON interests (expert);

-- A view of the portfolio that somebody keeps: what stands behind the ? of its address.
CREATE TABLE portfolio_views (
	id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	person     text NOT NULL REFERENCES accounts,
	name       text NOT NULL CONSTRAINT a_view_has_a_name CHECK (name <> ''),
	query      text NOT NULL,
	created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	CONSTRAINT one_view_of_a_name UNIQUE (person, name)
);

-- The columns that somebody wants to see where an address does not say which.
CREATE TABLE portfolio_columns (
	person  text PRIMARY KEY REFERENCES accounts,
	columns text[] NOT NULL
);

-- The secret address at which somebody's calendar program reads what is due. Its token is made of the ID and the
-- installation's secret, and only its hash is kept, as of personal links.
CREATE TABLE calendar_feeds (
	person     text PRIMARY KEY REFERENCES accounts,
	id         uuid NOT NULL,
	token_hash bytea NOT NULL UNIQUE,
	created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	CONSTRAINT a_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);

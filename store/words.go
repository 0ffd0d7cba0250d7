package store

import (
	"context"
	"slices"
	"strings"
	"sync"

	"connex/casework"

	"github.com/lib/pq"
)

// What somebody typed into a search field is found where each of its words is: at the beginning of a word, in any script,
// whatever its accents. The database folds texts and typed words alike (folded, search_words and search_query of
// migration 0007), so that there is one rule for both.

// term is a typed word as it is looked for.
type term struct {
	Folded    string `db:"folded"`
	Query     string `db:"query"` // a tsquery
	Countries []string
}

// Nobody types more; a longer text would only keep the database busy.
const (
	mostTerms = 8
	longTerm  = 100 // characters
)

// terms of a text: none where there is no letter and no digit in it.
func (s *Store) terms(ctx context.Context, text string) (terms []term, err error) {
	typed := strings.Fields(clean(text))
	for i, word := range typed {
		if letters := []rune(word); len(letters) > longTerm {
			typed[i] = string(letters[:longTerm])
		}
	}
	if len(typed) == 0 {
		return nil, nil
	}
	err = s.db.SelectContext(ctx, &terms, `
		SELECT folded(word) AS folded, search_query(word)::text AS query
		FROM   unnest($1::text[]) WITH ORDINALITY AS typed(word, n) WHERE search_query(word) IS NOT NULL ORDER BY n`, pq.StringArray(typed[:min(len(typed), mostTerms)]))
	if err != nil || len(terms) == 0 {
		return nil, err
	}
	names, err := s.countries.names(ctx, s)
	for i := range terms {
		for code, name := range names {
			if strings.Contains(" "+name, " "+terms[i].Folded) {
				terms[i].Countries = append(terms[i].Countries, code)
			}
		}
		slices.Sort(terms[i].Countries)
	}
	return terms, err
}

// countryNames are the countries' names as they are searched, folded when they are first needed.
type countryNames struct {
	mu     sync.Mutex
	folded map[string]string
}

func (c *countryNames) names(ctx context.Context, s *Store) (map[string]string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.folded != nil {
		return c.folded, nil
	}
	codes := casework.ListValues(casework.Countries)
	var names []string
	for _, code := range codes {
		country, _ := casework.CountryByCode(code)
		names = append(names, country.Name)
	}
	var folded []string
	err := s.db.SelectContext(ctx, &folded, `SELECT folded(name) FROM unnest($1::text[]) WITH ORDINALITY AS given(name, n) ORDER BY n`, pq.StringArray(names))
	if err != nil {
		return nil, err
	}
	c.folded = map[string]string{}
	for i, code := range codes {
		c.folded[code] = folded[i]
	}
	return c.folded, nil
}

// queries and countriesOf are the two arrays that the statements take: the tsqueries, and for each the codes of its
// countries, apart by a space.
func queries(terms []term) pq.StringArray {
	list := pq.StringArray{}
	for _, t := range terms {
		list = append(list, t.Query)
	}
	return list
}

func countriesOf(terms []term) pq.StringArray {
	list := pq.StringArray{}
	for _, t := range terms {
		list = append(list, strings.Join(t.Countries, " "))
	}
	return list
}

// These are the expressions of the indexes, to the letter.
const (
	requestWords = `search_words(case_number || ' ' || institution || ' ' || contact_name || ' ' || contact_email
	|| ' ' || signatory || ' ' || signatory_office || ' ' || proposed_expert || ' ' || resource || ' ' || left(summary, 20000) || ' ' || left(scope, 20000))`
	personWords   = `search_words(name || ' ' || email)` // of accounts and of experts
	contactWords  = `search_words(contact_name || ' ' || contact_email)`
	officeWords   = `search_words(contact_name || ' ' || contact_email || ' ' || institution)`
	documentWords = `search_words(title || ' ' || name)`
	mailWords     = `search_words(subject || ' ' || to_name || ' ' || to_address)`
	inboundWords  = `search_words(left(subject, 2000) || ' ' || left(from_name, 500) || ' ' || from_address)`
)

// casesWith are the cases in which term.query is found: in the request itself, in its country's name, in its officer's,
// and in the names of its experts. Who reads is not asked here: the statement around it joins visible_to.
const casesWith = `
	SELECT case_number FROM requests WHERE ` + requestWords + ` @@ term.query::tsquery
	UNION ALL SELECT case_number FROM requests WHERE country = ANY (string_to_array(term.countries, ' '))
	UNION ALL SELECT q.case_number FROM (SELECT id FROM accounts WHERE ` + personWords + ` @@ term.query::tsquery) o JOIN requests q ON q.officer = o.id
	UNION ALL SELECT q.case_number FROM (SELECT id FROM experts WHERE ` + personWords + ` @@ term.query::tsquery) e
		CROSS JOIN LATERAL (
			SELECT case_number FROM interests WHERE expert = e.id
			UNION ALL SELECT case_number FROM activities WHERE experts @> ARRAY[e.id]
			UNION ALL SELECT case_number FROM tasks WHERE holder = e.id AND holder <> '' AND status = 'open' AND role = 'expert') q`

// casesWithAll are the cases in which each of some terms is found, given as the two arrays.
func casesWithAll(queries, countries string) string {
	return `(SELECT hit.case_number
		FROM   unnest(` + queries + `::text[], ` + countries + `::text[]) WITH ORDINALITY AS term(query, countries, n) CROSS JOIN LATERAL (` + casesWith + `) hit
		GROUP  BY hit.case_number HAVING count(DISTINCT term.n) = cardinality(` + queries + `::text[]))`
}

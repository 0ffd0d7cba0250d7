package budget

import (
	"encoding/json"
	"fmt"
	"strings"

	"connex/casework"
	"connex/store"
)

// requests is how many there are in the end.
const requests = 1000

// copied are the tables of a case, in an order in which none refers to a later one.
var copied = []string{"requests", "actions", "tasks", "trail", "documents", "letters", "activities", "interests", "links", "mails", "notes", "mentions"}

// copyOf says in what a copy differs from its example.
type copyOf struct {
	Example     casework.CaseNumber `json:"example"`
	Number      string              `json:"number"`
	IDs         string              `json:"ids"`    // with which the example's begin
	Copied      string              `json:"copied"` // with which the copy's begin
	Officer     casework.PersonID   `json:"officer"`
	Runs        casework.PersonID   `json:"runs"` // the copy
	Country     string              `json:"country"`
	Institution string              `json:"institution"`
	Contact     string              `json:"contact"`
	Sector      string              `json:"sector"`
	Ago         string              `json:"ago"` // by how much it is older
}

// multiply copies the examples until there are a thousand requests, and lets PostgreSQL look at them as autovacuum would.
func (c *crowd) multiply() {
	c.exec(`UPDATE mails SET state = 'sent', sending_at = queued_at, settled_at = queued_at`)
	c.exec(`CREATE TABLE copies (example text, number text PRIMARY KEY, ids text, copied text, officer text, runs text, country text, institution text, contact text,
		sector text, ago interval)`)
	list, err := json.Marshal(c.copies())
	c.must(err)
	c.exec(`INSERT INTO copies SELECT * FROM jsonb_populate_recordset(NULL::copies, $1::jsonb)`, string(list))
	for _, table := range copied {
		c.exec(c.copying(table))
	}
	c.exec(`DROP TABLE copies`)
	c.exec(`UPDATE case_numbers SET last = $1`, requests)
	c.exec(`ANALYZE`)
	var n int
	c.must(c.DB().QueryRowContext(c.t.Context(), `SELECT count(*) FROM requests`).Scan(&n))
	if n != requests {
		c.t.Fatalf("there are %d requests, want %d", n, requests)
	}
}

func (c *crowd) copies() (list []copyOf) {
	officers := []string{"officer", "officer2", "officer3", "officer4"}
	countries := casework.Options("countries")
	for _, e := range examples {
		r := c.cases[e.name]
		for i := range e.copies - 1 { // the example is one of them
			n := c.begun + len(list) + 1
			sectors := casework.Options("sectors")
			of := copyOf{Example: r.number, Number: fmt.Sprintf("%s%04d", r.number[:9], n), IDs: r.prefix, Copied: fmt.Sprintf("ad%06x", n),
				Officer: c.people["officer"].ID, Runs: c.people[officers[i%len(officers)]].ID, Country: countries[n*7%len(countries)].Value,
				Institution: fmt.Sprintf("Ministère des Mines, direction %d", n), Contact: fmt.Sprintf("Fatou Camara-%d", n), Sector: sectors[n%len(sectors)].Value,
				Ago: fmt.Sprintf("%d hours", 11*i)}
			if e.end != nil || e.stages == len(way) {
				of.Ago = fmt.Sprintf("%d days", 4*i)
			}
			list = append(list, of)
		}
	}
	return list
}

// copying is the statement that copies a table's rows. Whatever is a text, or can be read as one, has the example's number
// and IDs replaced by the copy's; times are earlier; what PostgreSQL makes by itself is left to it.
func (c *crowd) copying(table string) string {
	rows, err := c.DB().QueryContext(c.t.Context(), `
		SELECT column_name, udt_name FROM information_schema.columns
		WHERE  table_name = $1 AND is_generated = 'NEVER' AND is_identity = 'NO'`, table)
	c.must(err)
	defer rows.Close()
	var names, values []string
	for rows.Next() {
		var name, kind string
		c.must(rows.Scan(&name, &kind))
		names, values = append(names, name), append(values, copied1(name, kind))
	}
	c.must(rows.Err())
	from := table + ` x JOIN copies c ON c.example = x.case_number`
	if table == "mentions" {
		from = `mentions x JOIN notes n ON n.id = x.note JOIN copies c ON c.example = n.case_number`
	}
	return `INSERT INTO ` + table + ` (` + strings.Join(names, ", ") + `) SELECT ` + strings.Join(values, ", ") + ` FROM ` + from
}

// another are columns in which a copy has something of its own.
var another = map[string]string{"country": `c.country`, "institution": `c.institution`, "contact_name": `c.contact`, "sector": `c.sector`,
	"token_hash": `sha256(x.token_hash || c.number::bytea)`}

func copied1(name, kind string) string {
	if value, own := another[name]; own {
		return value
	}
	switch kind {
	case "text", "uuid", "jsonb", "_uuid", "_text":
		return fmt.Sprintf(`replace(replace(replace(x.%s::text, c.example, c.number), c.ids, c.copied), c.officer, c.runs)::%s`, name, kind)
	case "timestamptz", "date":
		return fmt.Sprintf(`(x.%s - c.ago)::%s`, name, kind)
	}
	return "x." + name
}

func contactOf(n casework.CaseNumber) casework.PersonID {
	return store.ContactID(n, "ndapewa@ministry.example")
}

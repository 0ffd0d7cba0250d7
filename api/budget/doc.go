// Package budget holds what a page may cost while a thousand requests are in the database, and whether it is sound: it opens
// each page as each of its readers, counts what PostgreSQL is asked, and looks at it in a browser. It consists of tests.
package budget

// Package budget holds what a page may cost while a thousand requests are in the database: it opens each page as each of
// its readers, and counts what PostgreSQL is asked. It consists of tests.
package budget

// Package e2e shows what only the whole system can show: one system for all its tests is brought up by the very program
// that `make run` runs, with a process day of one second, and people go through it by its pages, its JSON interface and
// the mails that they get, while servers are killed under them.
package e2e

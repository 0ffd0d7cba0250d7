// Package docs holds the pages for people who use, run and change CONNEX casework. It has no code but the test that
// keeps them true: links lead somewhere, commands exist, and the README's variables are those that programs read.
package docs

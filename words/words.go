// Package words holds every word that people read: pages, forms, mails, letters, refusals. A language is a folder of
// YAML files (one per room of the house), nested for the eye and flat in use: `kind: {withdraw: {title: …}}` is
// "kind.withdraw.title". A text is a Go template over the data it is given; one with plural forms is a map that
// holds nothing but plural forms, and is chosen by the data's Count:
//
//	waiting: {one: "{{.Count}} task waits for you", other: "{{.Count}} tasks wait for you"}
//
// What is missing is never silently empty: it reads ⟦id⟧, so that a test that walks the pages finds it.
package words

import (
	"embed"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// Default is the language that has every text, and the one that others fall back to.
const Default = "en"

//go:embed */*.yaml
var files embed.FS

var catalogue = sync.OnceValue(func() *library {
	l, err := load(files)
	if err != nil {
		panic(err) // a fault in our own files; every test of every package meets it
	}
	return l
})

// A text that lacks a value it names is as wrong as one that is missing, and shows in the same way.
var parser = &template.TextParser{Option: "missingkey=error"}

// Words are the texts in one language. They may be used by many at once.
type Words struct {
	lang      string
	ids       map[string]bool
	fallback  *Words // English; nil for English itself
	localizer *i18n.Localizer
	manner    Manner
	zone      *time.Location // of the manner
}

// In is the catalogue in a language; one that we do not have reads in English.
func In(lang string) *Words {
	l := catalogue()
	if w := l.words[lang]; w != nil {
		return w
	}
	return l.words[Default]
}

// Language is the one that is really spoken, which is not always the one that was asked for.
func (w *Words) Language() string { return w.lang }

// T is the text under id. Data is a map or a struct, or names and values in turn, which reads well in a page's
// template: T "task.due" "Date" .Due. Count among them selects the plural form.
func (w *Words) T(id string, data ...any) string {
	values := dataOf(data)
	text, err := w.localizer.Localize(&i18n.LocalizeConfig{
		MessageID: id, TemplateData: w.grouped(values), PluralCount: countIn(values), TemplateParser: parser,
	})
	var fellBack *i18n.MessageNotFoundErr
	if err != nil && !(errors.As(err, &fellBack) && text != "") {
		return "⟦" + id + "⟧"
	}
	return text
}

// Has tells whether this language itself has the text; T would fall back to English.
func (w *Words) Has(id string) bool { return w.ids[id] }

// Languages lists what there is a folder of.
func Languages() []string { return catalogue().languages }

// Keys lists the ids of a language, sorted.
func Keys(lang string) []string {
	w := catalogue().words[lang]
	if w == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(w.ids))
}

// Missing lists what English has and lang has not: for tests, since readers would be served English without a word.
func Missing(lang string) []string {
	w := catalogue().words[lang]
	return slices.DeleteFunc(Keys(Default), func(id string) bool { return w != nil && w.Has(id) })
}

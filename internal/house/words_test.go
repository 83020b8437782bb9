package house

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wording is a word or phrase, in small letters, and what to write instead of it.
type wording struct{ word, write string }

// wordings are words that stood for several things each, or for which the field has a word of its
// own.
func wordings() []wording {
	return []wording{
		{"anew", "again, rebuilt"},
		{"beside", "next to, in a sibling folder, concurrent, in addition to"},
		{"come upon", "find"},
		{"door", "gate"},
		{"keeper", "owner of a promise, maintainer of a notebook"},
		{"kept aside", "journalled"},
		{"lies aside", "is journalled"},
		{"relic", "recovered record"},
		{"salvor", "recoverer"},
		{"shelf", "list, corpus"},
		{"sigil", "mark"},
		{"torn", "truncated"},
		{"what came of", "the result of"},
		{"whoever", "the caller, the process that, somebody who"},
		{"wreck", "damaged file"},
	}
}

// misnamed answers where a file has a word of the table in its name, an identifier or a comment,
// one sentence each. Text in quotes is left alone: what users see, what is stored, and what people
// type in tests.
func misnamed(s source) []string {
	words := regexp.MustCompile(`[A-Z]?[a-z]+`) // two of them in aName as in a_name
	var wrong []string
	find := func(at, text string) {
		found := " " + strings.ToLower(strings.Join(words.FindAllString(text, -1), " ")) + " "
		for _, w := range wordings() {
			if strings.Contains(found, " "+w.word+" ") {
				wrong = append(wrong, fmt.Sprintf("%s: instead of %q write: %s", at, w.word, w.write))
			}
		}
	}
	find(s.name, path.Base(s.name))
	ast.Inspect(s.file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			find(s.at(id), id.Name)
		}
		return true
	})
	for _, comment := range s.file.Comments {
		find(s.at(comment), comment.Text())
	}
	return wrong
}

func TestWords(t *testing.T) {
	for _, s := range sources(t) {
		for _, wrong := range misnamed(s) {
			t.Error(wrong)
		}
	}
}

// The check itself: it must catch what it is there for, and let the rest pass.
func TestMisnamed(t *testing.T) {
	const (
		word   = `instead of "torn" write: truncated`
		phrase = `instead of "kept aside" write: journalled`
	)
	for _, tt := range []struct {
		name, file, text string
		want             []string
	}{
		{"a comment", "a.go", "package a\n\n// A page is torn.\nconst n = 1", []string{"a.go:3: " + word}},
		{"behind code", "a.go", "package a\n\nconst n = 1 // Torn or not", []string{"a.go:3: " + word}},
		{"over two lines", "a.go", "package a\n\n// It is kept\n// aside.\nconst n = 1", []string{"a.go:3: " + phrase}},
		{"a name", "a.go", "package a\n\nfunc isTornPage() {}", []string{"a.go:3: " + word}},
		{"a parameter", "a.go", "package a\n\nfunc f(torn bool) {}", []string{"a.go:3: " + word}},
		{"a file", "store/torn_test.go", "package store", []string{"store/torn_test.go: " + word}},
		{"a text", "a.go", "package a\n\nconst page = `torn`", nil},
		{"part of a word", "a.go", "package a\n\n// A tornado is besides the point, and set aside.\nfunc ANewTheme() {}", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, misnamed(snippet(t, tt.file, tt.text))); diff != "" {
				t.Errorf("misnamed (-want +got):\n%s", diff)
			}
		})
	}
}

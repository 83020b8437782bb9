package playbook

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// maxSize is how many bytes a playbook file may have. A long guide has 30 thousand.
	maxSize = 1 << 20
	// maxLines is how many lines it may have: those of a megabyte of short questions.
	maxLines = 20_000
	// maxDepth and maxColumn limit how deep quotations and lists may be nested on one line, and how
	// far they may be indented. The time to read a line grows with its depth; people nest four
	// deep.
	maxDepth  = 32
	maxColumn = 64
)

// UnreadableError says why a playbook file cannot be used: it cannot be opened, it is no text, or
// there is nothing to ask in it.
type UnreadableError struct {
	Path   string // "" when it was not read from a file
	Line   int    // from 1; 0 when it is about the whole file
	Reason string // what is the matter with it, a sentence without its full stop
	Next   string // what to do; may be ""
	Err    error  // what the operating system said; may be nil
}

// Error says which file it is, what is the matter, and what to do.
func (e *UnreadableError) Error() string {
	var b strings.Builder
	if e.Path != "" {
		fmt.Fprintf(&b, "%q: ", e.Path)
	}
	if e.Line > 0 {
		fmt.Fprintf(&b, "line %d: ", e.Line)
	}
	b.WriteString(e.Reason)
	if e.Next != "" {
		b.WriteString("; " + e.Next)
	}
	return b.String()
}

// Unwrap returns what the operating system said, or nil.
func (e *UnreadableError) Unwrap() error { return e.Err }

// span is a range of lines, both ends included, counted from 1.
type span struct{ first, last int }

// source is a playbook file prepared for the Markdown parser: without a byte order mark, with one
// kind of line ending, and with empty lines for the front matter. Line numbers are those of the
// file.
type source struct {
	text   []byte
	starts []int // where each line begins in text
	matter int   // how many lines at the top are front matter
}

// newSource checks that raw is text within the limits. The error is an *UnreadableError.
func newSource(raw []byte) (source, error) {
	switch {
	case len(raw) > maxSize:
		return source{}, tooLarge("1 MB")
	case bytes.IndexByte(raw, 0) >= 0:
		return source{}, &UnreadableError{Reason: "this is not a text file", Next: "hark reads playbooks as plain Markdown"}
	case !utf8.Valid(raw):
		return source{}, &UnreadableError{Reason: "this is not UTF-8 text", Next: "save it as UTF-8 and try again"}
	}
	text := bytes.TrimPrefix(raw, []byte("\uFEFF"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	if n := len(text); n > 0 && text[n-1] != '\n' {
		text = append(slices.Clip(text), '\n')
	}
	matter, end := frontMatter(text)
	s := source{text: append(bytes.Repeat([]byte("\n"), matter), text[end:]...), matter: matter}
	for at := 0; at < len(s.text); at += 1 + bytes.IndexByte(s.text[at:], '\n') {
		s.starts = append(s.starts, at)
	}
	if len(s.starts) > maxLines {
		return source{}, tooLarge(fmt.Sprintf("%d lines", maxLines))
	}
	for n := range s.starts {
		if tooDeep(s.line(n + 1)) {
			return source{}, &UnreadableError{
				Line: n + 1, Reason: "lists or quotations are nested too deep here for hark to follow", Next: "set it further out",
			}
		}
	}
	return s, nil
}

func tooLarge(limit string) *UnreadableError {
	return &UnreadableError{Reason: "this is larger than " + limit + ", and a playbook is not", Next: "keep the questions and leave out the rest"}
}

// lineAt returns the number of the line that holds the byte at offset.
func (s source) lineAt(offset int) int {
	i, found := slices.BinarySearch(s.starts, offset)
	if found {
		return i + 1
	}
	return i
}

// line returns line n without its line ending.
func (s source) line(n int) string {
	end := len(s.text)
	if n < len(s.starts) {
		end = s.starts[n]
	}
	return strings.TrimSuffix(string(s.text[s.starts[n-1]:end]), "\n")
}

// column returns the column of the byte at offset, from 0.
func (s source) column(offset int) int {
	column := 0
	for _, c := range s.text[s.starts[s.lineAt(offset)-1]:offset] {
		column = advance(column, c)
	}
	return column
}

// advance returns the column after character c at the given column.
func advance(column int, c byte) int {
	if c == '\t' {
		return column + 4 - column%4
	}
	return column + 1
}

// frontMatter returns how many lines and bytes of YAML or TOML front matter text begins with. A
// first line of dashes without a key below it is a rule.
func frontMatter(text []byte) (lines, size int) {
	fence, assign, keyed := "", "", false
	for rest := text; len(rest) > 0; {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		rest = after
		lines++
		switch bare := string(bytes.TrimRight(line, " \t")); {
		case lines == 1 && bare == "---":
			fence, assign = bare, ":"
		case lines == 1 && bare == "+++":
			fence, assign = bare, "="
		case lines == 1:
			return 0, 0
		case bare == fence, fence == "---" && bare == "...":
			return lines, len(text) - len(rest)
		case !keyed && bare != "" && bare[0] != '#':
			key, _, ok := strings.Cut(bare, assign)
			if !ok || strings.ContainsFunc(strings.TrimSpace(key), notOfKey) {
				return 0, 0
			}
			keyed = true
		}
	}
	return 0, 0
}

func notOfKey(r rune) bool {
	return r != '_' && r != '-' && r != '.' && r != '"' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
}

// tooDeep reports whether a line is beyond maxDepth or maxColumn.
func tooDeep(line string) bool {
	depth, column := 0, 0
	for i := 0; i < len(line); {
		c := line[i]
		if c == ' ' || c == '\t' {
			column, i = advance(column, c), i+1
			continue
		}
		size := 1
		if c != '>' {
			if size = markerSize(line[i:]); size == 0 || isRule(line[i:]) {
				return false
			}
		}
		if depth++; depth > maxDepth || column > maxColumn {
			return true
		}
		column, i = column+size, i+size
	}
	return false
}

// isRule reports whether a line is a thematic break, such as "* * *".
func isRule(line string) bool {
	bare := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, line)
	return len(bare) >= 3 && strings.Trim(bare, bare[:1]) == "" && strings.Contains("-*_", bare[:1])
}
